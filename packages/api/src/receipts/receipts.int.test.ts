import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { newId, todayIn } from '@interdomestik/rules';
import { changedBetween, fingerprint } from '../attacks/fingerprint';
import { forgetRules } from '../settings/rules';
import { adminSql, callerFor, enrolInputOf, giveMembership, runJobs, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { jobKinds } from '../jobs/kinds';
import { dailyRecheckJob } from './check';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));
const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);

/** Works off the queue of checks alone: papers have no store here. */
async function workOff(): Promise<void> {
  await sql("update pgboss.job set state = 'cancelled' where state = 'created' and name not like 'receipts.%'");
  await runJobs(world.current.database);
}

/** Has everything of a tenant decided again; the check with its differences. */
async function check(tenant: TestTenant) {
  const admin = await as(tenant, tenant.admin);
  const { id } = await admin.receipts.start();
  await workOff();
  return await admin.receipts.get({ id, limit: 100 });
}

let sold: { membershipId: string; invoiceId: string; memberId: string };
let claimId: string;

/** A sale in cash, and a claim that went all the way to its fee: a receipt of every kind. */
async function decide(tenant: TestTenant): Promise<void> {
  const [branch] = tenant.branches;
  const { membershipId, invoiceId, memberId } = await (await as(tenant, branch.agent)).enrolments.enrol(enrolInputOf(tenant));
  sold = { membershipId, invoiceId: invoiceId ?? '', memberId };
  await giveMembership(tenant, branch.member, { planCode: 'asistenca' });
  const member = await as(tenant, branch.member);
  const { id } = await member.claims.start({ category: 'vehicle' });
  claimId = id;
  await member.claims.submit({
    id, category: 'vehicle', counterparty: 'Osiguranje', description: 'A car hit mine from behind.', amountClaimed: { currency: 'EUR', text: '1.200,00' }, incidentOn: todayIn(tenant.pack.zone, new Date()), idempotencyKey: newId(),
  });
  const manager = await as(tenant, branch.manager);
  await manager.claims.move({ id, to: 'evaluation' });
  await manager.claims.recordOutcome({ id, recovered: { minor: 60_000n, currency: 'EUR' } });
}

/** Another version of the prices, in force at once. */
async function dearer(tenant: TestTenant): Promise<void> {
  const { products } = tenant.pack.rules;
  const value = { ...products, plans: products.plans.map((plan) => ({ ...plan, prices: plan.prices.map(({ minor, currency }) => ({ minor: String(BigInt(String(minor)) * 2n), currency })) })) };
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(tenantSettings).values({ tenantId: tenant.id, id: newId(), kind: 'products', version: 2, status: 'published', value, effectiveFrom: new Date(), publishedAt: new Date() });
  });
  forgetRules(tenant.id);
}

beforeAll(async () => {
  await decide(world.current.mk);
}, 60_000);

