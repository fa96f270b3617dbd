import { and, eq } from 'drizzle-orm';
import {
  assertCashWithinLimit, cashInstalmentLegs, equals, forbidden, formatMoney, fullName, invalid, newId, notFound, planView, todayIn, type Money, type Plan, type ProductsRule,
} from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { instalments, memberships, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { assertMayHold } from '../cash/hold';
import { writeReceipt } from '../cash/write-receipt';
import { followPayment } from '../commissions/settle';
import { once } from '../idempotency';
import { assertMayInvoice, invoiceRules } from '../invoices/issue';
import { post } from '../ledger';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { moneyOf } from '../memberships/service';
import { notify, notifyRole } from '../notifications';
import { findAccount } from '../payments/accounts';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import { lockDue } from './due';
import { countParts, markPaid, type InstalmentRow } from './settle';
import { partTitle } from './words';

export interface CollectInput {
  readonly id: string;
  /** Cash counted by the agent; must equal the part. */
  readonly amountTendered: Money;
  readonly idempotencyKey: string;
}

export interface Collected {
  readonly paymentId: string;
  readonly receiptId: string;
  readonly receiptCode: string;
}

function assertTendered(tendered: Money, amount: Money): void {
  if (tendered.currency !== amount.currency || !equals(tendered, amount)) throw invalid('amountTendered', 'errors.money.tendered');
}

const titleOf = (products: ProductsRule, planCode: string, locale: Parameters<typeof planView>[1]): string => {
  const plan: Plan | undefined = products.plans.find(({ code }) => code === planCode);
  return plan === undefined ? planCode : planView(plan, locale).title;
};

/** The branch whose limits count: the member's. Throws NOT_FOUND for a part out of sight. */
async function branchOf(seller: TenantScope, id: string): Promise<string> {
  const [part] = await readTenant(seller, (tx) => tx.select({ branchId: instalments.branchId }).from(instalments).where(and(visible(seller, instalments), eq(instalments.id, id))));
  if (part === undefined) throw notFound();
  return part.branchId;
}

/** The member, and what the sale's own receipt says of it. */
async function saleOf(tx: Tx, scope: TenantScope, part: InstalmentRow) {
  const [row] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale, planCode: memberships.planCode, receipt: memberships.receipt }).from(memberships)
    .innerJoin(user, and(eq(user.tenantId, memberships.tenantId), eq(user.id, memberships.userId)))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, part.membershipId)));
  if (row === undefined) throw notFound();
  return { ...row, locale: localeOfRow(row.locale) };
}

async function tell(tx: Tx, scope: TenantScope, told: {
  part: InstalmentRow; amount: Money; paymentId: string; receiptCode: string; letterhead: Letterhead; products: ProductsRule; sale: Awaited<ReturnType<typeof saleOf>>; now: Date;
}): Promise<void> {
  const { part, amount, paymentId, receiptCode, letterhead, products, sale, now } = told;
  if (isTold(letterhead, 'payment.succeeded', 'in_app')) {
    await notify(tx, scope, { userId: part.userId, kind: 'payment.succeeded', params: { amount: formatMoney(amount, sale.locale) }, href: portalPaths.payments, effectKey: `payment:${paymentId}:succeeded` });
  }
  if (sale.email === null || !isTold(letterhead, 'payment.succeeded', 'mail')) return;
  const purpose = partTitle(sale.locale, titleOf(products, sale.planCode, sale.locale), { number: part.number, parts: await countParts(tx, scope, part.membershipId) });
  await queueMail(tx, scope, {
    template: 'payment-receipt', to: { email: sale.email, userId: part.userId }, locale: sale.locale, letterhead, effectKey: `payment:${paymentId}:receipt`,
    params: {
      name: sale.firstName, number: receiptCode, amount, paidOn: todayIn(scope.tenant.timeZone, now), method: 'cash', purpose, lines: [], provider: null,
      url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.payments}`,
    },
  });
}

/**
 * A seller takes the next part of a membership in cash: payment, receipt, ledger and what tells people of it, in one transaction; the invoice came with the first part and is paid
 * with the last. Repeating with the same key gives the same answer, another key finds it paid. Throws NOT_FOUND for a part out of sight, CONFLICT as `lockDue`, INVALID for cash that is not
 * exactly the part or above the limit, FORBIDDEN for who cannot hold cash.
 */
export async function collectInstalment(seller: TenantScope, input: CollectInput, now: Date): Promise<Collected> {
  // whoever takes cash holds it in the ledger, and only people of the tenant can
  const sellerId = seller.actor.kind === 'user' ? seller.actor.id : null;
  if (sellerId === null) throw forbidden();
  const scope = actAsTenant(seller, 'instalments.collect');
  const branchId = await branchOf(seller, input.id);
  const [invoicing, letterhead, products, limits, account] = await Promise.all([
    invoiceRules(scope, now), letterheadOf(scope, now), ruleOf(scope, 'products', now), ruleOf(scope, 'limits', now, branchId),
    findAccount(scope, 'cash', input.amountTendered.currency),
  ]);
  assertMayInvoice(invoicing);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'instalments.collect', key: idempotencyKey, payload }, async () => {
    const part = await lockDue(tx, scope, seller, input.id, 'cash');
    const amount = moneyOf(part.amountMinor, part.currency);
    assertTendered(input.amountTendered, amount);
    if (account === null) throw invalid('amountTendered', 'errors.money.currency');
    assertCashWithinLimit(limits.value, amount);
    await assertMayHold(tx, scope, limits.value, { agentId: sellerId, amount });
    const sale = await saleOf(tx, scope, part);
    const paymentId = newId();
    await tx.insert(payments).values({
      tenantId: scope.tenantId, id: paymentId, userId: part.userId, branchId: part.branchId, membershipId: part.membershipId, paymentAccountId: account.id, method: 'cash', status: 'succeeded',
      amountMinor: amount.minor, vatMinor: part.vatMinor, currency: part.currency, taxDocumentIssuer: 'tenant', collectedBy: sellerId, receipt: sale.receipt, paidAt: now, createdAt: now, updatedAt: now,
    });
    await markPaid(tx, scope, part, paymentId, now);
    if (isTold(letterhead, 'cash.to_verify', 'in_app')) await notifyRole(tx, scope, { role: 'branch_manager', branchId: part.branchId }, {
      kind: 'cash.to_verify', params: { agent: fullName(scope.actor), amount: formatMoney(amount, letterhead.locale) }, href: '/cash', effectKey: `cash:${paymentId}:collected`,
    });
    await post(tx, scope, {
      kind: 'instalment_paid', branchId: part.branchId, source: { type: 'payment', id: paymentId }, effectKey: `instalment:${part.id}:paid`, occurredAt: now,
      legs: cashInstalmentLegs(amount), parties: { cashWithAgents: sellerId },
    });
    await followPayment(tx, scope, paymentId);
    const receipt = await writeReceipt(tx, scope, invoicing, { paymentId, userId: part.userId, branchId: part.branchId, agentId: sellerId, amount }, now);
    await tell(tx, scope, { part, amount, paymentId, receiptCode: receipt.code, letterhead, products: products.value, sale, now });
    return { paymentId, receiptId: receipt.id, receiptCode: receipt.code };
  }));
}
