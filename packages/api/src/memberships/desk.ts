import { and, eq } from 'drizzle-orm';
import {
  assertCashWithinLimit, assertShown, conflict, currencyOfRoute, deskSaleInput, equals, forbidden, invalid, isZero, notFound, parseOrThrow, passedCashLimit, routeOf, todayIn, unavailable,
  type DateOnly, type DeskQuoteInput, type DeskSaleInput, type LimitsRule, type Locale, type Money, type Period, type Quote, type ResolvedRule, type SaleChannel, type UpgradeRefusal,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { heldIn } from '../cash/hold';
import { bookCash } from '../enrolments/cash-sale';
import { settleLead } from '../enrolments/person';
import { cashLimitOf, channelOf, isWithinCashLimit } from '../enrolments/prepare';
import { once } from '../idempotency';
import { assertMayInvoice, invoiceRules, type InvoiceRules } from '../invoices/issue';
import { letterheadOf, type Letterhead } from '../mails';
import { accountFor, type PaymentAccount } from '../payments/accounts';
import { priceView, type PriceView } from '../plans/pricing';
import { ruleOf } from '../settings/rules';
import { activateMembership, activationRules, type ActivationRules } from './activate';
import { daysOf, openSale, periodAfter, quoteNext, standingOfPerson, type NextWish, type SoldMembership, type StandingOfPerson } from './next-period';
import { choicesOf, soldAs, type UpgradeChoice } from './upgrade';
import { findChangeable, quoteChange, stillChangeable } from './upgrade-offer';

/** Why a desk sells a member nothing now. `renewed`: the next period is paid for. `free`: a plan without a price runs, which is changed and not renewed. `unsold`: the plan is not sold here, another one is to be chosen. */
export type DeskRefusal = 'renewed' | 'free' | 'unsold' | UpgradeRefusal;

export interface DeskOffer {
  readonly refusal: DeskRefusal | null;
  /** Steps up from the running plan, where a change is asked for. */
  readonly choices: UpgradeChoice[];
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

/** What is sold, when it would run, and what opens its sale once the person's row is locked: null when it is not as it was. */
interface DeskSale {
  readonly quote: Quote;
  readonly period: Period;
  readonly gap: Period | null;
  readonly branchId: string | undefined;
  readonly replaces: boolean;
  readonly open: (tx: Tx, takerId: string, workflows: ActivationRules['workflows']) => Promise<{ readonly standing: StandingOfPerson; readonly sold: SoldMembership } | null>;
}

type Found = { readonly refusal: DeskRefusal; readonly choices: UpgradeChoice[] } | { readonly refusal: null; readonly choices: UpgradeChoice[]; readonly sale: DeskSale };

const refused = (refusal: DeskRefusal): Found => ({ refusal, choices: [] });
const wishOf = ({ planCode, people, addons }: NextWish): NextWish => ({ planCode, people, addons });

/** The next period, with the plan of before or another one. */
async function findRenewal(scope: TenantScope, memberId: string, wish: NextWish, channel: SaleChannel, now: Date): Promise<Found> {
  const today = todayIn(scope.tenant.timeZone, now);
  const [products, tax, routes, standing] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'payments', now), withTenant(scope, (tx) => standingOfPerson(tx, scope, memberId, today, false)),
  ]);
  const { person, latest, pending } = standing;
  if (person === undefined || person.status === 'disabled') return refused('disabled');
  if (latest?.status === 'paused') return refused('paused');
  if (latest !== undefined && daysOf(latest).start > today) return refused('renewed');
  if (latest !== undefined && latest.priceMinor === 0n && daysOf(latest).end > today) return refused('free');
  const priced = quoteNext({ products, tax }, person, latest ?? pending, wish, { channel, currency: currencyOfRoute(routeOf(routes.value, 'cash', channel)), today, returning: latest !== undefined });
  if (priced === null || isZero(priced.money)) return refused('unsold');
  return {
    refusal: null, choices: [],
    sale: {
      quote: priced, ...periodAfter(latest, today, priced.plan.periodMonths), branchId: person.branchId ?? undefined, replaces: pending?.paymentId != null,
      open: async (tx, takerId) => {
        const again = await standingOfPerson(tx, scope, memberId, today, true);
        if (again.person === undefined || again.latest?.id !== latest?.id) return null;
        // who looks after the member earns by it; of somebody whom nobody looks after, who does it now
        return { standing: again, sold: {
          sellerId: again.person.agentId ?? takerId, planCode: priced.plan.code, addonCodes: [...priced.addons], people: priced.people ?? latest?.people ?? 1, channel: 'agent', priceMinor: priced.money.minor, currency: priced.money.currency, upgradedFrom: null,
          receipt: priced.receipt,
        } };
      },
    },
  };
}

