import { and, eq } from 'drizzle-orm';
import {
  addDays, assertMayIssue, documentNumber, fiscalYear, formatDate, inLocale, invoiceAmounts, newId, parseNumberPattern, todayIn,
  type DateOnly, type InvoicingRule, type Locale, type Localized, type Money, type PaymentMethod, type Period, type Plan, type Quote, type ResolvedRule, type RuleReceipt, type TaxDocumentType,
} from '@interdomestik/rules';
import { sayLines } from '@interdomestik/i18n';
import type { TenantScope, Tx } from '@interdomestik/db';
import { invoiceLines, invoices } from '@interdomestik/db/schema';
import { env } from '../env';
import { enqueue } from '../jobs/queue';
import { takeNumber } from '../numbering';
import { ruleOf } from '../settings/rules';
import type { PdfBuyer } from '../vendors/pdf';
import type { FrozenPrint } from './frozen';
import { renderInvoiceJob } from './jobs';

/** The rules that an invoice is made by, read before its transaction. */
export interface InvoiceRules {
  readonly invoicing: ResolvedRule<'invoicing'>;
  readonly tax: ResolvedRule<'tax'>;
  readonly legal: ResolvedRule<'legal'>;
  readonly branding: ResolvedRule<'branding'>;
}

export async function invoiceRules(scope: TenantScope, now: Date): Promise<InvoiceRules> {
  const [invoicing, tax, legal, branding] = await Promise.all([
    ruleOf(scope, 'invoicing', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'legal', now), ruleOf(scope, 'branding', now),
  ]);
  return { invoicing, tax, legal, branding };
}

/** Refuses tax documents of a tenant whose legal details are invented, wherever they could be taken for real. */
export function assertMayInvoice(rules: InvoiceRules, appEnv: string = env.APP_ENV): void {
  assertMayIssue(rules.invoicing.value, appEnv !== 'production');
}

/** Year of a document's number: 0 where the printed number does not show one, so that it never repeats. */
export function numberYear(rule: InvoicingRule, type: TaxDocumentType, on: DateOnly): number {
  return parseNumberPattern(rule[type].pattern).perYear ? fiscalYear(on, rule.fiscalYearStartMonth) : 0;
}

/** What a membership is called on paper: the plan and its first and last day, in every language of the plan. */
export function membershipText(plan: Plan, period: Period, locales: readonly Locale[]): Localized<string> {
  const days = `${formatDate(period.start)} – ${formatDate(addDays(period.end, -1))}`;
  return Object.fromEntries(locales.map((locale) => [locale, `${inLocale(plan.titles, locale)}, ${days}`]));
}

/** The body of a legal text in every language it has; null without such a text. */
export function legalWords({ legal }: Pick<InvoiceRules, 'legal'>, key: string | null): Localized<string> | null {
  const text = legal.value.texts.find((candidate) => candidate.key === key);
  return text === undefined ? null : Object.fromEntries(Object.entries(text.texts).map(([locale, said]) => [locale, said?.body]));
}

/** The lines of a sale on paper: one for each line of its price, what was taken off below nothing, all at the rate of memberships. */
export function saleLines(priced: Quote, period: Period, locales: readonly Locale[]): Sale['lines'] {
  const said = locales.map((locale) => [locale, sayLines(priced.lines, locale)] as const);
  return priced.lines.map(({ kind, quantity, money }, index) => ({
    description: kind === 'plan' ? membershipText(priced.plan, period, locales) : Object.fromEntries(said.map(([locale, lines]) => [locale, lines[index]?.title])),
    quantity, gross: money, category: priced.vat.category,
  }));
}

/** A sale whose tax document is the tenant's own. */
export interface Sale {
  readonly userId: string;
  readonly branchId: string;
  readonly membershipId: string;
  readonly paymentId: string;
  readonly method: PaymentMethod;
  readonly buyer: PdfBuyer;
  readonly lines: readonly { readonly description: Localized<string>; readonly quantity: number; readonly gross: Money; readonly category: string }[];
  readonly currency: Money['currency'];
  /** The parts in which it is paid, the first of them now; empty: everything is. */
  readonly schedule: readonly { readonly dueOn: DateOnly; readonly money: Money }[];
  /** Why the price is what it is. */
  readonly receipt: RuleReceipt;
  /** Staff member who issues it; null for the system. */
  readonly issuedBy: string | null;
}

