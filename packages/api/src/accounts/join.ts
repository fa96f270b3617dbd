import { and, eq } from 'drizzle-orm';
import {
  assertOldEnough, assertShown, conflict, inLocale, invalid, isZero, joinInputFor, newId, parseOrThrow, payableNow, quote, todayIn, vatNow,
  type JoinInput, type Quote,
} from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, payments, user, userRoles } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { mailSlip } from '../bank/slip';
import { detailsOf, transferTerms } from '../bank/terms';
import { assertOn } from '../flags/flags';
import { once } from '../idempotency';
import { writeInstalments } from '../instalments/write';
import { assertMayInvoice, invoiceRules } from '../invoices/issue';
import { failureOf, log } from '../log';
import { letterheadOf, queueMail, type Letterhead } from '../mails';
import { nameColumns } from '../members/search';
import { activateMembership, activationRules, monthsOf, type ActivationRules } from '../memberships/activate';
import { announceActivation } from '../memberships/announce';
import { redeemCoupon } from '../memberships/coupons';
import { notConfigured, type PaymentAccount } from '../payments/accounts';
import { openCheckout } from '../payments/checkout';
import { cardSale, transferSale, type TransferSale } from '../payments/online';
import { factsAbout } from '../plans/pricing';
import { ruleOf } from '../settings/rules';
import { legalText, type LegalTextView } from '../site/service';
import { portalOrigin, portalPaths } from '../site/origins';
import { placementOf, recordConsents, type Placement } from './new-member';
import { assertNewPassword } from './new-password';
import { issueToken, tokenMinutes } from './tokens';

export interface JoinAnswer {
  /** Null where an account with the address exists already: the answer must not tell. */
  readonly membershipId: string | null;
  readonly paymentId: string | null;
  /** Null when there is nothing to pay, or the provider does not answer now and `payments.checkout` opens it later. */
  readonly checkoutUrl: string | null;
  readonly next: 'pay' | 'check_mail' | 'done';
}

interface Prepared {
  readonly input: JoinInput;
  readonly passwordHash: string;
  readonly quote: Quote;
  /** Where the buyer will belong by what was read for the price. */
  readonly placement: Placement;
  /** Null when the plan costs nothing. */
  readonly account: PaymentAccount | null;
  /** Null when it is not paid by transfer. */
  readonly transfer: TransferSale | null;
  readonly defaultBranchCode: string;
  readonly texts: { readonly terms: LegalTextView; readonly privacy: LegalTextView; readonly marketing: LegalTextView };
  readonly letterhead: Letterhead;
  readonly activation: ActivationRules;
  readonly planTitle: string;
  readonly now: Date;
}

/** Everything that is decided or slow, before the transaction: the rules, the price, the texts, the hash. */
async function prepare(site: TenantScope, raw: JoinInput, passwords: Context['passwords'], now: Date): Promise<Prepared> {
  await assertOn(site, 'join.online');
  const input = parseOrThrow(joinInputFor(site.tenant.country), raw);
  assertNewPassword(site, input.password, input);
  const byTransfer = input.payment === 'bank_transfer';
  const [products, tax, card, transfer, enrolment, letterhead, activation, terms, privacy, marketing] = await Promise.all([
    ruleOf(site, 'products', now), ruleOf(site, 'tax', now), cardSale(site, 'self_service', now), byTransfer ? transferSale(site, 'self_service', now) : null, ruleOf(site, 'enrolment', now), letterheadOf(site, now), activationRules(site, now),
    legalText(site, 'terms', input.locale, now), legalText(site, 'privacy', input.locale, now), legalText(site, 'consentMarketing', input.locale, now),
  ]);
  const today = todayIn(site.tenant.timeZone, now);
  if (enrolment.value.requiredFields.includes('birthDate') && input.birthDate === undefined) throw invalid('birthDate', 'errors.required');
  assertOldEnough(enrolment.value, input.birthDate, today);
  if (input.referralCode !== undefined && !enrolment.value.referralAllowed) throw invalid('referralCode', 'errors.referral');
  if (input.consents.terms.version !== terms.version || input.consents.privacy.version !== privacy.version) throw conflict('errors.consent.outdated');
  if (byTransfer && transfer === null) throw invalid('payment', 'errors.payment.method');
  if (byTransfer && input.instalmentsCode !== undefined) throw invalid('instalmentsCode', 'errors.transfer.instalments');
  // a visitor sees no code and no branch
  const tenant = actAsTenant(site, 'accounts.join');
  const placement = await withTenant(tenant, (tx) => placementOf(tx, tenant, input.referralCode, enrolment.value.defaultBranchCode));
  const priced = quote({ products, tax }, {
    planCode: input.planCode, channel: 'self_service', currency: transfer?.currency ?? card.currency, on: today, people: input.people, addons: input.addons, couponCode: input.couponCode, instalmentsCode: input.instalmentsCode,
    referral: placement.referral, facts: factsAbout({ birthDate: input.birthDate, branchCode: placement.branchCode, returning: false }, today),
  });
  const account = isZero(priced.money) ? null : transfer === null ? card.account : transfer.account;
  if (account === null && !isZero(priced.money)) throw notConfigured();
  if (account !== null && transfer === null) await assertOn(site, 'payments.card');
  if (transfer !== null) assertMayInvoice(await invoiceRules(site, now));
  return {
    input, quote: priced, placement, account, transfer: account === null ? null : transfer, defaultBranchCode: enrolment.value.defaultBranchCode, texts: { terms, privacy, marketing }, letterhead, activation, now,
    planTitle: inLocale(priced.plan.titles, input.locale), passwordHash: await passwords.hash(input.password),
  };
}

