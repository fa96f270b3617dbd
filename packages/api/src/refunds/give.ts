import { and, eq } from 'drizzle-orm';
import { conflict, equals, newId, notFound, parseOrThrow, refundInput, type Money, type RefundInput } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, refunds } from '@interdomestik/db/schema';
import { staffOf } from '../cash/cashier';
import { once } from '../idempotency';
import { assertMayInvoice, invoiceRules } from '../invoices/issue';
import { enqueue } from '../jobs/queue';
import { letterheadOf } from '../mails';
import { ruleOf } from '../settings/rules';
import { giveByBank } from './by-bank';
import { giveCash } from './in-cash';
import { grantRequest } from './grant';
import { sendRefundJob } from './send';
import { offerOf, refundStanding, type RefundOffer, type RefundStanding } from './standing';

/** Refuses a membership out of the asker's sight, and gives the scope that reads and writes the tenant's money. */
export async function withinReach(asker: TenantScope, membershipId: string, action: string): Promise<TenantScope> {
  const [seen] = await readTenant(inAction(asker, action), (tx) => tx.select({ id: memberships.id }).from(memberships).where(and(visible(asker, memberships), eq(memberships.id, membershipId))));
  if (seen === undefined) throw notFound();
  return actAsTenant(asker, action);
}

/** What can be given back of a membership today, or why nothing is. */
export async function refundOffer(asker: TenantScope, membershipId: string, now: Date): Promise<RefundOffer> {
  const scope = await withinReach(asker, membershipId, 'refunds.offer');
  const products = await ruleOf(scope, 'products', now);
  return await withTenant(scope, async (tx) => {
    const standing = await refundStanding(tx, scope, membershipId, false);
    if (standing === null) throw notFound();
    return await offerOf(tx, scope, standing, products.value, now);
  });
}

export interface GivenBack {
  /** `asked`: the provider has still to say, or the bank to pay it out. */
  readonly status: 'asked' | 'done';
  readonly amount: Money;
  /** Of the credit note; null where the provider writes the tax document. */
  readonly creditNote: string | null;
}

/** Puts a refund of every payment under way at the provider, as part of `tx`. */
export async function askProvider(tx: Tx, scope: TenantScope, { membership, payments: paid }: RefundStanding, note: string, by: string, now: Date): Promise<void> {
  for (const payment of paid) {
    const refundId = newId();
    await tx.insert(refunds).values({
      tenantId: scope.tenantId, id: refundId, paymentId: payment.id, membershipId: membership.id, userId: payment.userId, branchId: payment.branchId, source: 'provider', amountMinor: payment.amountMinor - payment.refundedMinor,
      currency: payment.currency, status: 'asked', note, askedBy: by, createdAt: now, updatedAt: now,
    });
    await enqueue(tx, scope, sendRefundJob, { refundId });
  }
}

/**
 * Gives back all that was paid for a membership, inside the tenant's window. Cash leaves the hands that have it at once: ledger, custody, credit note, commission and membership follow in one transaction. For a card the
 * provider is asked, by a job of the same transaction, and everything follows when it says that it was approved. Once, however often it is asked: the same key is answered as before, another finds it done.
 * Throws NOT_FOUND for a membership out of sight, CONFLICT with the reason where nothing is given back, `errors.refund.amount` for another amount than was shown, and as `giveCash` does.
 */
export async function giveBack(asker: TenantScope, raw: RefundInput, now: Date): Promise<GivenBack> {
  const input = parseOrThrow(refundInput, raw);
  const by = staffOf(asker);
  const scope = await withinReach(asker, input.membershipId, 'refunds.give');
  const [products, workflows, invoicing, letterhead, { value: { bankTransfer } }] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'workflows', now), invoiceRules(scope, now), letterheadOf(scope, now), ruleOf(scope, 'payments', now),
  ]);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'refunds.give', key: idempotencyKey, payload }, async (): Promise<GivenBack> => {
    const standing = await refundStanding(tx, scope, input.membershipId, true);
    if (standing === null) throw notFound();
    const { refusal, amount, method, from } = await offerOf(tx, scope, standing, products.value, now);
    if (refusal !== null) throw conflict(`errors.refund.${refusal}`);
    if (amount === null || !equals(amount, input.shown)) throw conflict('errors.refund.amount');
    await grantRequest(tx, scope, input.membershipId, by, now);
    if (method === 'card') {
      await askProvider(tx, scope, standing, input.note, by, now);
      return { status: 'asked', amount, creditNote: null };
    }
    assertMayInvoice(invoicing);
    if (input.from === 'bank') {
      if (!from.includes('bank')) throw conflict('errors.refund.method');
      return { status: 'asked', amount, creditNote: await giveByBank(tx, scope, standing, amount, input, by, { invoicing, workflows, letterhead }, bankTransfer.reference, now) };
    }
    if (method !== 'cash') throw conflict('errors.refund.method');
    return { status: 'done', amount, creditNote: await giveCash(tx, scope, standing, amount, input, by, { invoicing, workflows, letterhead }, now) };
  }));
}
