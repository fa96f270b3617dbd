import { and, eq } from 'drizzle-orm';
import {
  assertCashWithinLimit, assertShown, conflict, currencyOfRoute, deskSaleInput, equals, forbidden, invalid, isZero, newId, notFound, parseOrThrow, passedCashLimit, routeOf, todayIn, unavailable,
  type DateOnly, type DeskQuoteInput, type DeskSaleInput, type LimitsRule, type Locale, type Money, type Period, type Quote, type Renewal, type ResolvedRule, type SaleChannel,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { heldIn } from '../cash/hold';
import { bookCash } from '../enrolments/cash-sale';
import { settleLead } from '../enrolments/person';
import { cashLimitOf, channelOf, isWithinCashLimit } from '../enrolments/prepare';
import { once } from '../idempotency';
import { cancelDue } from '../instalments/settle';
import { assertMayInvoice, invoiceRules, type InvoiceRules } from '../invoices/issue';
import { letterheadOf, type Letterhead } from '../mails';
import { accountFor, type PaymentAccount } from '../payments/accounts';
import { priceView, type PriceView } from '../plans/pricing';
import { ruleOf } from '../settings/rules';
import { activationRules, type ActivationRules } from './activate';
import { releaseCoupon } from './coupons';
import { daysOf, periodAfter, quoteNext, standingOfPerson, type NextWish, type StandingOfPerson } from './next-period';

/** What a desk can sell a member. `renewed`: the next period is paid for. `paused`: it is to be resumed first. `free`: a plan without a price runs, which is changed and not renewed. `unsold`: the plan is not sold here any more, another one is to be chosen. */
export type DeskRefusal = 'renewed' | 'paused' | 'free' | 'unsold' | 'disabled';

export interface DeskOffer {
  readonly refusal: DeskRefusal | null;
  readonly offer: {
    readonly people: number;
    readonly addons: string[];
    readonly period: Period;
    readonly gap: Period | null;
    readonly price: PriceView;
    /** A sale by card waits for its payment; this one takes its place. */
    readonly replaces: boolean;
    readonly cashLimit: Money | null;
    readonly withinCashLimit: boolean;
    readonly handOverFirst: { readonly held: Money; readonly limit: Money } | null;
  } | null;
}

/** A member in the asker's sight, or NOT_FOUND; gives the scope that reads and writes the tenant's sale. */
async function withinReach(asker: TenantScope, memberId: string, action: string): Promise<TenantScope> {
  const [seen] = await readTenant(inAction(asker, action), (tx) => tx.select({ id: user.id }).from(user).where(and(visible(asker, user), eq(user.id, memberId))));
  if (seen === undefined) throw notFound();
  return actAsTenant(asker, action);
}

type Found = { readonly refusal: DeskRefusal } | { readonly refusal: null; readonly quote: Quote; readonly next: Renewal };

const wishOf = ({ planCode, people, addons }: NextWish): NextWish => ({ planCode, people, addons });

/** What the wish costs at this desk in cash, and when it would run. */
async function saleFor(scope: TenantScope, { person, latest, pending }: StandingOfPerson, wish: NextWish, channel: SaleChannel, now: Date): Promise<Found> {
  const today = todayIn(scope.tenant.timeZone, now);
  if (person === undefined || person.status === 'disabled') return { refusal: 'disabled' };
  if (latest?.status === 'paused') return { refusal: 'paused' };
  if (latest !== undefined && daysOf(latest).start > today) return { refusal: 'renewed' };
  if (latest !== undefined && latest.priceMinor === 0n && daysOf(latest).end > today) return { refusal: 'free' };
  const [products, tax, routes] = await Promise.all([ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'payments', now)]);
  const priced = quoteNext({ products, tax }, person, latest ?? pending, wish, { channel, currency: currencyOfRoute(routeOf(routes.value, 'cash', channel)), today, returning: latest !== undefined });
  if (priced === null || isZero(priced.money)) return { refusal: 'unsold' };
  return { refusal: null, quote: priced, next: periodAfter(latest, today, priced.plan.periodMonths) };
}

