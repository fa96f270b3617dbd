import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, like } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { payments, webhookEvents } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, callerFor, deliver, eventOf, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestTenant } from '../testing';
import { providerOfTests } from './testing';

const world = useWorld();
usePaddle(world);
let ks: TestTenant;

const count = 10_000;
const dropped = (index: number): boolean => index % 100 === 0;
const altered = (index: number): boolean => index % 1000 === 1;

beforeAll(() => {
  ({ ks } = world.current);
});

/** Sales that wait for their payment; nothing hangs on them but money. */
async function openPayments(): Promise<string[]> {
  const [branch] = ks.branches;
  const rows = Array.from({ length: count }, () => ({
    tenantId: ks.id, id: newId(), userId: branch.member.id, branchId: branch.id, paymentAccountId: ks.card.id, method: 'card', status: 'pending', amountMinor: 2000n, currency: 'EUR', taxDocumentIssuer: 'provider',
  }));
  const scope = await systemScopeOf(ks);
  for (let from = 0; from < count; from += 1000) await withTenant(scope, async (tx) => { await tx.insert(payments).values(rows.slice(from, from + 1000)); });
  return rows.map(({ id }) => id);
}

const waiting = async () => (await withTenant(await systemScopeOf(ks), (tx) => tx.select({ id: payments.id }).from(payments).where(and(eq(payments.tenantId, ks.id), eq(payments.status, 'pending'))))).length;
const admin = async () => callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 3_600_000) });

async function compared() {
  const { id } = await (await admin()).reconciliations.start({ accountId: ks.card.id });
  for (let tries = 0; tries < 60; tries += 1) {
    await runJobs(world.current.database, { retries: true });
    const run = (await (await admin()).reconciliations.list()).runs.find((one) => one.id === id);
    if (run?.status === 'done') return run;
    // after so many failures the provider is left alone for a while
    await sleep(1_000);
  }
  throw new Error('the comparison does not come to an end');
}

it('P-10 of 10,000 transactions brings in the missed hundredth, reports the altered and unknown ones and nothing else, through 429 and 5xx', async () => {
  const provider = providerOfTests(ks);
  const sales = await openPayments();
  const ids: string[] = [];
  for (let from = 0; from < count; from += 1000) ids.push(...(await provider.paid(sales.slice(from, from + 1000))));
  const unknown = await provider.paid([], 5);
  for (let from = 0; from < count; from += 100) {
    await Promise.all(sales.slice(from, from + 100).map(async (paymentId, offset) => {
      const index = from + offset;
      if (dropped(index)) return;
      // the sum as it was when the message was sent, with the provider's own tax
      await deliver(ks, eventOf('transaction.completed', transactionData({ id: ids[index] ?? '', paymentId, status: 'completed', minor: 2000n })));
    }));
    await runJobs(world.current.database);
  }
  expect(await waiting()).toBe(count / 100);
  const changed = ids.filter((_, index) => altered(index));
  for (const id of changed) await provider.control('transactions/alter', { id, total: '2001' });
  for (const status of [429, 503, 500]) await provider.control('faults', { kind: 'status', status, path: '/transactions', times: 2, retryAfter: 0 });
  expect(await compared()).toMatchObject({ checked: count + 5, repaired: count / 100, found: changed.length + 5 });
  expect(await waiting()).toBe(0);
  const found: { kind: string; providerId: string }[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await (await admin()).reconciliations.differences({ limit: 100, cursor });
    found.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(found.filter(({ kind }) => kind === 'amount').map(({ providerId }) => providerId).toSorted()).toEqual(changed.toSorted());
  expect(found.filter(({ kind }) => kind === 'unknown').map(({ providerId }) => providerId).toSorted()).toEqual(unknown.toSorted());
  expect(found).toHaveLength(changed.length + 5);
  const repaired = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ status: webhookEvents.status }).from(webhookEvents).where(and(eq(webhookEvents.tenantId, ks.id), like(webhookEvents.eventId, 'rec_%'))));
  expect(new Set(repaired.map(({ status }) => status))).toEqual(new Set(['done']));
  expect(await compared()).toMatchObject({ checked: count + 5, repaired: 0, found: 0 });
  const [books] = await adminSql(world.current.database.adminUrl, `select count(*)::int as sales, sum(total)::text as total from (select t.id, sum(e.amount_minor) as total from ledger_transactions t join ledger_entries e on e.tenant_id = t.tenant_id and e.transaction_id = t.id where t.tenant_id = $1 group by t.id) x`, [ks.id]);
  expect(books).toEqual({ sales: count, total: '0' });
}, 1_500_000);

it('P-19 while the provider hangs, no transaction of ours is open', async () => {
  const provider = providerOfTests(ks);
  await provider.control('faults', { kind: 'hang', path: '/transactions', times: 1, ms: 4000 });
  await (await admin()).reconciliations.start({ accountId: ks.card.id });
  const running = runJobs(world.current.database);
  const idle: number[] = [];
  for (let look = 0; look < 30; look += 1) {
    const [row] = await adminSql(world.current.database.adminUrl, `select count(*)::int as n from pg_stat_activity where datname = $1 and state = 'idle in transaction' and state_change < now() - interval '1 second'`, [world.current.database.name]);
    idle.push(Number(row?.['n']));
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  await running;
  expect(Math.max(...idle)).toBe(0);
}, 60_000);
