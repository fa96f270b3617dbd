import {
  addDays, documentNumber, formatDate, fullName, inLocale, invoiceAmounts, parseNumberPattern, seriesOf,
  type DateOnly, type InvoiceAmounts, type Locale, type Localized,
} from '@interdomestik/rules';
import { invoiceLines, invoices } from '../schema';
import type { Series } from './books';
import type { Custody } from './custody';
import { dayOf, publishedRule, type StaffMember, type TenantSeed } from './context';
import type { Sale } from './sales';

/** Cash that an agent took. */
interface CashSale {
  readonly sale: Sale;
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly agent: StaffMember;
}

/** The receipt of cash that an agent took; from then on its custody is told by `custody`. */
export function writeCash(seed: TenantSeed, custody: Custody, { sale, paymentId, paidAt, agent }: CashSale, series: Series): void {
  const { pack, random } = seed;
  const { person, quote: priced } = sale;
  const rule = publishedRule(pack, 'invoicing').value;
  const day = dayOf(seed, paidAt);
  const year = parseNumberPattern(rule.receipt.pattern).perYear ? seriesOf(rule, 'receipt', day).fiscalYear : 0;
  const n = series.take(rule.receipt.series, year);
  const { number } = documentNumber(rule, 'receipt', { country: seed.country.code, issuedOn: day, n: BigInt(n) });
  custody.take({ id: random.id(paidAt), paymentId, userId: person.id, branchId: person.branchId, agentId: agent.id, code: number, amount: priced.money, collectedAt: paidAt });
}

/** What an invoice is called on paper and prints beside its columns, frozen as the invoices' service freezes it. */
function frozen({ pack }: TenantSeed, { purchase, quote: priced }: Sale, issuedOn: DateOnly, amounts: InvoiceAmounts, languages: readonly Locale[]) {
  const words = (key: string | null): Localized<string> | null => {
    const texts = publishedRule(pack, 'legal').value.texts.find((candidate) => candidate.key === key)?.texts;
    return texts === undefined ? null : Object.fromEntries(Object.entries(texts).map(([locale, said]) => [locale, said?.body]));
  };
  const print = {
    suppliedOn: issuedOn, payment: { method: purchase.method, paidOn: issuedOn }, accent: publishedRule(pack, 'branding').value.accent, footer: words('invoiceFooter'),
    exemption: words(amounts.exemptTextKey), vatTotals: amounts.vatTotals.map(({ rateBp, net, vat }) => ({ rateBp, net: net.minor.toString(), vat: vat.minor.toString() })),
  };
  const period = purchase.period ?? priced.period;
  const days = `${formatDate(period.start)} – ${formatDate(addDays(period.end, -1))}`;
  return {
    receipt: { quote: priced.receipt, rules: { invoicing: 1, tax: 1, legal: 1 }, print },
    description: Object.fromEntries(languages.map((locale) => [locale, `${inLocale(priced.plan.titles, locale)}, ${days}`])),
  };
}

/** The tenant's own tax document of a sale that the tenant, and not a provider, makes. */
export function writeInvoice(seed: TenantSeed, sale: Sale, paymentId: string, paidAt: Date, series: Series): void {
  const { tenantId, random, rows, pack } = seed;
  const { person, quote: priced, membershipId } = sale;
  const rule = publishedRule(pack, 'invoicing').value;
  const tax = publishedRule(pack, 'tax').value;
  const issuedOn = dayOf(seed, paidAt);
  const { fiscalYear } = seriesOf(rule, 'invoice', issuedOn);
  const year = parseNumberPattern(rule.invoice.pattern).perYear ? fiscalYear : 0;
  const n = series.take(rule.invoice.series, year);
  const { number } = documentNumber(rule, 'invoice', { country: seed.country.code, issuedOn, n: BigInt(n) });
  const amounts = invoiceAmounts([{ description: priced.plan.code, quantity: 1, gross: priced.money, category: tax.membershipCategory }], priced.money.currency, tax);
  const { primary, secondary } = rule.languages;
  const languages: Locale[] = secondary === null ? [primary] : [primary, secondary];
  const { receipt, description } = frozen(seed, sale, issuedOn, amounts, languages);
  const owner = { tenantId, userId: person.id, branchId: person.branchId };
  const id = random.id(paidAt);
  rows.add(invoices, {
    ...owner, id, membershipId, paymentId, series: rule.invoice.series, fiscalYear: year, number: n, code: number, status: 'paid', issuedOn, dueOn: issuedOn,
    currency: priced.money.currency, netMinor: amounts.net.minor, vatMinor: amounts.vat.minor, totalMinor: amounts.gross.minor, seller: rule.issuer,
    buyer: { name: fullName(person), address: person.address, city: person.city, taxId: null, memberNumber: person.numbered.memberNumber }, languages, receipt,
    issuedBy: person.agent?.id ?? null, issuedAt: paidAt, createdAt: paidAt, updatedAt: paidAt,
  });
  rows.add(invoiceLines, ...amounts.lines.map((line, position) => ({
    ...owner, id: random.id(paidAt), invoiceId: id, position, description, quantity: line.quantity, vatRateBp: line.rateBp, netMinor: line.net.minor, vatMinor: line.vat.minor,
    totalMinor: line.gross.minor,
  })));
}
