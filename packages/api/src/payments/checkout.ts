import { and, eq, isNull, or } from 'drizzle-orm';
import { allocate, conflict, fullName, isLocale, isNegative, isZero, notFound, readReceipt, sum, type Locale } from '@interdomestik/rules';
import { sayReceipt } from '@interdomestik/i18n';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, memberships, payments, user } from '@interdomestik/db/schema';
import { reopenTransfer } from '../bank/reopen';
import { assertOn } from '../flags/flags';
import { countParts } from '../instalments/settle';
import { partTitle } from '../instalments/words';
import { retakeCoupon } from '../memberships/coupons';
import { moneyOf } from '../memberships/service';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import type { NewProviderTransaction } from '../vendors/payment-provider';
import { accountById, providerOf } from './accounts';

type Row = typeof payments.$inferSelect;

// what the provider takes
const nameLength = 200;
const descriptionLength = 2000;

/** What the checkout is about, read in one go. */
async function readOpen(scope: TenantScope, paymentId: string) {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({ payment: payments, firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale, planCode: memberships.planCode, part: instalments.number, partStatus: instalments.status })
      .from(payments)
      .innerJoin(user, and(eq(user.tenantId, payments.tenantId), eq(user.id, payments.userId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .leftJoin(instalments, and(eq(instalments.tenantId, payments.tenantId), eq(instalments.paymentId, payments.id)))
      .where(and(visible(scope, payments), eq(payments.id, paymentId))));
  if (row === undefined || (row.payment.method !== 'card' && row.payment.method !== 'bank_transfer')) throw notFound();
  return row;
}

/**
 * What the payer sees at the provider: an item for each line that costs something. The provider knows no negative item, so what was taken off is spread over them in
 * proportion and named beside them; the items sum to the amount to the minor unit. A sale whose lines do not say is one item, and so is a part of one.
 */
function itemsOf(payment: Row, { plan, seller, locale }: { plan: string; seller: string; locale: Locale }): NewProviderTransaction['items'] {
  const amount = moneyOf(payment.amountMinor, payment.currency);
  const receipt = readReceipt(payment.receipt);
  const lines = receipt === null ? [] : sayReceipt(receipt, locale).lines;
  const costs = lines.filter((line) => line.amount.minor > 0n);
  const off = lines.filter((line) => isNegative(line.amount)).map(({ title }) => title);
  const whole = { name: plan, description: [`${seller}: ${plan}`, ...off].join(', ').slice(0, descriptionLength), price: amount };
  if (costs.length === 0 || sum(lines.map((line) => line.amount), amount.currency).minor !== amount.minor) return [whole];
  const shares = allocate(amount, costs.map((line) => line.amount.minor));
  return costs.flatMap(({ title }, index) => {
    const price = shares[index] ?? amount;
    return isZero(price) ? [] : [{ name: title.slice(0, nameLength), description: [`${seller}: ${title}`, ...off].join(', ').slice(0, descriptionLength), price }];
  });
}

/**
 * The address where a pending payment is made: of a transfer its slip, of a card the one that was opened before while it still takes money, else a new one.
 * However often it is called, a payment has one open checkout, so there is one sale. Speaks to the provider outside any transaction.
 * Throws NOT_FOUND for a payment out of the scope's sight, CONFLICT when it is paid or not to be paid any more, UNAVAILABLE when the provider does not answer or cards
 * are switched off.
 */
export async function openCheckout(asker: TenantScope, paymentId: string, now: Date): Promise<string> {
  // what the asker sees decides which payment; the provider's account is the tenant's, out of a member's sight
  const { payment, email, locale, planCode, part, partStatus, ...person } = await readOpen(asker, paymentId);
  if (payment.method === 'bank_transfer') return await reopenTransfer(asker, paymentId, now);
  const scope = actAsTenant(asker, 'payments.checkout');
  if (payment.status !== 'pending' && payment.status !== 'failed') throw conflict('errors.payment.alreadyPaid');
  if (payment.replacedAt !== null) throw conflict('errors.payment.replaced');
  if (partStatus === 'canceled') throw conflict('errors.instalments.canceled');
  await assertOn(scope, 'payments.card');
  const provider = providerOf(await accountById(scope, payment.paymentAccountId));
  const before = payment.providerTransactionId;
  if (payment.checkoutUrl !== null && before !== null) {
    if (payment.status === 'pending') return payment.checkoutUrl;
    // a declined card may try again at the same place, a cancelled transaction cannot
    const { status } = await provider.getTransaction(before);
    if (status === 'paid' || status === 'completed') throw conflict('errors.payment.pending');
    if (status !== 'canceled') return payment.checkoutUrl;
  }
  if (email === null) throw conflict('errors.payment.notConfigured');
  const { membershipId } = payment;
  if (membershipId !== null) {
    const products = await ruleOf(scope, 'products', now);
    await withTenant(scope, (tx) => retakeCoupon(tx, scope, membershipId, products.value));
  }
  const customer = await provider.createCustomer({ email, name: fullName(person), locale });
  const language = isLocale(locale) ? locale : 'en';
  const title = planCode === null ? scope.tenant.name : (await planTitles(scope, language, now))(planCode);
  const plan = part === null || membershipId === null ? title : partTitle(language, title, { number: part, parts: await withTenant(scope, (tx) => countParts(tx, scope, membershipId)) });
  const back = `${portalOrigin(scope.tenant, 'member')}${portalPaths.paid(payment.id)}`;
  const transaction = await provider.createTransaction({
    customerId: customer.id,
    items: itemsOf(payment, { plan, seller: scope.tenant.name, locale: language }),
    reference: payment.id,
    returnTo: { success: `${back}?result=success`, cancel: `${back}?result=cancel` },
  });
  if (transaction.checkoutUrl === null) throw new Error('the provider opened a transaction without a place to pay');
  return await withTenant(scope, async (tx) => {
    const same = and(visible(scope, payments), eq(payments.id, payment.id));
    const unchanged = before === null ? isNull(payments.providerTransactionId) : eq(payments.providerTransactionId, before);
    const [kept] = await tx.update(payments)
      .set({ providerCustomerId: customer.id, providerTransactionId: transaction.id, checkoutUrl: transaction.checkoutUrl, status: 'pending', updatedAt: now })
      .where(and(same, unchanged, or(eq(payments.status, 'pending'), eq(payments.status, 'failed'))))
      .returning({ url: payments.checkoutUrl });
    if (kept?.url) return kept.url;
    // another tab was faster: its transaction is the one to pay, nobody was told of ours
    const [other] = await tx.select({ url: payments.checkoutUrl, status: payments.status }).from(payments).where(same);
    if (other === undefined || other.url === null || other.status === 'succeeded') throw conflict('errors.payment.alreadyPaid');
    return other.url;
  });
}