export interface IssuedInvoice {
  readonly id: string;
  readonly code: string;
  readonly issuedOn: DateOnly;
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

/** The instant of issue: never before the number ahead of it, so that dates and numbers run the same way (P-14). */
export async function issueInstant(tx: Tx, scope: TenantScope, series: string, year: number, number: number, now: Date): Promise<Date> {
  const [before] = await tx.select({ issuedAt: invoices.issuedAt }).from(invoices)
    .where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.series, series), eq(invoices.fiscalYear, year), eq(invoices.number, number - 1)));
  return before !== undefined && before.issuedAt > now ? before.issuedAt : now;
}

/**
 * Issues the tax document of a sale that is paid at this moment, or whose first part is: gapless number of the tenant's series, everything that is printed frozen in
 * the row, and a job that renders it. Part of the sale's transaction; a payment has at most one. `scope` must reach the tenant.
 */
export async function issueInvoice(tx: Tx, scope: TenantScope, rules: InvoiceRules, sale: Sale, now: Date): Promise<IssuedInvoice> {
  const rule = rules.invoicing.value;
  const amounts = invoiceAmounts(sale.lines.map((line, index) => ({ ...line, description: String(index) })), sale.currency, rules.tax.value);
  const { timeZone, countryCode } = scope.tenant;
  const { series } = rule.invoice;
  const year = numberYear(rule, 'invoice', todayIn(timeZone, now));
  const number = await takeNumber(tx, scope, series, year);
  const issuedAt = await issueInstant(tx, scope, series, year, number, now);
  const issuedOn = todayIn(timeZone, issuedAt);
  const { number: code } = documentNumber(rule, 'invoice', { country: countryCode, issuedOn, n: BigInt(number) });
  const later = sale.schedule.slice(1);
  const print: FrozenPrint = {
    suppliedOn: issuedOn, payment: { method: sale.method, paidOn: issuedOn }, accent: rules.branding.value.accent,
    footer: legalWords(rules, 'invoiceFooter'), exemption: legalWords(rules, amounts.exemptTextKey),
    vatTotals: amounts.vatTotals.map(({ rateBp, net, vat }) => ({ rateBp, net: net.minor.toString(), vat: vat.minor.toString() })),
    later: later.map(({ dueOn, money }) => ({ dueOn, minor: money.minor.toString() })),
  };
  const id = newId();
  const owner = { tenantId: scope.tenantId, userId: sale.userId, branchId: sale.branchId };
  const { primary, secondary } = rule.languages;
  await tx.insert(invoices).values({
    ...owner, id, membershipId: sale.membershipId, paymentId: sale.paymentId, series, fiscalYear: year, number, code, status: later.length === 0 ? 'paid' : 'issued', issuedOn, dueOn: later.at(-1)?.dueOn ?? issuedOn,
    currency: sale.currency, netMinor: amounts.net.minor, vatMinor: amounts.vat.minor, totalMinor: amounts.gross.minor, seller: rule.issuer, buyer: sale.buyer,
    languages: secondary === null ? [primary] : [primary, secondary], issuedBy: sale.issuedBy, issuedAt, createdAt: now, updatedAt: now,
    receipt: { quote: sale.receipt, rules: { invoicing: rules.invoicing.version, tax: rules.tax.version, legal: rules.legal.version }, print, clearance: rule.clearance },
  });
  await tx.insert(invoiceLines).values(amounts.lines.map((line, position) => ({
    ...owner, id: newId(), invoiceId: id, position, description: sale.lines[Number(line.description)]?.description ?? {}, quantity: line.quantity, vatRateBp: line.rateBp,
    netMinor: line.net.minor, vatMinor: line.vat.minor, totalMinor: line.gross.minor,
  })));
  await enqueue(tx, scope, renderInvoiceJob, { invoiceId: id });
  return { id, code, issuedOn, net: amounts.net, vat: amounts.vat, gross: amounts.gross };
}
