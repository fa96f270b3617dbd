import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import {
  bankReturnedLegs, conflict, decodeCursor, encodeCursor, fullName, invalid, isDateOnly, isId, namesAlike, negate, notFound, type BankLineStatus, type Locale, type Money, type OpenReason,
} from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { bankLines, memberships, payments, user } from '@interdomestik/db/schema';
import { post } from '../ledger';
import { payoutsOf } from '../refunds/by-bank';
import { moneyOf } from '../memberships/service';
import { planTitles } from '../plans/service';
import { assignLine, lockTransfer, missingOf, ofLine, type BankLine } from './assign';
import { payOutLine, stateFor } from './match';
import { bookPayout } from './payout';
import { transferRules } from './settle';

const actorOf = (scope: TenantScope): string | null => (scope.actor.kind === 'user' ? scope.actor.id : null);

/** What waits for a person: money that nothing was made of, and money that is kept for somebody. */
export const waitingStatuses = ['new', 'open', 'held'] as const satisfies readonly BankLineStatus[];

export interface LineListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly status?: readonly BankLineStatus[] | undefined; readonly statementId?: string | undefined } | undefined;
}

const person = { memberId: user.id, firstName: user.firstName, lastName: user.lastName } as const;

function viewOf(line: BankLine, of: { memberId: string | null; firstName: string | null; lastName: string | null; reference: string | null }) {
  return {
    id: line.id, statementId: line.statementId, bookedOn: line.bookedOn, amount: moneyOf(line.amountMinor, line.currency), payer: line.payer, payerAccount: line.payerAccount, purpose: line.purpose, reference: line.reference,
    status: line.status as BankLineStatus, reason: line.reason as OpenReason | null, held: line.heldMinor === 0n ? null : moneyOf(line.heldMinor, line.currency), paymentId: line.paymentId, saleReference: of.reference, memberId: of.memberId,
    memberName: of.firstName === null || of.lastName === null ? null : fullName({ firstName: of.firstName, lastName: of.lastName }), depositId: line.depositId, decidedAt: line.decidedAt, note: line.note,
  };
}

const order = '-bookedOn';

function before(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const { sort, values: [day], id } = decodeCursor(cursor);
  if (sort !== order || typeof day !== 'string' || !isDateOnly(day) || !isId(id)) throw invalid('cursor', 'errors.cursor');
  return or(lt(bankLines.bookedOn, day), and(eq(bankLines.bookedOn, day), lt(bankLines.id, id)));
}

/** Movements of the bank accounts, newest first, with the sale that they are of or seem to be of. */
export async function listLines(asker: TenantScope, input: LineListInput) {
  const scope = inAction(asker, 'bank.lines');
  const { status, statementId } = input.filters ?? {};
  const rows = await readTenant(scope, (tx) => tx.select({ line: bankLines, reference: payments.providerTransactionId, ...person }).from(bankLines)
    .leftJoin(payments, and(eq(payments.tenantId, bankLines.tenantId), eq(payments.id, bankLines.paymentId)))
    .leftJoin(user, and(eq(user.tenantId, payments.tenantId), eq(user.id, payments.userId)))
    .where(and(visible(scope, bankLines), status === undefined ? undefined : inArray(bankLines.status, [...status]), statementId === undefined ? undefined : eq(bankLines.statementId, statementId), before(input.cursor)))
    .orderBy(desc(bankLines.bookedOn), desc(bankLines.id)).limit(input.limit + 1));
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1)?.line : undefined;
  return { items: page.map(({ line, ...of }) => viewOf(line, of)), nextCursor: last === undefined ? null : encodeCursor({ sort: order, values: [last.bookedOn], id: last.id }) };
}

export interface Candidate {
  readonly paymentId: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly planTitle: string;
  readonly reference: string;
  readonly state: 'waiting' | 'paid' | 'lapsed';
  /** What is still to come of the price. */
  readonly missing: Money;
  /** What would follow: the price is there, part of it is, it is and more, or all of it is kept. */
  readonly outcome: 'exact' | 'part' | 'more' | 'kept';
  /** Why it is proposed. */
  readonly because: 'reference' | 'name' | 'amount';
  readonly expiresOn: string | null;
}