type Written = { readonly kind: 'existing' } | { readonly kind: 'joined'; readonly membershipId: string; readonly paymentId: string | null; readonly slipUrl?: string };

/** Tells the owner of an address that somebody tried to join with it; once a day at most. */
async function tellOwner(tx: Tx, scope: TenantScope, { input, letterhead, now }: Prepared): Promise<Written> {
  const [owner] = await tx.select({ id: user.id, firstName: user.firstName, email: user.signInEmail }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), eq(user.signInEmail, input.email)));
  if (owner === undefined || owner.email === null) throw conflict('errors.tryAgain');
  const origin = portalOrigin(scope.tenant, 'member');
  await queueMail(tx, scope, {
    template: 'existing-account', to: { email: owner.email, userId: owner.id }, locale: input.locale, letterhead, effectKey: `existing-account:${owner.id}:${now.toISOString().slice(0, 10)}`,
    params: { name: owner.firstName, email: owner.email, url: `${origin}${portalPaths.signIn}`, resetUrl: `${origin}${portalPaths.forgotPassword}` },
  });
  return { kind: 'existing' };
}

/** Inserts the person; null when the address is taken, also by a second tab that is faster by a moment. */
async function insertMember(tx: Tx, scope: TenantScope, { input, passwordHash, now }: Prepared, placement: { branchId: string; agentId: string | null }): Promise<string | null> {
  const [made] = await tx.insert(user)
    .values({
      tenantId: scope.tenantId, id: newId(), branchId: placement.branchId, agentId: placement.agentId, email: input.email, signInEmail: input.email, passwordHash,
      ...nameColumns(input.firstName, input.lastName), phone: input.phone, personalNumber: input.personalNumber ?? null,
      birthDate: input.birthDate ?? null, locale: input.locale, createdAt: now, updatedAt: now,
    })
    .onConflictDoNothing({ target: [user.tenantId, user.signInEmail] })
    .returning({ id: user.id });
  if (made === undefined) return null;
  await tx.insert(userRoles).values({ tenantId: scope.tenantId, id: newId(), userId: made.id, role: 'member' });
  return made.id;
}

