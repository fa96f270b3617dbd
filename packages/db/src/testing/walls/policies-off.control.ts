import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase } from '../../pools';
import { branches } from '../../schema';
import { resolveScope } from '../../scope';
import { withTenant } from '../../tenant';
import { fillPlace, insertTenant, seeded } from '../factories';
import { useDatabase } from '../use-database';

const database = useDatabase();

beforeAll(async () => {
  const admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  for (const slug of ['a', 'b']) {
    await insertTenant(admin, { id: `tenant_${slug}`, slug });
    await fillPlace(admin, { tenantId: `tenant_${slug}`, branchId: newId() }, seeded(1));
  }
  await admin.end();
  await connectDatabase({ appUrl: database.current.appUrl });
});
afterAll(async () => { await closeDatabase(); });

it('I-30 the policies are really off: a query without a condition sees every tenant', async () => {
  const scope = await resolveScope({ kind: 'job', tenantId: 'tenant_a', job: 'test' });
  if (scope === null) throw new Error('no such tenant');
  const seen = await withTenant(scope, async (tx) => await tx.select({ tenantId: branches.tenantId }).from(branches));
  expect(seen.map(({ tenantId }) => tenantId).toSorted()).toEqual(['tenant_a', 'tenant_b']);
});