const mostCandidates = 10;
const enoughAlike = 0.5;

function outcomeOf(line: BankLine, missing: Money, state: Candidate['state']): Candidate['outcome'] {
  if (state === 'paid') return 'kept';
  return line.amountMinor === missing.minor ? 'exact' : line.amountMinor < missing.minor ? 'part' : 'more';
}

/**
 * Sales that a movement may be of: the one that it names, then those that wait for exactly this much, by how much payer and member have in common, then those of the payer's name. What is
 * proposed is proposed: a person decides.
 */
export async function candidatesFor(asker: TenantScope, lineId: string, locale: Locale, now: Date): Promise<Candidate[]> {
  const scope = inAction(asker, 'bank.candidates');
  const title = await planTitles(scope, locale, now);
  return await withTenant(scope, async (tx) => {
    const [line] = await tx.select().from(bankLines).where(and(visible(scope, bankLines), eq(bankLines.id, lineId)));
    if (line === undefined) throw notFound();
    if (line.amountMinor <= 0n) return [];
    const rows = await tx.select({ payment: payments, planCode: memberships.planCode, ...person }).from(payments)
      .innerJoin(user, and(eq(user.tenantId, payments.tenantId), eq(user.id, payments.userId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(
        eq(payments.tenantId, scope.tenantId), eq(payments.method, 'bank_transfer'), eq(payments.currency, line.currency),
        or(eq(payments.status, 'pending'), line.paymentId === null ? undefined : eq(payments.id, line.paymentId), and(eq(payments.status, 'failed'), eq(payments.amountMinor, line.amountMinor))),
      )).orderBy(sql`${payments.id} desc`).limit(500);
    const found: (Candidate & { readonly alike: number })[] = [];
    for (const { payment, planCode, memberId, firstName, lastName } of rows) {
      const missing = await missingOf(tx, scope, payment);
      const name = fullName({ firstName, lastName });
      const alike = Math.max(namesAlike(name, line.payer), namesAlike(name, line.purpose));
      const because = payment.id === line.paymentId ? 'reference' : alike >= enoughAlike ? 'name' : missing.minor === line.amountMinor ? 'amount' : null;
      if (because === null) continue;
      const state = stateFor(payment, line.bookedOn);
      found.push({
        paymentId: payment.id, memberId, memberName: name, planTitle: planCode === null ? '' : title(planCode), reference: payment.providerTransactionId ?? '', state, missing, outcome: outcomeOf(line, missing, state), because, expiresOn: payment.expiresOn, alike,
      });
    }
    const rank = ({ because, missing, alike }: (typeof found)[number]): number => (because === 'reference' ? 4 : 0) + (missing.minor === line.amountMinor ? 2 : 0) + alike;
    return found.toSorted((a, b) => rank(b) - rank(a)).slice(0, mostCandidates).map(({ alike: _, ...candidate }) => candidate);
  });
}

/** A movement that a person decides about, locked. Another tenant's is NOT_FOUND; CONFLICT for one in another state. */
async function lockLine(tx: Tx, scope: TenantScope, id: string, from: readonly BankLineStatus[]): Promise<BankLine> {
  const [line] = await tx.select().from(bankLines).where(and(visible(scope, bankLines), eq(bankLines.id, id))).for('no key update');
  if (line === undefined) throw notFound();
  if (!from.some((status) => status === line.status)) throw conflict('errors.bank.decided');
  return line;
}

/** A person says which sale a movement is of. What follows is as `assignLine` says: exactly the price is booked, less is kept until the rest comes, more is booked and the rest kept. Two who decide at once: one does. */
export async function matchByHand(asker: TenantScope, input: { readonly id: string; readonly paymentId: string }, now: Date): Promise<{ readonly status: 'booked' | 'held' }> {
  const scope = inAction(asker, 'bank.matchLine');
  const rules = await transferRules(scope, now);
  return await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, input.id, ['new', 'open']);
    return { status: await assignLine(tx, scope, line, input.paymentId, actorOf(scope), rules, now) };
  });
}

