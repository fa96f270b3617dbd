import {
  addDays, assertShown, conflict, inLocale, isZero, newId, parseOrThrow, payableNow, renewInput, todayIn, vatNow,
  type BuyerPayment, type DateOnly, type Locale, type Period, type Quote, type RenewInput, type Renewal,
} from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { mailSlip } from '../bank/slip';
import { detailsOf, transferTerms } from '../bank/terms';
import { assertOn, isOn } from '../flags/flags';
import { once } from '../idempotency';
import { assertMayInvoice, invoiceRules } from '../invoices/issue';
import { failureOf, log } from '../log';
import { letterheadOf, type Letterhead } from '../mails';
import { notConfigured, type PaymentAccount } from '../payments/accounts';
import { openCheckout } from '../payments/checkout';
import { cardSale, transferSale, waysToPay, type TransferSale } from '../payments/online';
import { priceView, type PriceView } from '../plans/pricing';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { daysOf, openSale, periodAfter, quoteNext, standingOfPerson, type NextWish, type StandingOfPerson } from './next-period';
import { memberOf } from './service';

/** What a member can do about the next period. `assisted`: the plan is not sold online, the branch renews it. `renewed`: the next period is paid for. */
export type RenewalOffer =
  | { readonly kind: 'none' }
  | { readonly kind: 'assisted'; readonly planTitle: string; readonly endsOn: DateOnly }
  | { readonly kind: 'renewed'; readonly planTitle: string; readonly period: Period }
  | { readonly kind: 'offer'; readonly planTitle: string; readonly endsOn: DateOnly; readonly period: Period; readonly gap: Period | null; readonly near: boolean; readonly people: number; readonly price: PriceView; readonly ways: BuyerPayment[] };

type Renewable = { readonly kind: 'none' } | { readonly kind: 'assisted' } | { readonly kind: 'renewed' } | { readonly kind: 'offer'; readonly quote: Quote; readonly account: PaymentAccount; readonly transfer: TransferSale | null; readonly next: Renewal };

/** Whether and at which price a membership can be continued online today: its plan or another one, its people and add-ons, at the prices of today. */
async function renewable(scope: TenantScope, { person, latest }: StandingOfPerson, wish: NextWish & { readonly payment: BuyerPayment }, now: Date): Promise<Renewable> {
  if (latest === undefined || person === undefined || latest.status === 'paused' || latest.priceMinor === 0n) return { kind: 'none' };
  const today = todayIn(scope.tenant.timeZone, now);
  if (daysOf(latest).start > today) return { kind: 'renewed' };
  const [products, tax, card, transfer] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), cardSale(scope, 'self_service', now), wish.payment === 'bank_transfer' ? transferSale(scope, 'self_service', now) : null,
  ]);
  const { account, currency } = wish.payment === 'card' ? card : (transfer ?? { account: null, currency: card.currency });
  const priced = account === null ? null : quoteNext({ products, tax }, person, latest, wish, { channel: 'self_service', currency, today, returning: true });
  if (account === null || priced === null || isZero(priced.money)) return { kind: 'assisted' };
  return { kind: 'offer', quote: priced, account, transfer, next: periodAfter(latest, today, priced.plan.periodMonths) };
}

/** What the own membership's next period would cost, paid as is wished where that is possible, and when it would run. `ways`: how it can be paid, the one that is priced first. */
export async function renewalOffer(asker: TenantScope, wished: BuyerPayment | undefined, locale: Locale, now: Date): Promise<RenewalOffer> {
  const userId = memberOf(asker);
  // branch and agent of the person are out of a member's sight
  const scope = actAsTenant(asker, 'memberships.renewal');
  const today = todayIn(scope.tenant.timeZone, now);
  const [title, { value: notifications }, all, cardsOn, standing] = await Promise.all([
    planTitles(scope, locale, now), ruleOf(scope, 'notifications', now), waysToPay(scope, now), isOn(scope, 'payments.card'), withTenant(scope, (tx) => standingOfPerson(tx, scope, userId, today, false)),
  ]);
  const ways = all.filter((way) => way !== 'card' || cardsOn);
  const payment = ways.find((way) => way === wished) ?? ways[0] ?? 'card';
  const found = standing.pending === undefined || standing.pending.paymentId === null ? await renewable(scope, standing, { payment }, now) : ({ kind: 'none' } as const);
  if (found.kind === 'none' || standing.latest === undefined) return { kind: 'none' };
  const { end, start } = daysOf(standing.latest);
  const planTitle = title(standing.latest.planCode);
  if (found.kind === 'renewed') return { kind: 'renewed', planTitle, period: { start, end } };
  if (found.kind === 'assisted' || ways.length === 0) return { kind: 'assisted', planTitle, endsOn: end };
  const near = end <= addDays(today, Math.max(0, ...notifications.renewalReminderDays));
  const view = priceView(found.quote, locale);
  return { kind: 'offer', planTitle, endsOn: end, ...found.next, near, people: standing.latest.people, ways: [payment, ...ways.filter((way) => way !== payment)], price: { ...view, startsOn: found.next.period.start, endsOn: found.next.period.end } };
}