/** A bigger plan in the place of the running one; without a plan, the choices. */
async function findUpgrade(scope: TenantScope, memberId: string, wish: NextWish, channel: SaleChannel, locale: Locale, now: Date): Promise<Found> {
  const routes = await ruleOf(scope, 'payments', now);
  const found = await findChangeable(scope, memberId, { channel, currency: currencyOfRoute(routeOf(routes.value, 'cash', channel)) }, now);
  if (found.refusal !== null) return refused(found.refusal);
  const choices = choicesOf(found, locale);
  const priced = quoteChange(found, wish);
  if (priced === null) return { refusal: 'unsold', choices };
  return {
    refusal: null, choices,
    sale: {
      quote: priced, period: priced.period, gap: null, branchId: found.person.branchId ?? undefined, replaces: found.standing.pending?.paymentId != null,
      open: async (tx, takerId, workflows) => {
        const standing = await stillChangeable(tx, scope, found, workflows.value);
        return standing === null ? null : { standing, sold: soldAs(found, priced, 'agent', takerId) };
      },
    },
  };
}

const find = (scope: TenantScope, asker: TenantScope, input: DeskQuoteInput, locale: Locale, now: Date): Promise<Found> =>
  input.kind === 'upgrade' ? findUpgrade(scope, input.memberId, wishOf(input), channelOf(asker), locale, now) : findRenewal(scope, input.memberId, wishOf(input), channelOf(asker), now);

