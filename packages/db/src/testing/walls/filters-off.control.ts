import { and, eq } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase, prepareRead, readTenant, resolveScope, visible, visibleTo, visibleValues, withTenant, type TenantScope } from '../../index';
import { branches, user } from '../../schema';
import { fillPlace, insertTenant, seeded } from '../factories';
import { useDatabase } from '../use-database';
import { withoutTenant } from './filters-off';

const database = useDatabase();
const both = ['tenant_a', 'tenant_b'];
let scope: TenantScope;

beforeAll(async () => {
  const admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  for (const slug of ['a', 'b']) {
    await insertTenant(admin, { id: `tenant_${slug}`, slug });
    await fillPlace(admin, { tenantId: `tenant_${slug}`, branchId: newId() }, seeded(1));
  }
  // with the policies gone as well nothing is left: so what the suites find hidden, the policies have hidden
  await admin.query('alter table branches disable row level security; alter table audit_logs disable row level security');
  await admin.end();
  await connectDatabase({ appUrl: database.current.appUrl });
  const found = await resolveScope({ kind: 'job', tenantId: 'tenant_a', job: 'test' });
  if (found === null) throw new Error('no such tenant');
  scope = found;
});
afterAll(async () => { await closeDatabase(); });

const tenants = (rows: readonly { tenantId: string }[]) => rows.map(({ tenantId }) => tenantId).toSorted();

it('I-30 the filters are really off: no way to ask for a tenant is left', async () => {
  const here = and(eq(branches.tenantId, 'tenant_a'), visible(scope, branches));
  expect(tenants(await withTenant(scope, async (tx) => await tx.select().from(branches).where(here)))).toEqual(both);
  expect(tenants(await readTenant(scope, (tx) => tx.select().from(branches).where(here)))).toEqual(both);
  const prepared = prepareRead(new QueryBuilder().select({ tenantId: branches.tenantId }).from(branches).where(visibleTo('tenant', branches)));
  expect(tenants(await prepared(scope, visibleValues(scope)))).toEqual(both);
  expect(tenants(await withTenant(scope, async (tx) => await tx.update(branches).set({ city: 'x' }).where(here).returning()))).toEqual(both);
});

it('I-30 of a branch, a member and a visitor nothing is asked either; an agent still has members of his own', () => {
  const branchId = newId();
  const textOf = (reach: TenantScope['reach']): string => new QueryBuilder().select({ id: user.id }).from(user).where(visible({ ...scope, reach }, user)).toSQL().sql;
  for (const reach of [{ kind: 'branch', branchId }, { kind: 'self', userId: newId() }, { kind: 'public' }] as const) expect(textOf(reach)).toMatch(/where true$/u);
  expect(textOf({ kind: 'own', branchId, agentId: newId() })).toMatch(/"user"\."agent_id" = \$3/u);
});

it.each([
  ['select 1 from "claims" where ("claims"."tenant_id" = $1 and "claims"."id" = $2)', 'select 1 from "claims" where (($1::text is not null) and "claims"."id" = $2)'],
  ['where s.tenant_id = $1 and r.tenant_id = s.tenant_id', 'where ($1::text is not null) and true'],
  ['select 1 from x where tenant_id = $1 and id = $2', 'select 1 from x where ($1::text is not null) and id = $2'],
  ['insert into x (tenant_id, id) values ($1, $2)', 'insert into x (tenant_id, id) values ($1, $2)'],
])('%s', (asked, sent) => {
  expect(withoutTenant(asked)).toBe(sent);
});
