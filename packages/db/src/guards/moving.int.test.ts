import { and, eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase } from '../pools';
import { claimEvents, leads, memberTransfers, referralCodes, user, userRoles } from '../schema';
import { resolveScope, type TenantScope } from '../scope';
import { withTenant, type Tx } from '../tenant';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded, type Row } from '../testing/factories';

const database = useDatabase();
const tenantId = 'tenant_a';
const [open, other, third] = [newId(), newId(), newId()];
let admin: Client;
let app: Client;
let scope: TenantScope;
let rows: ReadonlyMap<string, Row>;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  app = new Client({ connectionString: database.current.appUrl });
  await admin.connect();
  await app.connect();
  await insertTenant(admin, { id: tenantId, slug: 'a' });
  rows = await fillPlace(admin, { tenantId, branchId: open }, seeded(29));
  for (const [id, active] of [[other, true], [third, false]] as const) {
    await admin.query('insert into branches (tenant_id, id, code, name, city, is_active) values ($1, $2, $3, $3, $3, $4)', [tenantId, id, `b-${id}`, active]);
  }
  await connectDatabase({ appUrl: database.current.appUrl });
  const found = await resolveScope({ kind: 'job', tenantId, job: 'test' });
  if (found === null) throw new Error('no tenant');
  scope = found;
});
afterAll(async () => {
  await closeDatabase();
  await app.end();
  await admin.end();
});

const idOf = (table: string): string => String(rows.get(table)?.id);

async function refusal(work: (tx: Tx) => Promise<unknown>): Promise<{ code?: unknown; constraint?: unknown }> {
  try {
    await withTenant(scope, work);
  } catch (error) {
    for (let current: unknown = error; current instanceof Error; current = current.cause) if ('code' in current) return current;
    throw error;
  }
  return {};
}

describe('the story of a claim', () => {
  const here = () => and(eq(claimEvents.tenantId, tenantId), eq(claimEvents.id, idOf('claim_events')));

  it('moves to another branch and changes in nothing else, not even for a superuser', async () => {
    expect(await refusal((tx) => tx.update(claimEvents).set({ branchId: other }).where(here()))).toEqual({});
    for (const change of [{ note: 'x' }, { toStatus: 'resolved' }, { visibleToMember: sql`not visible_to_member`, branchId: open }, { createdAt: new Date(0) }, { actorId: newId() }]) {
      expect(await refusal((tx) => tx.update(claimEvents).set(change).where(here()))).toMatchObject({ code: '42501' });
    }
    await expect(admin.query(`update claim_events set note = coalesce(note, '') || $1`, ['x'])).rejects.toMatchObject({ code: '42501' });
    expect(await refusal((tx) => tx.delete(claimEvents).where(here()))).toMatchObject({ code: '42501' });
  });
});

describe('a closed branch', () => {
  it('takes in nobody: no person, no role, no lead, no referral code, no cash', async () => {
    const person = { tenantId, id: newId(), branchId: third, firstName: 'A', lastName: 'B', locale: 'sq' };
    const inside = eq(user.tenantId, tenantId);
    const tries: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => tx.insert(user).values(person),
      (tx) => tx.update(user).set({ branchId: third }).where(inside),
      (tx) => tx.insert(userRoles).values({ tenantId, id: newId(), userId: idOf('user'), role: 'agent', branchId: third }),
      (tx) => tx.insert(leads).values({ tenantId, id: newId(), branchId: third, ownerId: idOf('user'), firstName: 'A' }),
      (tx) => tx.update(referralCodes).set({ branchId: third }).where(eq(referralCodes.tenantId, tenantId)),
    ];
    for (const attempt of tries) expect(await refusal(attempt)).toMatchObject({ code: '23514', constraint: 'branch_open' });
    await expect(admin.query("insert into cash_receipts (tenant_id, id, payment_id, user_id, branch_id, agent_id, code, amount_minor, currency, collected_at) select tenant_id, gen_random_uuid(), payment_id, user_id, $1, agent_id, 'x', 1, 'EUR', now() from cash_receipts", [third])).rejects.toMatchObject({ constraint: 'branch_open' });
    expect(await refusal((tx) => tx.insert(user).values({ ...person, branchId: other }))).toEqual({});
  });
});

describe('I-29 transfers of members, by the policies alone', () => {
  /** How many transfers the runtime role counts without any condition of ours. */
  async function countedAs(branch: string): Promise<number> {
    await app.query(`begin; select set_config('app.current_tenant_id', '${tenantId}', true), set_config('app.current_branch_id', '${branch}', true)`);
    const { rows: counted } = await app.query<{ n: number }>('select count(*)::int as n from member_transfers');
    await app.query('rollback');
    return counted[0]?.n ?? -1;
  }

  it('I-29 both branches see the row, a third one, a member and a forgotten setting see none', async () => {
    await admin.query('delete from member_transfers');
    await withTenant(scope, (tx) => tx.insert(memberTransfers).values({ tenantId, id: newId(), userId: idOf('user'), fromBranchId: open, toBranchId: other, reason: 'moved' }));
    expect([await countedAs(open), await countedAs(other), await countedAs('*')]).toEqual([1, 1, 1]);
    expect([await countedAs(third), await countedAs('self'), await countedAs('none'), await countedAs('')]).toEqual([0, 0, 0, 0]);
  });

  it('I-29 a branch writes no transfer between two others', async () => {
    await admin.query('delete from member_transfers');
    const insert = `insert into member_transfers (tenant_id, id, user_id, from_branch_id, to_branch_id, reason) values ('${tenantId}', gen_random_uuid(), '${idOf('user')}', '${open}', '${other}', 'moved')`;
    for (const [branch, refused] of [[third, true], ['self', true], [other, false]] as const) {
      await app.query(`begin; select set_config('app.current_tenant_id', '${tenantId}', true), set_config('app.current_branch_id', '${branch}', true)`);
      const written = app.query(insert);
      if (refused) await expect(written).rejects.toMatchObject({ code: '42501' });
      else await written;
      await app.query('rollback');
    }
  });
});
