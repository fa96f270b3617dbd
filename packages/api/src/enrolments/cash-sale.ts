import { cashInstalmentSaleLegs, cashSaleLegs, formatMoney, fullName, newId, payableNow, vatNow } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { writeReceipt } from '../cash/write-receipt';
import { issueInvoice, saleLines, type IssuedInvoice } from '../invoices/issue';
import { writeInstalments } from '../instalments/write';
import { assertMayHold } from '../cash/hold';
import { followPayment } from '../commissions/settle';
import { post } from '../ledger';
import { isTold, queueMail } from '../mails';
import { activateMembership } from '../memberships/activate';
import { announceActivation } from '../memberships/announce';
import { rewardReferrer } from '../memberships/rewards';
import { notify, notifyRole } from '../notifications';
import { portalOrigin, portalPaths } from '../site/origins';
import type { PaymentAccount } from '../payments/accounts';
import type { PreparedSale } from './prepare';

/** What is sold to whom, by rules that were read before the transaction. */
export interface PricedCash extends Pick<PreparedSale, 'quote' | 'branchId' | 'limits' | 'letterhead' | 'activation' | 'invoicing' | 'now'> {
  readonly buyer: Pick<PreparedSale['input'], 'firstName' | 'lastName' | 'email' | 'address' | 'city' | 'locale'>;
}

export interface CashSale {
  readonly userId: string;
  readonly membershipId: string;
  /** Who takes the cash and holds it from now on. */
  readonly takerId: string;
  readonly account: PaymentAccount;
}

export interface BookedCash {
  readonly paymentId: string;
  readonly memberNumber: string;
  readonly receiptId: string;
  readonly receiptCode: string;
  readonly invoice: IssuedInvoice;
}

/**
 * Books a cash sale as part of its transaction: payment, active membership, receipt, invoice, ledger and what tells people of it. Numbers are
 * taken member first, then receipt, then invoice, in this order everywhere, so that sales wait for each other and never lock each other out.
 */
export async function bookCash(tx: Tx, scope: TenantScope, sale: PricedCash, made: CashSale): Promise<BookedCash> {
  const { buyer, quote, branchId, now } = sale;
  const { userId, membershipId, takerId, account } = made;
  const { money: price, schedule } = quote;
  const paid = payableNow(quote);
  const paymentId = newId();
  await tx.insert(payments).values({
    tenantId: scope.tenantId, id: paymentId, userId, branchId, membershipId, paymentAccountId: account.id, method: 'cash', status: 'succeeded', amountMinor: paid.minor,
    vatMinor: vatNow(quote).minor, currency: price.currency, taxDocumentIssuer: 'tenant', collectedBy: takerId, receipt: quote.receipt, paidAt: now, createdAt: now, updatedAt: now,
  });
  await writeInstalments(tx, scope, schedule, { userId, branchId, membershipId, paymentId, account, paidAt: now, now });
  if (isTold(sale.letterhead, 'cash.to_verify', 'in_app')) await notifyRole(tx, scope, { role: 'branch_manager', branchId }, {
    kind: 'cash.to_verify', params: { agent: fullName(scope.actor), amount: formatMoney(paid, sale.letterhead.locale) }, href: '/cash', effectKey: `cash:${paymentId}:collected`,
  });
  await post(tx, scope, {
    kind: 'cash_sale', branchId, source: { type: 'payment', id: paymentId }, effectKey: `payment:${paymentId}:sale`, occurredAt: now,
    legs: schedule === null ? cashSaleLegs({ gross: price, tax: quote.vat.vat }) : cashInstalmentSaleLegs({ gross: price, tax: quote.vat.vat }, paid), parties: { cashWithAgents: takerId },
  });
  await followPayment(tx, scope, paymentId);
  await rewardReferrer(tx, scope, membershipId, sale.letterhead, now);
  // from here on whoever takes another payment at the same time waits for us
  await assertMayHold(tx, scope, sale.limits.value, { agentId: takerId, amount: paid });
  // numbers from here on: everybody who sells in this tenant waits for us until the end
  const activation = await activateMembership(tx, scope, { membershipId, months: quote.plan.periodMonths, now }, sale.activation);
  await announceActivation(tx, scope, {
    activation, effect: `membership:${membershipId}`, person: { id: userId, firstName: buyer.firstName, email: buyer.email ?? null, locale: buyer.locale },
    planTitle: quote.plan.titles[buyer.locale] ?? quote.plan.code, letterhead: sale.letterhead,
  });
  const amount = formatMoney(price, buyer.locale);
  const receipt = await writeReceipt(tx, scope, sale.invoicing, { paymentId, userId, branchId, agentId: takerId, amount: paid }, now);
  const { primary, secondary } = sale.invoicing.invoicing.value.languages;
  const invoice = await issueInvoice(tx, scope, sale.invoicing, {
    userId, branchId, membershipId, paymentId, method: 'cash', currency: price.currency, receipt: quote.receipt, issuedBy: takerId,
    buyer: { name: fullName(buyer), address: buyer.address ?? null, city: buyer.city ?? null, taxId: null, memberNumber: activation.memberNumber },
    schedule: schedule?.instalments ?? [], lines: saleLines(quote, activation.period, secondary === null ? [primary] : [primary, secondary]),
  }, now);
  if (isTold(sale.letterhead, 'invoice.issued', 'in_app')) await notify(tx, scope, { userId, kind: 'invoice.issued', params: { number: invoice.code, amount }, href: portalPaths.payments, effectKey: `invoice:${invoice.id}:issued` });
  if (buyer.email !== undefined && isTold(sale.letterhead, 'invoice.issued', 'mail')) {
    await queueMail(tx, scope, {
      template: 'invoice-issued', to: { email: buyer.email, userId }, locale: buyer.locale, letterhead: sale.letterhead, effectKey: `invoice:${invoice.id}:mail`,
      params: { name: buyer.firstName, number: invoice.code, amount: price, issuedOn: invoice.issuedOn, dueOn: schedule?.instalments.at(-1)?.dueOn ?? null, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.payments}` },
    });
  }
  return { paymentId, memberNumber: activation.memberNumber, receiptId: receipt.id, receiptCode: receipt.code, invoice };
}
