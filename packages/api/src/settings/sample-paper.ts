import { translator } from '@interdomestik/i18n';
import {
  addMonths, documentNumber, formatNumber, invoiceAmounts, isZero, locales, parseRule, paymentDueOn, todayIn, unavailable, type DateOnly, type InvoicingRule, type Localized, type Plan,
} from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { invoiceRules, legalWords, membershipText, type InvoiceRules } from '../invoices/issue';
import { currencyOf } from '../site/service';
import { renderInvoicePdf, renderReceiptPdf, type InvoicePdfInput, type ReceiptPdfInput } from '../vendors/pdf';
import { ruleOf } from './rules';

/** Papers that the invoicing rule shapes: an invoice to be paid by bank, one paid in cash, a credit note, and a cash receipt. */
export const samplePapers = ['unpaid', 'paid', 'creditNote', 'receipt'] as const;
export type SamplePaper = (typeof samplePapers)[number];

interface Facts {
  readonly rules: InvoiceRules;
  readonly invoicing: InvoicingRule;
  readonly plan: Plan;
  readonly country: string;
  readonly timeZone: string;
  readonly currency: Plan['prices'][number]['currency'];
  readonly today: DateOnly;
  readonly now: Date;
}

// i18n-keys: pdf.sample.*
/** The invented buyer, who is nobody: a name in the language that leads the paper. */
function buyerOf({ invoicing, country }: Facts) {
  const t = translator(invoicing.languages.primary);
  return { name: t('pdf.sample.name'), address: t('pdf.sample.address'), city: t('pdf.sample.city'), taxId: null, memberNumber: formatNumber(invoicing.memberPattern, { country, year: 2000, n: 1n }) };
}

/** The cheapest plan that costs something, as it would stand on paper today. */
function lineOf({ plan, currency, today, rules }: Facts) {
  const gross = plan.prices.find((price) => price.currency === currency);
  if (gross === undefined) throw new Error('the plan of a sample has no price in its own currency');
  const period = { start: today, end: addMonths(today, plan.periodMonths) };
  const description: Localized<string> = membershipText(plan, period, locales);
  return { description, period, amounts: invoiceAmounts([{ description: '', quantity: 1, gross, category: rules.tax.value.membershipCategory }], currency, rules.tax.value) };
}

function sampleInvoice(facts: Facts, paper: Exclude<SamplePaper, 'receipt'>): InvoicePdfInput {
  const { rules, invoicing, country, today, now, currency } = facts;
  const { description, amounts } = lineOf(facts);
  const numberOf = (type: 'invoice' | 'creditNote', n: bigint) => documentNumber(invoicing, type, { country, issuedOn: today, n }).number;
  const number = paper === 'creditNote' ? numberOf('creditNote', 1n) : numberOf('invoice', 1n);
  return {
    sample: true, type: paper === 'creditNote' ? 'creditNote' : 'invoice', number, issuedAt: now, issuedOn: today, suppliedOn: today, dueOn: paper === 'unpaid' ? paymentDueOn(invoicing, today) : null,
    creditOf: paper === 'creditNote' ? numberOf('invoice', 1n) : null, languages: invoicing.languages, currency, seller: invoicing.issuer, buyer: buyerOf(facts),
    lines: amounts.lines.map((line) => ({ ...line, description })), vatTotals: amounts.vatTotals, net: amounts.net, vat: amounts.vat, gross: amounts.gross,
    exemption: legalWords(rules, amounts.exemptTextKey), footer: legalWords(rules, 'invoiceFooter'), accent: rules.branding.value.accent,
    payment: paper === 'unpaid' ? { status: 'unpaid', method: 'bank_transfer', paidOn: null, reference: number }
      : paper === 'paid' ? { status: 'paid', method: 'cash', paidOn: today, reference: null } : { status: 'credited', method: null, paidOn: null, reference: null },
  };
}

function sampleReceipt(facts: Facts): ReceiptPdfInput {
  const { invoicing, country, today, now, timeZone, rules } = facts;
  const { description, period, amounts } = lineOf(facts);
  const buyer = buyerOf(facts);
  const t = translator(invoicing.languages.primary);
  return {
    sample: true, number: documentNumber(invoicing, 'receipt', { country, issuedOn: today, n: 1n }).number, issuedAt: now, timeZone, languages: invoicing.languages, seller: invoicing.issuer,
    payer: { name: buyer.name, memberNumber: buyer.memberNumber }, amount: amounts.gross, purpose: description, period,
    invoiceNumber: documentNumber(invoicing, 'invoice', { country, issuedOn: today, n: 1n }).number, agent: t('pdf.sample.name'), branch: t('pdf.sample.city'), accent: rules.branding.value.accent,
  };
}

/**
 * A paper as an invoicing rule that is still being written would make it, through the code that makes the real ones. Every page says that it is a sample; it takes no
 * number and writes nothing. Prices, taxes, legal words and colour are those in force. Throws INVALID with the field where the draft is wrong.
 */
export async function samplePaper(scope: TenantScope, input: { readonly paper: SamplePaper; readonly invoicing: unknown }, now: Date): Promise<{ fileName: string; pdf: string }> {
  const invoicing = parseRule('invoicing', input.invoicing);
  const [rules, products] = await Promise.all([invoiceRules(scope, now), ruleOf(scope, 'products', now)]);
  const books = currencyOf(scope.tenant);
  const priced = products.value.plans.filter(({ prices }) => prices.some((price) => !isZero(price)));
  const plan = priced.find(({ prices }) => prices.some(({ currency }) => currency === books)) ?? priced[0] ?? products.value.plans.find(({ prices }) => prices.length > 0);
  const currency = plan?.prices.find((price) => price.currency === books)?.currency ?? plan?.prices[0]?.currency;
  if (plan === undefined || currency === undefined) throw unavailable('errors.rule.missing');
  const { countryCode: country, timeZone } = scope.tenant;
  const facts: Facts = { rules, invoicing, plan, country, timeZone, currency, today: todayIn(timeZone, now), now };
  const bytes = input.paper === 'receipt' ? await renderReceiptPdf(sampleReceipt(facts)) : await renderInvoicePdf(sampleInvoice(facts, input.paper));
  return { fileName: `sample-${input.paper}.pdf`, pdf: Buffer.from(bytes).toString('base64') };
}
