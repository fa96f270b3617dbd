import { asAdmin } from '../template';
import { alterTestDatabases } from '../database';

/*
 * I-30 (a), a setup file of vitest: the database of every test that runs with it has no row level security. What still holds is what the queries
 * themselves ask for. See vitest.walls.ts at the root for the tests that must pass like this.
 */
alterTestDatabases(async ({ adminUrl }) => {
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`do $$ declare name regclass; begin
      for name in select oid::regclass from pg_class where relrowsecurity loop execute format('alter table %s disable row level security, no force row level security', name); end loop;
    end $$`);
  });
});
