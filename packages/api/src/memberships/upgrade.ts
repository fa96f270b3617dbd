import { and, eq } from 'drizzle-orm';
import {
  assertShown, conflict, isZero, newId, parseOrThrow, planView, upgradeInput, type Locale, type UpgradeInput, type UpgradeQuote, type UpgradeRefusal,
} from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { assertOn, isOn } from '../flags/flags';
import { once } from '../idempotency';
import { failureOf, log } from '../log';
import { notConfigured, type PaymentAccount } from '../payments/accounts';
import { openCheckout } from '../payments/checkout';
import { cardSale } from '../payments/online';
import { priceView, type PriceView } from '../plans/pricing';
import { planTitles } from '../plans/service';
import { activateMembership, activationRules, type ActivationRules } from './activate';
import { openSale, type SoldMembership } from './next-period';
import { memberOf } from './service';
import { biggerPlans, findChangeable, quoteChange, stillChangeable, type Changeable } from './upgrade-offer';

/** A step up as a screen shows it. */
export interface UpgradeChoice {
  readonly planCode: string;
  readonly planTitle: string;
  readonly summary: string;
  readonly covers: string;
  readonly price: PriceView;
}

export interface UpgradeOffer {
  /** Why the plan cannot be changed now; null: it can, to any of the choices. */
  readonly refusal: UpgradeRefusal | 'assisted' | null;
  readonly planTitle: string | null;
  readonly choices: UpgradeChoice[];
}

/** Every step up with what it costs today. One that people or add-ons of before do not fit is left out. */
export function choicesOf(found: Changeable, locale: Locale): UpgradeChoice[] {
  return biggerPlans(found).flatMap((plan) => {
    const priced = quoteChange(found, { planCode: plan.code });
    if (priced === null) return [];
    const { title, summary, covers } = planView(plan, locale);
    return [{ planCode: plan.code, planTitle: title, summary, covers, price: priceView(priced, locale) }];
  });
}

/** The bigger plans that the own membership can be changed for today, with what is still to be paid. */
export async function upgradeOffer(asker: TenantScope, locale: Locale, now: Date): Promise<UpgradeOffer> {
  const userId = memberOf(asker);
  const scope = actAsTenant(asker, 'memberships.upgradeOffer');
  const [{ account, currency }, title, cards] = await Promise.all([cardSale(scope, 'self_service', now), planTitles(scope, locale, now), isOn(scope, 'payments.card')]);
  const found = await findChangeable(scope, userId, { channel: 'self_service', currency }, now);
  if (found.refusal !== null) return { refusal: found.refusal, planTitle: null, choices: [] };
  if (account === null || !cards) return { refusal: 'assisted', planTitle: title(found.old.planCode), choices: [] };
  return { refusal: null, planTitle: title(found.old.planCode), choices: choicesOf(found, locale) };
}

/** The new membership as it is written down; `worth` is what counts when it is changed again. */
export const soldAs = ({ old, person }: Changeable, priced: UpgradeQuote, channel: 'self_service' | 'agent', takerId: string | null): SoldMembership => ({
  sellerId: person.agentId ?? takerId, planCode: priced.plan.code, addonCodes: [...priced.addons], people: priced.people ?? old.people, channel, priceMinor: priced.worth.minor, currency: priced.worth.currency, upgradedFrom: old.id, receipt: priced.receipt,
});

export interface Upgraded {
  readonly membershipId: string;
  /** Null where nothing is left to be paid: the plan has changed already. */
  readonly paymentId: string | null;
}

interface UpgradeRules {
  readonly activation: ActivationRules;
  readonly account: PaymentAccount;
}

async function writeUpgrade(tx: Tx, scope: TenantScope, found: Changeable, priced: UpgradeQuote, input: UpgradeInput, { activation, account }: UpgradeRules, now: Date): Promise<Upgraded> {
  const standing = await stillChangeable(tx, scope, found, activation.workflows.value);
  if (standing === null) throw conflict('errors.tryAgain');
  const { old } = found;
  const { pending } = standing;
  // asked in another tab: its sale is the one to pay
  if (pending?.upgradedFrom === old.id && pending.paymentId !== null && pending.planCode === priced.plan.code && (await isSame(tx, scope, pending.paymentId, priced))) return { membershipId: pending.id, paymentId: pending.paymentId };
  assertShown(priced, input.shown);
  const { membershipId, branchId } = await openSale(tx, scope, standing, old.userId, soldAs(found, priced, 'self_service', null), now);
  if (isZero(priced.money)) {
    await activateMembership(tx, scope, { membershipId, months: priced.plan.periodMonths, now }, activation);
    return { membershipId, paymentId: null };
  }
  const paymentId = newId();
  await tx.insert(payments).values({
    tenantId: scope.tenantId, id: paymentId, userId: old.userId, branchId, membershipId, paymentAccountId: account.id, method: 'card', amountMinor: priced.money.minor, vatMinor: priced.vat.vat.minor, currency: priced.money.currency,
    taxDocumentIssuer: account.taxDocumentIssuer, receipt: priced.receipt, createdAt: now, updatedAt: now,
  });
  return { membershipId, paymentId };
}

async function isSame(tx: Tx, scope: TenantScope, paymentId: string, priced: UpgradeQuote): Promise<boolean> {
  const [open] = await tx.select({ minor: payments.amountMinor, currency: payments.currency }).from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, paymentId)));
  return open?.minor === priced.money.minor && open.currency === priced.money.currency;
}

/**
 * A member changes the running membership for a bigger plan by card: what is unused of it counts by whole days, the difference is paid, and the new plan begins on the day of payment with a whole period of its own. However often
 * it is called there is one open sale; one of another day or plan is replaced, because it counts other days. Throws CONFLICT where nothing can be changed, for another price than was shown, UNAVAILABLE while cards are switched off.
 */
export async function upgradeMembership(asker: TenantScope, raw: UpgradeInput, now: Date): Promise<Upgraded & { readonly checkoutUrl: string | null }> {
  const input = parseOrThrow(upgradeInput, raw);
  const userId = memberOf(asker);
  const scope = actAsTenant(asker, 'memberships.upgrade');
  await assertOn(scope, 'payments.card');
  const [{ account, currency }, activation] = await Promise.all([cardSale(scope, 'self_service', now), activationRules(scope, now)]);
  if (account === null) throw notConfigured();
  const found = await findChangeable(scope, userId, { channel: 'self_service', currency }, now);
  const priced = found.refusal === null ? quoteChange(found, input) : null;
  const { idempotencyKey, ...payload } = input;
  const written = await withTenant(scope, (tx) => once(tx, scope, { operation: 'memberships.upgrade', key: idempotencyKey, payload }, async () => {
    // told inside, so that a repeat of a change that was made gives its answer
    if (found.refusal !== null) throw conflict(`errors.upgrade.${found.refusal}`);
    if (priced === null) throw conflict('errors.upgrade.notBigger');
    return await writeUpgrade(tx, scope, found, priced, input, { activation, account }, now);
  }));
  if (written.paymentId === null) return { ...written, checkoutUrl: null };
  // the sale stands whatever the provider does: the payments page opens its checkout later
  const checkoutUrl = await openCheckout(asker, written.paymentId, now).catch((error: unknown) => {
    log.warn({ failure: failureOf(error) }, 'checkout of an upgrade not opened');
    return null;
  });
  return { ...written, checkoutUrl };
}