async function writeJoin(tx: Tx, scope: TenantScope, prepared: Prepared): Promise<Written> {
  const { input, quote: priced, account, texts, letterhead, now } = prepared;
  // said inside the sale's transaction, so that a repeat of a sale that was made gives its answer and not the price of now
  assertShown(priced, input.shown);
  const placement = await placementOf(tx, scope, input.referralCode, prepared.defaultBranchCode);
  if (placement.referral !== prepared.placement.referral || placement.branchId !== prepared.placement.branchId) throw conflict('errors.tryAgain');
  const userId = await insertMember(tx, scope, prepared, placement);
  if (userId === null) return await tellOwner(tx, scope, prepared);
  const membershipId = newId();
  const { money: price, receipt } = priced;
  const { branchId, agentId: sellerId, referralCodeId } = placement;
  await tx.insert(memberships).values({
    tenantId: scope.tenantId, id: membershipId, userId, branchId, sellerId, referralCodeId, planCode: priced.plan.code, addonCodes: [...priced.addons], people: priced.people ?? input.people, channel: 'self_service',
    priceMinor: price.minor, currency: price.currency, receipt, createdAt: now, updatedAt: now,
  });
  await redeemCoupon(tx, scope, { membershipId, userId, branchId, coupon: priced.coupon, holdDays: account === null ? null : (prepared.transfer?.rule.value.bankTransfer.waitDays ?? prepared.activation.invoicing.value.paymentTermDays) });
  await recordConsents(tx, scope, userId, input.locale, [
    { text: texts.terms, accepted: true }, { text: texts.privacy, accepted: true }, { text: texts.marketing, accepted: input.consents.marketing },
  ]);
  const { token } = await issueToken(tx, scope, userId, 'verify_email', now);
  await queueMail(tx, scope, {
    template: 'verify-email', to: { email: input.email, userId }, locale: input.locale, letterhead, effectKey: `verify-email:${userId}`,
    params: { name: input.firstName, email: input.email, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.verifyEmail(token)}`, hours: tokenMinutes.verify_email / 60 },
  });
  if (account === null) {
    const activation = await activateMembership(tx, scope, { membershipId, months: monthsOf(receipt), now }, prepared.activation);
    await announceActivation(tx, scope, {
      activation, effect: `membership:${membershipId}`, person: { id: userId, firstName: input.firstName, email: input.email, locale: input.locale }, planTitle: prepared.planTitle, letterhead,
    });
    return { kind: 'joined', membershipId, paymentId: null };
  }
  const paymentId = newId();
  const terms = prepared.transfer === null ? null : await transferTerms(scope, account, prepared.transfer.rule, { paymentId, amount: price, title: prepared.planTitle }, now);
  await tx.insert(payments).values({
    tenantId: scope.tenantId, id: paymentId, userId, branchId: placement.branchId, membershipId, paymentAccountId: account.id, ...(terms ?? { method: 'card' }), amountMinor: payableNow(priced).minor,
    vatMinor: vatNow(priced).minor, currency: price.currency, taxDocumentIssuer: account.taxDocumentIssuer, receipt, createdAt: now, updatedAt: now,
  });
  await writeInstalments(tx, scope, priced.schedule, { userId, branchId, membershipId, paymentId, account, paidAt: null, now });
  if (terms === null) return { kind: 'joined', membershipId, paymentId };
  await mailSlip(tx, scope, letterhead, {
    paymentId, person: { id: userId, firstName: input.firstName, email: input.email, locale: input.locale }, planTitle: prepared.planTitle, amount: price, details: detailsOf(account), reference: terms.providerTransactionId, expiresOn: terms.expiresOn,
  });
  return { kind: 'joined', membershipId, paymentId, slipUrl: terms.checkoutUrl };
}

/**
 * A visitor becomes a member of the host's tenant: person, role, pending membership and payment, consents and a mail to verify
 * the address, in one transaction, and the coupon that was used; then the provider's checkout is opened. The price is the published rule's, and refused when it is another one than was shown. Repeating the call with the same key, double
 * clicking, or joining in two tabs gives one person and one sale; an address that is taken is answered without telling and its owner gets a mail.
 * A plan that costs nothing is active at once. Throws INVALID with the field, CONFLICT for outdated consents or a price that has changed, UNAVAILABLE without
 * rules or while joining online is switched off.
 */
export async function joinMember(site: TenantScope, raw: JoinInput, passwords: Context['passwords'], now: Date): Promise<JoinAnswer> {
  const prepared = await prepare(site, raw, passwords, now);
  // a visitor sees nobody's rows and may write none: the tenant itself takes the new member in
  const scope = actAsTenant(site, 'accounts.join');
  const { password: _, idempotencyKey, ...payload } = prepared.input;
  const written = await withTenant(scope, (tx) =>
    once(tx, scope, { operation: 'accounts.join', key: idempotencyKey, payload }, () => writeJoin(tx, scope, prepared)),
  );
  if (written.kind === 'existing') return { membershipId: null, paymentId: null, checkoutUrl: null, next: 'check_mail' };
  const { membershipId, paymentId } = written;
  if (paymentId === null) return { membershipId, paymentId, checkoutUrl: null, next: 'done' };
  if (written.slipUrl !== undefined) return { membershipId, paymentId, checkoutUrl: written.slipUrl, next: 'pay' };
  // the sale stands whatever the provider does: without it the person pays later from the portal
  const checkoutUrl = await openCheckout(scope, paymentId, now).catch((error: unknown) => {
    log.warn({ requestId: site.requestId, paymentId, failure: failureOf(error) }, 'checkout not opened');
    return null;
  });
  return { membershipId, paymentId, checkoutUrl, next: 'pay' };
}
