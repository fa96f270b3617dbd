import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { cashInHandLimit, chartOfAccounts, fullName, latenessOf, todayIn, type Lateness, type Money } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, cashCounts, cashDepositItems, cashReceipts, ledgerAccounts, ledgerEntries, refunds, user } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import { ruleOf } from '../settings/rules';
import { differencesIn, type DifferenceRow } from './differences';
import { openInTill } from './till';

/** Cash of one branch and currency by where it is, as receipts and counts say it, and as the books do. */
export interface BranchCustody {
  readonly branchId: string;
  readonly branchName: string;
  /** With those who took it, what waits to be counted included. */
  readonly withCollectors: Money;
  readonly waiting: Money;
  readonly inBranch: Money;
  /** Given back to members out of the branch's cash, and not settled by a deposit: the next one is less by it. */
  readonly givenBack: Money;
  readonly booked: { readonly withCollectors: Money; readonly inBranch: Money };
  /** The books say the same, to the cent, of the differences of its people too. */
  readonly agrees: boolean;
}

export interface Holder {
  readonly agentId: string;
  readonly agentName: string | null;
  readonly branchId: string;
  readonly branchName: string;
  readonly held: Money;
  readonly waiting: Money;
  readonly limit: Money | null;
  /** When the oldest of what is not handed over was taken. */
  readonly oldestAt: Date | null;
  readonly late: Lateness;
  /** Counted less said, over all that was ever counted and not written off. */
  readonly differences: Money;
}

const minorSum = (column: SQL) => sql<string>`coalesce(sum(${column}), 0)::text`;

async function heldRows(tx: Tx, scope: TenantScope) {
  return await tx.select({
    agentId: cashReceipts.agentId, branchId: cashReceipts.branchId, currency: cashReceipts.currency, held: minorSum(sql`${cashReceipts.amountMinor}`),
    waiting: minorSum(sql`case when ${cashReceipts.status} = 'handed' then ${cashReceipts.amountMinor} else 0 end`),
    oldestAt: sql<Date | null>`min(case when ${cashReceipts.status} = 'collected' then ${cashReceipts.collectedAt} end)`.mapWith(cashReceipts.collectedAt),
  }).from(cashReceipts).where(and(visible(scope, cashReceipts), inArray(cashReceipts.status, ['collected', 'handed']), isNull(cashReceipts.verifiedBy)))
    .groupBy(cashReceipts.agentId, cashReceipts.branchId, cashReceipts.currency);
}

async function branchRows(tx: Tx, scope: TenantScope) {
  return await tx.select({ branchId: cashCounts.branchId, currency: cashCounts.currency, minor: minorSum(sql`${cashCounts.countedMinor}`) }).from(cashCounts)
    .leftJoin(cashDepositItems, and(eq(cashDepositItems.tenantId, cashCounts.tenantId), eq(cashDepositItems.handoverId, cashCounts.handoverId)))
    .where(and(visible(scope, cashCounts), eq(cashCounts.outcome, 'confirmed'), isNull(cashDepositItems.id))).groupBy(cashCounts.branchId, cashCounts.currency);
}

async function givenBackRows(tx: Tx, scope: TenantScope) {
  return await tx.select({ branchId: refunds.branchId, currency: refunds.currency, minor: minorSum(sql`${refunds.amountMinor}`) }).from(refunds).where(openInTill(scope)).groupBy(refunds.branchId, refunds.currency);
}

/** The cash accounts and what was counted otherwise than said, by branch, of what the scope sees; an agent's own part alone. */
async function bookedRows(tx: Tx, scope: TenantScope) {
  const { reach } = scope;
  const within = reach.kind === 'branch' || reach.kind === 'own' ? eq(ledgerEntries.branchId, reach.branchId) : undefined;
  return await tx.select({ branchId: ledgerEntries.branchId, currency: ledgerEntries.currency, code: ledgerAccounts.code, minor: minorSum(sql`${ledgerEntries.amountMinor}`) }).from(ledgerEntries)
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
    .where(and(
      eq(ledgerEntries.tenantId, scope.tenantId), within, inArray(ledgerAccounts.code, [chartOfAccounts.cashWithAgents.code, chartOfAccounts.cashInBranch.code, chartOfAccounts.cashShortage.code]),
      reach.kind === 'own' ? eq(ledgerEntries.partyId, reach.agentId) : undefined,
    ))
    .groupBy(ledgerEntries.branchId, ledgerEntries.currency, ledgerAccounts.code);
}

type Amounts = Readonly<Record<'held' | 'waiting' | 'inBranch' | 'givenBack' | 'bookedHeld' | 'bookedInBranch' | 'differences' | 'bookedDifferences', bigint>>;

const bookedAs: Readonly<Record<string, keyof Amounts>> = { [chartOfAccounts.cashInBranch.code]: 'bookedInBranch', [chartOfAccounts.cashShortage.code]: 'bookedDifferences' };

