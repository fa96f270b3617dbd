import { addDays, bankDetailsSchema, todayIn, type BankDetails, type DateOnly, type Money, type ResolvedRule } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { notConfigured, providerOf, type PaymentAccount } from '../payments/accounts';
import { portalOrigin, portalPaths } from '../site/origins';

/** What the row of a payment by transfer says beside amount and owner. */
export interface TransferTerms {
  readonly method: 'bank_transfer';
  /** What the payer writes on the order. */
  readonly providerTransactionId: string;
  /** Our own page with the payment slip. */
  readonly checkoutUrl: string;
  readonly expiresOn: DateOnly;
}

/** The bank account behind a payment account. Throws UNAVAILABLE for one that nobody has filled in. */
export function detailsOf(account: Pick<PaymentAccount, 'bankDetails'>): BankDetails {
  const read = bankDetailsSchema.safeParse(account.bankDetails);
  if (!read.success) throw notConfigured();
  return read.data;
}

/** A reference for a payment that is to be made, where its slip is shown, and until when it is waited for. Nobody is asked: it may stand before a transaction. */
export async function transferTerms(
  scope: TenantScope, account: PaymentAccount, rule: Pick<ResolvedRule<'payments'>, 'value'>, sale: { readonly paymentId: string; readonly amount: Money; readonly title: string }, now: Date,
): Promise<TransferTerms> {
  const { bankTransfer } = rule.value;
  const page = `${portalOrigin(scope.tenant, 'member')}${portalPaths.paid(sale.paymentId)}`;
  const { id, checkoutUrl } = await providerOf(account, { form: bankTransfer.reference }).createTransaction({
    customerId: '', reference: sale.paymentId, items: [{ name: sale.title, description: sale.title, price: sale.amount }], returnTo: { success: page, cancel: page }, checkoutPage: page,
  });
  return { method: 'bank_transfer', providerTransactionId: id, checkoutUrl: checkoutUrl ?? page, expiresOn: addDays(todayIn(scope.tenant.timeZone, now), bankTransfer.waitDays) };
}
