import { and, eq } from 'drizzle-orm';
import { fullName, inLocale, notFound, type BankDetails, type DateOnly, type Localized, type Locale, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, paymentAccounts, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { isTold, queueMail, type Letterhead } from '../mails';
import { moneyOf } from '../memberships/service';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import { renderSlipPdf } from '../vendors/pdf';
import { heldFor } from './settle';
import { detailsOf } from './terms';

export interface Slip {
  readonly paymentId: string;
  readonly state: 'waiting' | 'paid' | 'lapsed';
  readonly payer: string;
  readonly planTitle: string;
  readonly details: BankDetails;
  /** The price. */
  readonly amount: Money;
  /** What came of it already and is kept until the rest comes; null: nothing. */
  readonly received: Money | null;
  readonly reference: string;
  readonly expiresOn: DateOnly;
  /** What the country's banks call the order and its field for the reference; null: in plain words. */
  readonly words: { readonly titles: Localized<string>; readonly references: Localized<string> } | null;
  readonly createdAt: Date;
}

/** A transfer in the asker's sight, with the tenant's account that it goes to. Anything else is NOT_FOUND. */
async function readSlip(asker: TenantScope, paymentId: string, locale: Locale, now: Date): Promise<Slip> {
  const [seen] = await readTenant(inAction(asker, 'payments.slip'), (tx) =>
    tx.select({ payment: payments, firstName: user.firstName, lastName: user.lastName, planCode: memberships.planCode }).from(payments)
      .innerJoin(user, and(eq(user.tenantId, payments.tenantId), eq(user.id, payments.userId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(visible(asker, payments), eq(payments.id, paymentId), eq(payments.method, 'bank_transfer'))));
  const expiresOn = seen?.payment.expiresOn ?? null;
  if (seen === undefined || expiresOn === null || seen.payment.providerTransactionId === null) throw notFound();
  const { payment, planCode } = seen;
  // the account and what its statements say are out of a member's sight
  const scope = actAsTenant(asker, 'payments.slip');
  const [rule, title] = await Promise.all([ruleOf(scope, 'payments', now), planTitles(scope, locale, now)]);
  const { account, received } = await withTenant(scope, async (tx) => {
    const [row] = await tx.select({ bankDetails: paymentAccounts.bankDetails }).from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, payment.paymentAccountId)));
    return { account: row, received: payment.paidAt === null ? await heldFor(tx, scope, payment) : null };
  });
  if (account === undefined) throw notFound();
  return {
    paymentId, state: payment.paidAt !== null ? 'paid' : payment.status === 'pending' && payment.replacedAt === null ? 'waiting' : 'lapsed', payer: fullName(seen), planTitle: planCode === null ? scope.tenant.name : title(planCode), details: detailsOf(account),
    amount: moneyOf(payment.amountMinor, payment.currency), received: received === null || received.minor === 0n ? null : received, reference: payment.providerTransactionId ?? '', expiresOn: expiresOn as DateOnly,
    words: rule.value.bankTransfer.slip, createdAt: payment.createdAt,
  };
}

/** The payment slip as a screen shows it, in the reader's language. */
export async function transferSlip(asker: TenantScope, paymentId: string, locale: Locale, now: Date) {
  const { words, payer: _payer, createdAt: _createdAt, ...slip } = await readSlip(asker, paymentId, locale, now);
  return { ...slip, title: words === null ? null : inLocale(words.titles, locale), referenceLabel: words === null ? null : inLocale(words.references, locale) };
}

/** The payment slip on paper, in the languages of the tenant's papers. It says nothing that is not on the screen, and is made whenever it is asked for. */
export async function transferSlipFile(asker: TenantScope, paymentId: string, locale: Locale, now: Date): Promise<{ readonly fileName: string; readonly base64: string }> {
  const slip = await readSlip(asker, paymentId, locale, now);
  const scope = actAsTenant(asker, 'payments.slip');
  const [{ value: invoicing }, { value: branding }] = await Promise.all([ruleOf(scope, 'invoicing', now), ruleOf(scope, 'branding', now)]);
  const bytes = await renderSlipPdf({
    languages: invoicing.languages, seller: invoicing.issuer, accent: branding.accent, issuedAt: slip.createdAt, titles: slip.words?.titles ?? null, referenceLabels: slip.words?.references ?? null, payer: slip.payer,
    purpose: slip.planTitle, details: slip.details, amount: slip.received === null ? slip.amount : moneyOf(slip.amount.minor - slip.received.minor, slip.amount.currency), reference: slip.reference, until: slip.expiresOn,
  });
  return { fileName: `${slip.reference}.pdf`, base64: Buffer.from(bytes).toString('base64') };
}

export interface NewTransfer {
  readonly paymentId: string;
  readonly person: { readonly id: string; readonly firstName: string; readonly email: string | null; readonly locale: string };
  readonly planTitle: string;
  readonly amount: Money;
  readonly details: BankDetails;
  readonly reference: string;
  readonly expiresOn: DateOnly;
}

/** Mails the member where to pay, how much and with which reference, once; as part of the sale's transaction. */
export async function mailSlip(tx: Tx, scope: TenantScope, letterhead: Letterhead, sale: NewTransfer): Promise<void> {
  const { person, details, amount, reference, expiresOn, planTitle, paymentId } = sale;
  if (person.email === null || !isTold(letterhead, 'payment.link', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'transfer-slip', to: { email: person.email, userId: person.id }, locale: localeOfRow(person.locale), letterhead, effectKey: `payment:${paymentId}:slip`,
    params: {
      name: person.firstName, plan: planTitle, beneficiary: details.beneficiary, iban: details.iban, bank: details.bank, reference, amount, until: expiresOn, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.paid(paymentId)}`,
    },
  });
}