/** Where the cash of everything in reach is, branch by branch and person by person, each beside what the ledger says. */
export async function custodyOf(scope: TenantScope, now: Date): Promise<{ branches: BranchCustody[]; holders: Holder[] }> {
  const found = await withTenant(inAction(scope, 'cash.custody'), async (tx) => {
    const held = await heldRows(tx, scope);
    const differences = await differencesIn(tx, scope);
    const people = [...new Set([...held, ...differences].map(({ agentId }) => agentId))];
    return {
      held, differences, inBranch: await branchRows(tx, scope), givenBack: await givenBackRows(tx, scope), booked: await bookedRows(tx, scope),
      branches: await tx.select({ id: branches.id, name: branches.name }).from(branches).where(eq(branches.tenantId, scope.tenantId)),
      people: people.length === 0 ? [] : await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, people))),
    };
  });
  const own = scope.reach.kind === 'own';
  const branchName = new Map(found.branches.map(({ id, name }) => [id, name]));
  const byBranch = new Map<string, Amounts>();
  const put = (branchId: string, currency: string, part: keyof Amounts, minor: bigint) => {
    const key = `${branchId} ${currency}`;
    const known = byBranch.get(key) ?? { held: 0n, waiting: 0n, inBranch: 0n, givenBack: 0n, bookedHeld: 0n, bookedInBranch: 0n, differences: 0n, bookedDifferences: 0n };
    byBranch.set(key, { ...known, [part]: known[part] + minor });
  };
  for (const row of found.held) { put(row.branchId, row.currency, 'held', BigInt(row.held)); put(row.branchId, row.currency, 'waiting', BigInt(row.waiting)); }
  for (const row of found.inBranch) if (!own) put(row.branchId, row.currency, 'inBranch', BigInt(row.minor));
  for (const row of found.givenBack) if (!own) { put(row.branchId, row.currency, 'inBranch', -BigInt(row.minor)); put(row.branchId, row.currency, 'givenBack', BigInt(row.minor)); }
  for (const row of found.booked) put(row.branchId, row.currency, bookedAs[row.code] ?? 'bookedHeld', row.code === chartOfAccounts.cashShortage.code ? -BigInt(row.minor) : BigInt(row.minor));
  for (const row of found.differences) put(row.branchId, row.currency, 'differences', row.minor);
  const custody = [...byBranch].map(([key, amounts]): BranchCustody => {
    const [branchId = '', currency = ''] = key.split(' ');
    const of = (minor: bigint) => moneyOf(minor, currency);
    return {
      branchId, branchName: branchName.get(branchId) ?? '–', withCollectors: of(amounts.held), waiting: of(amounts.waiting), inBranch: of(amounts.inBranch), givenBack: of(amounts.givenBack),
      booked: { withCollectors: of(amounts.bookedHeld), inBranch: of(amounts.bookedInBranch) }, agrees: amounts.held === amounts.bookedHeld && amounts.inBranch === amounts.bookedInBranch && amounts.differences === amounts.bookedDifferences,
    };
  }).toSorted((a, b) => a.branchName.localeCompare(b.branchName) || a.withCollectors.currency.localeCompare(b.withCollectors.currency));
  return { branches: custody, holders: await holdersOf(scope, found, branchName, now) };
}

type Found = { readonly held: Awaited<ReturnType<typeof heldRows>>; readonly differences: readonly DifferenceRow[]; readonly people: readonly { id: string; firstName: string; lastName: string }[] };

async function holdersOf(scope: TenantScope, { held, differences, people }: Found, branchName: ReadonlyMap<string, string>, now: Date): Promise<Holder[]> {
  const today = todayIn(scope.tenant.timeZone, now);
  const names = new Map(people.map((row) => [row.id, fullName(row)]));
  const keys = new Map([...held, ...differences.filter(({ minor }) => minor !== 0n)].map(({ agentId, branchId, currency }) => [`${agentId} ${branchId} ${currency}`, { agentId, branchId, currency }]));
  const same = (key: { agentId: string; branchId: string; currency: string }) => (row: { agentId: string; branchId: string; currency: string }) => row.agentId === key.agentId && row.branchId === key.branchId && row.currency === key.currency;
  const holders = await Promise.all([...keys.values()].map(async (key): Promise<Holder> => {
    const limits = await ruleOf(scope, 'limits', now, key.branchId);
    const row = held.find(same(key));
    const { handOver, escalate } = limits.value.cashDays;
    const of = (text: string | undefined) => moneyOf(BigInt(text ?? '0'), key.currency);
    const amount = of(row?.held);
    const oldestAt = row?.oldestAt ?? null;
    return {
      agentId: key.agentId, agentName: names.get(key.agentId) ?? null, branchId: key.branchId, branchName: branchName.get(key.branchId) ?? '–', held: amount, waiting: of(row?.waiting), limit: cashInHandLimit(limits.value, amount.currency),
      oldestAt, late: oldestAt === null ? 'in_time' : latenessOf(todayIn(scope.tenant.timeZone, oldestAt), handOver, escalate, today), differences: moneyOf(differences.find(same(key))?.minor ?? 0n, key.currency),
    };
  }));
  return holders.toSorted((a, b) => a.branchName.localeCompare(b.branchName) || (b.held.minor > a.held.minor ? 1 : b.held.minor < a.held.minor ? -1 : 0));
}