describe('receipts decided again', () => {
  it('P-17 come out as they are stored, also when other rules are in force by now, and nothing of the business is touched', async () => {
    const { mk, database } = world.current;
    const before = await fingerprint(database);
    const first = await check(mk);
    expect(first).toMatchObject({ status: 'done', differing: 0, items: [], by: expect.stringMatching(/admin/u), finishedAt: expect.any(Date) });
    // the price of the sale and of its invoice, the claim's fee, its deadline, and two steps
    expect(first.checked).toBeGreaterThanOrEqual(6);
    expect(changedBetween(before, await fingerprint(database), (key) => !/receipt_checks|receipt_differences|sessions|audit_logs|pgboss/u.test(key))).toEqual([]);
    await dearer(mk);
    expect(await check(mk)).toMatchObject({ status: 'done', differing: 0, checked: first.checked });
  });

  it('P-17 that were corrupted are found, each named with its record, the stored beside the recomputed', async () => {
    const { mk } = world.current;
    const at = async (table: string, column: string, path: string, value: unknown, id: string, key = 'id') => { await sql(`update ${table} set ${column} = jsonb_set(${column}, $2::text[], $3::jsonb) where ${key} = $1`, [id, path, JSON.stringify(value)]); };
    const [kept] = await sql("select receipt -> 'outcome' as outcome from claims where id = $1", [claimId]);
    await at('memberships', 'receipt', '{outcome,gross,minor}', '1', sold.membershipId);
    // an issued invoice and the story of a claim refuse every change; whoever owns the server can make one all the same
    await sql(`set session_replication_role = replica; update invoices set receipt = jsonb_set(receipt, '{quote,version}', '99') where id = '${sold.invoiceId}'`);
    await at('claims', 'receipt', '{outcome,fee,minor}', '1', claimId);
    await at('claims', 'sla_receipt', '{inputs,state}', 'nowhere', claimId);
    await sql(`set session_replication_role = replica; update claim_events set receipt = '"what is this"' where claim_id = '${claimId}' and to_status = 'evaluation'`);
    const { items, differing } = await check(mk);
    expect(differing).toBe(items.length);
    const found = Object.fromEntries(items.map((item) => [`${item.entity} ${item.decision}`, item]));
    expect(Object.keys(found).toSorted()).toEqual(['claim deadline', 'claim fee', 'claim step', 'invoice price', 'membership price']);
    expect(found['membership price']).toMatchObject({ entityId: sold.membershipId, memberId: sold.memberId, code: expect.stringMatching(/^MEM-/u), branchName: expect.any(String), stored: { version: 1, outcome: { gross: { minor: '1' } } }, recomputed: { version: 1, outcome: { gross: { currency: mk.pack.currencies[0] } } } });
    expect(found['invoice price']).toMatchObject({ entityId: sold.invoiceId, stored: { version: 99 }, recomputed: null });
    expect(found['claim fee']).toMatchObject({ entityId: claimId, code: expect.stringMatching(/^CLM-/u), recomputed: { outcome: kept?.['outcome'] } });
    expect(found['claim step']).toMatchObject({ stored: { outcome: null }, recomputed: null });
    // what they were decided about stays where it is: a difference repeats no inputs
    expect(JSON.stringify(items)).not.toContain('inputs');
  });

  it('are a tenant\'s own, for those who may see its rules', async () => {
    const { mk, ks } = world.current;
    const [{ manager, agent }] = mk.branches;
    for (const person of [manager, agent]) {
      const caller = await as(mk, person);
      expect(await refusalsOf([caller.receipts.list(), caller.receipts.start()])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
    }
    const [own] = await (await as(mk, mk.admin)).receipts.list();
    const stranger = await as(ks, ks.admin);
    expect(await stranger.receipts.list()).toEqual([]);
    expect(await refusalsOf([stranger.receipts.get({ id: own?.id ?? '' })])).toEqual(['NOT_FOUND errors.notFound']);
    expect(await check(ks)).toMatchObject({ checked: 0, differing: 0 });
  });
});

describe('a check', () => {
  it('asked for twice is one, a turn that runs twice counts once, and one that was lost half way goes on where it stood', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const [one, two] = await Promise.all([admin.receipts.start(), admin.receipts.start()]);
    expect(one.id).toBe(two.id);
    const recheck = jobKinds.find(({ name }) => name === 'receipts.recheck');
    const jobs = async () => await sql("select data from pgboss.job where name = 'receipts.recheck' and state = 'created' and data -> 'payload' ->> 'checkId' = $1", [one.id]);
    const [job] = await jobs();
    await recheck?.work(job?.['data']);
    const after = await admin.receipts.get({ id: one.id });
    await recheck?.work(job?.['data']);
    expect(await admin.receipts.get({ id: one.id })).toEqual(after);
    // the job of the first turn is still there, as after a kill; its next one was queued once
    expect(await jobs()).toHaveLength(2);
    await workOff();
    const done = await admin.receipts.get({ id: one.id });
    expect(done).toMatchObject({ status: 'done', differing: 5 });
    expect(done.items).toHaveLength(5);
  });

  it('comes by itself once a day', async () => {
    const { ks } = world.current;
    const scope = await systemScopeOf(ks);
    const count = async () => (await sql('select count(*)::int as n from receipt_checks where tenant_id = $1', [ks.id]))[0]?.['n'];
    const before = await count();
    await dailyRecheckJob.run(scope, { turn: 'now' });
    expect(await count(), 'the last one is of today').toBe(before);
    await sql(`update receipt_checks set created_at = now() - interval '21 hours' where tenant_id = $1`, [ks.id]);
    await dailyRecheckJob.run(scope, { turn: 'tomorrow' });
    await dailyRecheckJob.run(scope, { turn: 'tomorrow once more' });
    expect(await count()).toBe(Number(before) + 1);
    await workOff();
    expect((await (await as(ks, ks.admin)).receipts.list())[0]).toMatchObject({ status: 'done', by: null });
    await sql(`update receipt_checks set created_at = now() - interval '91 days' where tenant_id = $1`, [ks.id]);
    await dailyRecheckJob.run(scope, { turn: 'in three months' });
    expect(await count(), 'old ones are cleared away').toBe(1);
  });

  it('goes through 10,000 receipts in seconds and finds the one that is wrong', async () => {
    const { mk } = world.current;
    await sql(`update memberships set receipt = jsonb_set(receipt, '{outcome,gross,minor}', to_jsonb(price_minor::text)) where id = $1`, [sold.membershipId]);
    const columns = (await sql(`select column_name as name from information_schema.columns where table_name = 'memberships' and column_name not in ('id', 'status')`)).map(({ name }) => `"${String(name)}"`).join(', ');
    await sql(`insert into memberships (id, status, ${columns}) select gen_random_uuid(), 'expired', ${columns} from memberships, generate_series(1, 10000) where id = $1`, [sold.membershipId]);
    const [victim] = await sql(`update memberships set receipt = jsonb_set(receipt, '{outcome,vat,minor}', '"7"') where id = (select id from memberships where tenant_id = $1 and status = 'expired' order by id offset 7000 limit 1) returning id::text as id`, [mk.id]);
    const start = performance.now();
    const { checked, items } = await check(mk);
    const seconds = (performance.now() - start) / 1000;
    expect(checked).toBeGreaterThan(10_000);
    expect(items.filter(({ entity }) => entity === 'membership').map(({ entityId }) => entityId)).toEqual([victim?.['id']]);
    // measured at about two seconds on an idle machine
    expect(seconds).toBeLessThan(30);
  }, 60_000);
});
