import { and, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { chartOfAccounts, fullName, isPayable, type CommissionKind, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { commissionPayouts, commissions, documents, ledgerAccounts, ledgerEntries, user } from '@interdomestik/db/schema';
import { personOf } from '../accounts/profile';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';
import { ruleOf } from '../settings/rules';

/** Where a commission is: earned, approved, or paid out. */
export const entryStates = ['pending', 'approved', 'paid'] as const;
export type EntryState = (typeof entryStates)[number];

const stateIs: Readonly<Record<EntryState, SQL | undefined>> = {
  pending: isNull(commissions.approvedAt), approved: and(isNotNull(commissions.approvedAt), isNull(commissions.payoutId)), paid: isNotNull(commissions.payoutId),
};

const stateOf = (row: { readonly approvedAt: Date | null; readonly payoutId: string | null }): EntryState => (row.payoutId !== null ? 'paid' : row.approvedAt !== null ? 'approved' : 'pending');

const earner = alias(user, 'earner');
const person = (first: string | null, last: string | null) => (first === null || last === null ? null : fullName({ firstName: first, lastName: last }));

interface Reading {
  readonly scope: TenantScope;
  readonly where: SQL | undefined;
}

/** The own for who sells, wherever they sold it; for others what is in reach. */
function reading(scope: TenantScope, table: typeof commissions | typeof commissionPayouts, own: boolean, action: string): Reading {
  if (!own && scope.reach.kind !== 'own') return { scope: inAction(scope, action), where: visible(scope, table) };
  return { scope: actAsTenant(scope, action), where: and(eq(table.tenantId, scope.tenantId), eq(table.agentId, personOf(scope))) };
}

export interface EntryListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly state?: EntryState | undefined; readonly agentId?: string | undefined; readonly own?: boolean | undefined } | undefined;
}

/** Commissions in reach, newest first; a seller's own. Plans, days and amounts, never who joined. */
export async function listEntries(asker: TenantScope, input: EntryListInput) {
  const { state, agentId, own = false } = input.filters ?? {};
  const { scope, where } = reading(asker, commissions, own, 'commissions.entries');
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({
      id: commissions.id, at: exactInstant(commissions.occurredAt), occurredAt: commissions.occurredAt, agentId: commissions.agentId, first: earner.firstName, last: earner.lastName, planCode: commissions.planCode, kind: commissions.kind,
      netMinor: commissions.netMinor, rateBp: commissions.rateBp, minor: commissions.amountMinor, currency: commissions.currency, approvedAt: commissions.approvedAt, payoutId: commissions.payoutId, payoutCode: commissionPayouts.code,
    }).from(commissions)
      .leftJoin(earner, and(eq(earner.tenantId, commissions.tenantId), eq(earner.id, commissions.agentId)))
      .leftJoin(commissionPayouts, and(eq(commissionPayouts.tenantId, commissions.tenantId), eq(commissionPayouts.id, commissions.payoutId)))
      .where(and(where, olderThan(commissions.occurredAt, commissions.id, input.cursor), state === undefined ? undefined : stateIs[state], agentId === undefined ? undefined : eq(commissions.agentId, agentId)))
      .orderBy(desc(commissions.occurredAt), desc(commissions.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    return {
      nextCursor: page.nextCursor,
      items: page.items.map((row) => ({
        id: row.id, occurredAt: row.occurredAt, agentId: row.agentId, agentName: person(row.first, row.last), planCode: row.planCode, kind: row.kind as CommissionKind, net: moneyOf(row.netMinor, row.currency), rateBp: row.rateBp,
        amount: moneyOf(row.minor, row.currency), state: stateOf(row), payoutCode: row.payoutCode,
      })),
    };
  });
}

export interface PayoutListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly own?: boolean | undefined } | undefined;
}

/** Payouts in reach, newest first, with their statements; a seller's own. */
export async function listPayouts(asker: TenantScope, input: PayoutListInput) {
  const { scope, where } = reading(asker, commissionPayouts, input.filters?.own ?? false, 'commissions.payouts');
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({
      id: commissionPayouts.id, at: exactInstant(commissionPayouts.createdAt), code: commissionPayouts.code, agentId: commissionPayouts.agentId, first: earner.firstName, last: earner.lastName, minor: commissionPayouts.amountMinor,
      currency: commissionPayouts.currency, entries: commissionPayouts.entries, paidOn: commissionPayouts.paidOn, reference: commissionPayouts.reference, documentId: documents.id,
    }).from(commissionPayouts)
      .leftJoin(earner, and(eq(earner.tenantId, commissionPayouts.tenantId), eq(earner.id, commissionPayouts.agentId)))
      .leftJoin(documents, and(eq(documents.tenantId, commissionPayouts.tenantId), eq(documents.entity, 'payout'), eq(documents.entityId, commissionPayouts.id), eq(documents.status, 'stored')))
      .where(and(where, olderThan(commissionPayouts.createdAt, commissionPayouts.id, input.cursor)))
      .orderBy(desc(commissionPayouts.createdAt), desc(commissionPayouts.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    return {
      nextCursor: page.nextCursor,
      items: page.items.map((row) => ({
        id: row.id, code: row.code, agentId: row.agentId, agentName: person(row.first, row.last), amount: moneyOf(row.minor, row.currency), entries: row.entries, paidOn: row.paidOn, reference: row.reference, documentId: row.documentId,
      })),
    };
  });
}