interface Renewed {
  readonly membershipId: string;
  readonly paymentId: string;
}

async function writeRenewal(tx: Tx, scope: TenantScope, userId: string, { quote: priced, account, transfer }: Extract<Renewable, { kind: 'offer' }>, input: RenewInput, latestId: string, letterhead: Letterhead, now: Date): Promise<Renewed> {
  const standing = await standingOfPerson(tx, scope, userId, todayIn(scope.tenant.timeZone, now), true);
  const { person, latest, pending } = standing;
  // another tab was faster: its sale is the one to pay
  if (pending !== undefined && pending.paymentId !== null && pending.upgradedFrom === null && pending.method === input.payment) return { membershipId: pending.id, paymentId: pending.paymentId };
  if (person === undefined || latest?.id !== latestId) throw conflict('errors.tryAgain');
  assertShown(priced, input.shown);
  const paymentId = newId();
  const { money: price, receipt } = priced;
  const planTitle = inLocale(priced.plan.titles, localeOfRow(person.locale));
  const terms = transfer === null ? null : await transferTerms(scope, account, transfer.rule, { paymentId, amount: price, title: planTitle }, now);
  const { membershipId, branchId } = await openSale(tx, scope, standing, userId, {
    sellerId: person.agentId, planCode: priced.plan.code, addonCodes: [...priced.addons], people: priced.people ?? latest.people, channel: 'self_service', priceMinor: price.minor, currency: price.currency, upgradedFrom: null, receipt,
  }, now);
  await tx.insert(payments).values({
    tenantId: scope.tenantId, id: paymentId, userId, branchId, membershipId, paymentAccountId: account.id, ...(terms ?? { method: 'card' }), amountMinor: payableNow(priced).minor, vatMinor: vatNow(priced).minor,
    currency: price.currency, taxDocumentIssuer: account.taxDocumentIssuer, receipt, createdAt: now, updatedAt: now,
  });
  if (terms !== null) {
    await mailSlip(tx, scope, letterhead, {
      paymentId, person: { id: userId, firstName: person.firstName, email: person.email, locale: person.locale }, planTitle, amount: price, details: detailsOf(account), reference: terms.providerTransactionId, expiresOn: terms.expiresOn,
    });
  }
  return { membershipId, paymentId };
}

/**
 * A member buys the next period of the own membership by card or transfer: a pending membership and payment, then the provider's checkout or the payment slip. Paid in another way than was begun, it takes the other sale's place. In time the new period continues from the old end; late it
 * starts on the day of payment and the days between stay without cover. However often it is called there is one open renewal. Throws CONFLICT when the price is not the one that was shown,
 * there is nothing to renew or the next period is paid for already, UNAVAILABLE while cards are switched off or the country has no account.
 */
export async function renewMembership(asker: TenantScope, raw: RenewInput, now: Date): Promise<Renewed & { readonly checkoutUrl: string | null }> {
  const input = parseOrThrow(renewInput, raw);
  const userId = memberOf(asker);
  const scope = actAsTenant(asker, 'memberships.renew');
  if (input.payment === 'card') await assertOn(scope, 'payments.card');
  else assertMayInvoice(await invoiceRules(scope, now));
  const letterhead = await letterheadOf(scope, now);
  const standing = await withTenant(scope, (tx) => standingOfPerson(tx, scope, userId, todayIn(scope.tenant.timeZone, now), false));
  const found = await renewable(scope, standing, { payment: input.payment }, now);
  const { latest } = standing;
  if (found.kind === 'renewed') throw conflict('errors.membership.renewedAlready');
  if (found.kind === 'assisted') throw notConfigured();
  if (found.kind === 'none' || latest === undefined) throw conflict('errors.membership.nothingToRenew');
  const { idempotencyKey, ...payload } = input;
  const written = await withTenant(scope, (tx) => once(tx, scope, { operation: 'memberships.renew', key: idempotencyKey, payload }, () => writeRenewal(tx, scope, userId, found, input, latest.id, letterhead, now)));
  // the sale stands whatever the provider does: the payments page opens its checkout later
  const checkoutUrl = await openCheckout(asker, written.paymentId, now).catch((error: unknown) => {
    log.warn({ failure: failureOf(error) }, 'checkout of a renewal not opened');
    return null;
  });
  return { ...written, checkoutUrl };
}