/** What a member's next period costs here in cash, when it would run, and whether who asks may take so much. */
export async function deskOffer(asker: TenantScope, input: DeskQuoteInput, locale: Locale, now: Date): Promise<DeskOffer> {
  const scope = await withinReach(asker, input.memberId, 'memberships.deskOffer');
  const today = todayIn(scope.tenant.timeZone, now);
  const standing = await withTenant(scope, (tx) => standingOfPerson(tx, scope, input.memberId, today, false));
  const found = await saleFor(scope, standing, wishOf(input), channelOf(asker), now);
  if (found.refusal !== null) return { refusal: found.refusal, offer: null };
  const { quote: priced, next } = found;
  const limits = await ruleOf(scope, 'limits', now, standing.person?.branchId ?? undefined);
  const held = asker.actor.kind === 'user' && asker.actor.id !== null ? await heldIn(scope, asker.actor.id, priced.money.currency) : null;
  const passed = held === null ? null : passedCashLimit(limits.value, held, priced.money);
  return {
    refusal: null,
    offer: {
      people: priced.people ?? 1, addons: [...priced.addons], ...next, price: { ...priceView(priced, locale), startsOn: next.period.start, endsOn: next.period.end }, replaces: standing.pending !== undefined,
      cashLimit: cashLimitOf(limits.value, priced.money), withinCashLimit: isWithinCashLimit(limits.value, priced.money), handOverFirst: held === null || passed === null ? null : { held, limit: passed },
    },
  };
}

interface DeskRules {
  readonly letterhead: Letterhead;
  readonly activation: ActivationRules;
  readonly invoicing: InvoiceRules;
  readonly limits: ResolvedRule<'limits'>;
  readonly account: PaymentAccount;
}

export interface DeskSold {
  readonly membershipId: string;
  readonly paymentId: string;
  readonly receiptId: string;
  readonly receiptCode: string;
  readonly invoiceId: string;
  readonly invoiceCode: string;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
}

function assertTendered(tendered: Money | undefined, price: Money, limits: LimitsRule): void {
  if (tendered === undefined || tendered.currency !== price.currency || !equals(tendered, price)) throw invalid('amountTendered', 'errors.money.tendered');
  assertCashWithinLimit(limits, price);
}

/** The row of the sale: a new one, or the one that waits for its payment by card, which is not to be made any more. */
async function openMembership(tx: Tx, scope: TenantScope, { person, pending }: StandingOfPerson, userId: string, priced: Quote, takerId: string, now: Date): Promise<string> {
  if (person?.branchId === null || person?.branchId === undefined) throw conflict('errors.tryAgain');
  const sold = {
    // who looks after the member earns by it; of somebody whom nobody looks after, who does it now
    sellerId: person.agentId ?? takerId, planCode: priced.plan.code, addonCodes: [...priced.addons], people: priced.people ?? 1, channel: 'agent', priceMinor: priced.money.minor, currency: priced.money.currency, receipt: priced.receipt, updatedAt: now,
  };
  if (pending === undefined) {
    const id = newId();
    await tx.insert(memberships).values({ tenantId: scope.tenantId, id, userId, branchId: person.branchId, ...sold, createdAt: now });
    return id;
  }
  await releaseCoupon(tx, scope, pending.id, now);
  await cancelDue(tx, scope, pending.id, now);
  await tx.update(memberships).set(sold).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, pending.id)));
  return pending.id;
}