export interface PersonTotals {
  readonly agentId: string;
  readonly agentName: string | null;
  readonly pending: Money;
  readonly approved: Money;
  readonly paid: Money;
  /** What is approved and owed reaches the least payout. */
  readonly payable: boolean;
  /** What is earned and not paid out is what the books owe this person. */
  readonly agrees: boolean;
}

const part = (when: SQL | undefined) => sql<string>`coalesce(sum(${commissions.amountMinor}) filter (where ${when}), 0)::text`;

async function totalsIn(tx: Tx, where: SQL | undefined) {
  return await tx.select({ agentId: commissions.agentId, currency: commissions.currency, first: earner.firstName, last: earner.lastName, pending: part(stateIs.pending), approved: part(stateIs.approved), paid: part(stateIs.paid) }).from(commissions)
    .leftJoin(earner, and(eq(earner.tenantId, commissions.tenantId), eq(earner.id, commissions.agentId)))
    .where(where).groupBy(commissions.agentId, commissions.currency, earner.firstName, earner.lastName).orderBy(earner.lastName, earner.firstName, commissions.agentId, commissions.currency);
}

/** What the books owe for commissions, by person and currency: credit is owed. */
async function owedIn(tx: Tx, where: SQL | undefined) {
  const rows = await tx.select({ agentId: ledgerEntries.partyId, currency: ledgerEntries.currency, minor: sql<string>`(-sum(${ledgerEntries.amountMinor}))::text` }).from(ledgerEntries)
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
    .where(and(where, eq(ledgerAccounts.code, chartOfAccounts.commissionsPayable.code))).groupBy(ledgerEntries.partyId, ledgerEntries.currency);
  return new Map(rows.map(({ agentId, currency, minor }) => [`${agentId ?? ''} ${currency}`, BigInt(minor)]));
}

async function totals(scope: TenantScope, where: SQL | undefined, booked: SQL | undefined, now: Date): Promise<PersonTotals[]> {
  const { rows, owed } = await withTenant(scope, async (tx) => ({ rows: await totalsIn(tx, where), owed: await owedIn(tx, booked) }));
  const { value: rule } = await ruleOf(scope, 'commissions', now);
  return rows.map((row) => {
    const [pending, approved, paid] = [row.pending, row.approved, row.paid].map((text) => moneyOf(BigInt(text), row.currency)) as [Money, Money, Money];
    return {
      agentId: row.agentId, agentName: person(row.first, row.last), pending, approved, paid, payable: approved.minor > 0n && isPayable(rule, approved),
      agrees: pending.minor + approved.minor === (owed.get(`${row.agentId} ${row.currency}`) ?? 0n),
    };
  });
}

/** What everybody in reach has earned, is owed and was paid, each beside the books. */
export async function peopleTotals(scope: TenantScope, now: Date): Promise<PersonTotals[]> {
  const { reach } = scope;
  const within = reach.kind === 'branch' ? eq(ledgerEntries.branchId, reach.branchId) : undefined;
  return await totals(inAction(scope, 'commissions.people'), visible(scope, commissions), and(eq(ledgerEntries.tenantId, scope.tenantId), within), now);
}

/** The own account: earned, approved, paid out, and from what sum on it is paid. */
export async function ownAccount(asker: TenantScope, now: Date): Promise<{ totals: PersonTotals[]; minimumPayout: Money[] }> {
  const me = personOf(asker);
  const scope = actAsTenant(asker, 'commissions.account');
  const own = await totals(scope, and(eq(commissions.tenantId, scope.tenantId), eq(commissions.agentId, me)), and(eq(ledgerEntries.tenantId, scope.tenantId), eq(ledgerEntries.partyId, me)), now);
  const { value: rule } = await ruleOf(scope, 'commissions', now);
  const used = new Set([scope.tenant.currency, ...own.map(({ paid }) => paid.currency)]);
  return { totals: own, minimumPayout: rule.minimumPayout.filter(({ currency }) => used.has(currency)) };
}