/** What a member's next period, or a bigger plan for the running one, costs here in cash, when it would run, and whether who asks may take so much. */
export async function deskOffer(asker: TenantScope, input: DeskQuoteInput, locale: Locale, now: Date): Promise<DeskOffer> {
  const scope = await withinReach(asker, input.memberId, 'memberships.deskOffer');
  const found = await find(scope, asker, input, locale, now);
  if (found.refusal !== null) return { ...found, offer: null };
  const { quote: priced, period, gap, branchId, replaces } = found.sale;
  const limits = await ruleOf(scope, 'limits', now, branchId);
  const held = asker.actor.kind === 'user' && asker.actor.id !== null ? await heldIn(scope, asker.actor.id, priced.money.currency) : null;
  const passed = held === null ? null : passedCashLimit(limits.value, held, priced.money);
  return {
    refusal: null, choices: found.choices,
    offer: {
      people: priced.people ?? 1, addons: [...priced.addons], period, gap, price: { ...priceView(priced, locale), startsOn: period.start, endsOn: period.end }, replaces,
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
  /** These are null where the unused part of the old plan covers the new one, so that nothing was paid. */
  readonly paymentId: string | null;
  readonly receiptId: string | null;
  readonly receiptCode: string | null;
  readonly invoiceId: string | null;
  readonly invoiceCode: string | null;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
}

function assertTendered(tendered: Money | undefined, price: Money, limits: LimitsRule): void {
  if (tendered === undefined || tendered.currency !== price.currency || !equals(tendered, price)) throw invalid('amountTendered', 'errors.money.tendered');
  assertCashWithinLimit(limits, price);
}

async function writeDeskSale(tx: Tx, scope: TenantScope, input: DeskSaleInput, sale: DeskSale, rules: DeskRules, takerId: string, now: Date): Promise<DeskSold> {
  const { quote: priced } = sale;
  const opened = await sale.open(tx, takerId, rules.activation.workflows);
  // somebody else sold meanwhile
  if (opened === null) throw conflict('errors.tryAgain');
  const { standing, sold } = opened;
  const { person } = standing;
  if (person === undefined) throw conflict('errors.tryAgain');
  assertShown(priced, input.shown);
  if (!isZero(priced.money)) assertTendered(input.amountTendered, priced.money, rules.limits.value);
  const { membershipId, branchId } = await openSale(tx, scope, standing, input.memberId, sold, now);
  await settleLead(tx, scope, input.memberId, now);
  if (isZero(priced.money)) {
    const { period } = await activateMembership(tx, scope, { membershipId, months: priced.plan.periodMonths, now }, rules.activation);
    return { membershipId, paymentId: null, receiptId: null, receiptCode: null, invoiceId: null, invoiceCode: null, startsOn: period.start, endsOn: period.end };
  }
  const { paymentId, receiptId, receiptCode, invoice } = await bookCash(tx, scope, {
    quote: priced, branchId, now, limits: rules.limits, letterhead: rules.letterhead, activation: rules.activation, invoicing: rules.invoicing,
    buyer: { firstName: person.firstName, lastName: person.lastName, email: person.email ?? undefined, address: person.address ?? undefined, city: person.city ?? undefined, locale: localeOfRow(person.locale) },
  }, { userId: input.memberId, membershipId, takerId, account: rules.account });
  const [made] = await tx.select({ startsOn: memberships.startsOn, endsOn: memberships.endsOn }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  return { membershipId, paymentId, receiptId, receiptCode, invoiceId: invoice.id, invoiceCode: invoice.code, startsOn: made?.startsOn as DateOnly, endsOn: made?.endsOn as DateOnly };
}

/** Message of a refusal. */
function refusalKey(kind: DeskSaleInput['kind'], refusal: DeskRefusal): string {
  if (kind === 'upgrade') return refusal === 'unsold' || refusal === 'renewed' || refusal === 'free' ? 'errors.upgrade.notBigger' : `errors.upgrade.${refusal}`;
  return refusal === 'renewed' ? 'errors.membership.renewedAlready' : 'errors.membership.nothingToRenew';
}

/**
 * Sells a member in reach for cash: the next period with the plan of before or another one, from the old end or from today; or a bigger plan in the place of the running one, for the difference. Payment, receipt, invoice, ledger, custody
 * and card in one transaction. It takes the place of a sale that waits for its payment by card. Once: the same key is answered as before, another finds it done. Throws NOT_FOUND for a member out of sight, CONFLICT where there is
 * nothing to sell or for another price than was shown, INVALID for cash that is not exactly the price or above a limit, FORBIDDEN for who cannot hold cash.
 */
export async function sellAtDesk(asker: TenantScope, raw: DeskSaleInput, now: Date): Promise<DeskSold> {
  const input = parseOrThrow(deskSaleInput, raw);
  // whoever takes cash holds it in the ledger, and only people of the tenant can
  const takerId = asker.actor.kind === 'user' ? asker.actor.id : null;
  if (takerId === null) throw forbidden();
  const scope = await withinReach(asker, input.memberId, 'memberships.sellAtDesk');
  const found = await find(scope, asker, input, localeOfRow(scope.tenant.defaultLocale), now);
  const { idempotencyKey, ...payload } = input;
  const rules = found.refusal === null ? await deskRules(scope, found.sale.quote, found.sale.branchId, now) : null;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'memberships.sellAtDesk', key: idempotencyKey, payload }, async () => {
    // told inside, so that a repeat of a sale that was made gives its answer
    if (found.refusal !== null) throw conflict(refusalKey(input.kind, found.refusal));
    if (rules === null) throw unavailable('errors.payment.notConfigured');
    return await writeDeskSale(tx, scope, input, found.sale, rules, takerId, now);
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