/** Refunds that wait to be paid out and are of exactly as much as went out. */
export async function refundsFor(asker: TenantScope, lineId: string) {
  const scope = inAction(asker, 'bank.refundsFor');
  return await withTenant(scope, async (tx) => {
    const [line] = await tx.select().from(bankLines).where(and(visible(scope, bankLines), eq(bankLines.id, lineId)));
    if (line === undefined) throw notFound();
    return line.amountMinor < 0n ? await payoutsOf(tx, scope, negate(moneyOf(line.amountMinor, line.currency))) : [];
  });
}

/** A person says which refund went out with a movement. Once; another amount is CONFLICT. */
export async function payRefund(asker: TenantScope, input: { readonly id: string; readonly refundId: string }, now: Date): Promise<void> {
  const scope = inAction(asker, 'bank.payRefund');
  await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, input.id, ['new', 'open']);
    await payOutLine(tx, scope, line, input.refundId, actorOf(scope), now);
  });
}

/** A person says that the card provider has paid out with a movement. Throws CONFLICT where it does not owe so much. */
export async function payoutLine(asker: TenantScope, id: string, now: Date): Promise<void> {
  const scope = inAction(asker, 'bank.payoutLine');
  await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, id, ['new', 'open']);
    await bookPayout(tx, scope, line, actorOf(scope), now);
  });
}

/** A person says that a movement is none of what we keep books of: a fee of the bank, rent. It may be taken back. */
export async function ignoreLine(asker: TenantScope, input: { readonly id: string; readonly note: string }, now: Date): Promise<void> {
  const scope = inAction(asker, 'bank.ignoreLine');
  await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, input.id, ['new', 'open']);
    await tx.update(bankLines).set({ status: 'ignored', reason: null, note: input.note, decidedBy: actorOf(scope), decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
  });
}

/** Takes back that a movement is none of ours: it waits to be looked at again. */
export async function reopenLine(asker: TenantScope, id: string, now: Date): Promise<void> {
  const scope = inAction(asker, 'bank.reopenLine');
  await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, id, ['ignored']);
    const reason: OpenReason = line.amountMinor < 0n ? 'outgoing' : 'noReference';
    await tx.update(bankLines).set({ status: 'open', reason, note: null, decidedBy: null, decidedAt: null, updatedAt: now }).where(ofLine(scope, line.id));
  });
}

/** What was kept of a movement was sent back to its payer, by the bank's number: the ledger follows. Once. */
export async function returnHeld(asker: TenantScope, input: { readonly id: string; readonly bankReference: string }, now: Date): Promise<void> {
  const scope = inAction(asker, 'bank.returnHeld');
  await withTenant(scope, async (tx) => {
    const line = await lockLine(tx, scope, input.id, ['held']);
    if (line.paymentId === null) throw notFound();
    const payment = await lockTransfer(tx, scope, line.paymentId);
    await post(tx, scope, {
      kind: 'bank_returned', branchId: payment.branchId, source: { type: 'bank_line', id: line.id }, effectKey: `bank_line:${line.id}:returned`, occurredAt: now, legs: bankReturnedLegs(moneyOf(line.heldMinor, line.currency)),
    });
    await tx.update(bankLines).set({ status: 'returned', heldMinor: 0n, note: input.bankReference, decidedBy: actorOf(scope), decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
  });
}

/** How many movements wait for a person, and what is kept, per currency. */
export async function bankSummary(asker: TenantScope) {
  const scope = inAction(asker, 'bank.summary');
  const rows = await readTenant(scope, (tx) => tx.select({ status: bankLines.status, currency: bankLines.currency, count: sql<number>`count(*)::int`, held: sql<string>`coalesce(sum(${bankLines.heldMinor}), 0)::text` })
    .from(bankLines).where(and(visible(scope, bankLines), inArray(bankLines.status, [...waitingStatuses]))).groupBy(bankLines.status, bankLines.currency).orderBy(asc(bankLines.currency)));
  const held = [...new Set(rows.map(({ currency }) => currency))].map((currency) => moneyOf(rows.filter((row) => row.currency === currency).reduce((sum, row) => sum + BigInt(row.held), 0n), currency)).filter(({ minor }) => minor > 0n);
  const count = (status: BankLineStatus) => rows.filter((row) => row.status === status).reduce((sum, row) => sum + row.count, 0);
  return { open: count('open'), fresh: count('new'), kept: count('held'), held };
}