async function writeDeskSale(tx: Tx, scope: TenantScope, input: DeskSaleInput, found: { readonly quote: Quote; readonly latestId: string | undefined }, rules: DeskRules, takerId: string, now: Date): Promise<DeskSold> {
  const standing = await standingOfPerson(tx, scope, input.memberId, todayIn(scope.tenant.timeZone, now), true);
  const { person, latest } = standing;
  // somebody else sold meanwhile
  if (person === undefined || person.branchId === null || latest?.id !== found.latestId) throw conflict('errors.tryAgain');
  const { quote: priced } = found;
  assertShown(priced, input.shown);
  assertTendered(input.amountTendered, priced.money, rules.limits.value);
  const membershipId = await openMembership(tx, scope, standing, input.memberId, priced, takerId, now);
  await settleLead(tx, scope, input.memberId, now);
  const { paymentId, receiptId, receiptCode, invoice } = await bookCash(tx, scope, {
    quote: priced, branchId: person.branchId, now, limits: rules.limits, letterhead: rules.letterhead, activation: rules.activation, invoicing: rules.invoicing,
    buyer: { firstName: person.firstName, lastName: person.lastName, email: person.email ?? undefined, address: person.address ?? undefined, city: person.city ?? undefined, locale: localeOfRow(person.locale) },
  }, { userId: input.memberId, membershipId, takerId, account: rules.account });
  const [made] = await tx.select({ startsOn: memberships.startsOn, endsOn: memberships.endsOn }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  return { membershipId, paymentId, receiptId, receiptCode, invoiceId: invoice.id, invoiceCode: invoice.code, startsOn: made?.startsOn as DateOnly, endsOn: made?.endsOn as DateOnly };
}

/**
 * Sells a member in reach the next period for cash: the plan of before or another one, from the old end or from today, with payment, receipt, invoice, ledger, custody and card in one transaction. It takes the place of a sale that
 * waits for its payment by card. Once: the same key is answered as before, another finds it renewed. Throws NOT_FOUND for a member out of sight, CONFLICT where there is nothing to sell or for another price than
 * was shown, INVALID for cash that is not exactly the price or above a limit, FORBIDDEN for who cannot hold cash.
 */
export async function renewAtDesk(asker: TenantScope, raw: DeskSaleInput, now: Date): Promise<DeskSold> {
  const input = parseOrThrow(deskSaleInput, raw);
  // whoever takes cash holds it in the ledger, and only people of the tenant can
  const takerId = asker.actor.kind === 'user' ? asker.actor.id : null;
  if (takerId === null) throw forbidden();
  const scope = await withinReach(asker, input.memberId, 'memberships.renewAtDesk');
  const today = todayIn(scope.tenant.timeZone, now);
  const standing = await withTenant(scope, (tx) => standingOfPerson(tx, scope, input.memberId, today, false));
  const found = await saleFor(scope, standing, wishOf(input), channelOf(asker), now);
  const { idempotencyKey, ...payload } = input;
  const rules = found.refusal === null ? await deskRules(scope, found.quote, standing.person?.branchId ?? undefined, now) : null;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'memberships.renewAtDesk', key: idempotencyKey, payload }, async () => {
    // told inside, so that a repeat of a sale that was made gives its answer
    if (found.refusal !== null) throw conflict(found.refusal === 'renewed' ? 'errors.membership.renewedAlready' : 'errors.membership.nothingToRenew');
    if (rules === null) throw unavailable('errors.payment.notConfigured');
    return await writeDeskSale(tx, scope, input, { quote: found.quote, latestId: standing.latest?.id }, rules, takerId, now);
  }));
}

async function deskRules(scope: TenantScope, priced: Quote, branchId: string | undefined, now: Date): Promise<DeskRules> {
  const [letterhead, activation, invoicing, limits, account] = await Promise.all([
    letterheadOf(scope, now), activationRules(scope, now), invoiceRules(scope, now), ruleOf(scope, 'limits', now, branchId), accountFor(scope, 'cash', priced.money.currency),
  ]);
  assertMayInvoice(invoicing);
  if (account.taxDocumentIssuer !== 'tenant') throw unavailable('errors.payment.notConfigured');
  return { letterhead, activation, invoicing, limits, account };
}
