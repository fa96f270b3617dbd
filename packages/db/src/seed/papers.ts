import {
  addDays, cashBankedLegs, cashHandedOverLegs, documentNumber, formatDate, fullName, inLocale, invoiceAmounts, parseNumberPattern, seriesOf,
  type DateOnly, type InvoiceAmounts, type Locale, type Localized,
} from '@interdomestik/rules';
import { cashReceipts, invoiceLines, invoices } from '../schema';
import type { Books, Series } from './books';
import { dayOf, instantOn, publishedRule, type StaffMember, type TenantSeed } from './context';
import type { Sale } from './sales';

/** Cash that an agent took. */
interface CashSale {
  readonly sale: Sale;
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly agent: StaffMember;
}

/** The newest cash is still with the agent, cash of the last weeks with the branch, older cash in the bank. */
export function writeCash(seed: TenantSeed, books: Books, { sale, paymentId, paidAt, agent }: CashSale, series: Series): void {
  const { tenantId, random, rows, staff, today, pack } = seed;
  const { person, quote: priced } = sale;
  const rule = publishedRule(pack, 'invoicing').value;
  const day = dayOf(seed, paidAt);
  const year = parseNumberPattern(rule.receipt.pattern).perYear ? seriesOf(rule, 'receipt', day).fiscalYear : 0;
  const n = series.take(rule.receipt.series, year);
  const { number } = documentNumber(rule, 'receipt', { country: seed.country.code, issuedOn: day, n: BigInt(n) });
  const id = random.id(paidAt);
  const handedOn = addDays(day, random.int(4, 14));
  const bankedOn = addDays(handedOn, random.int(10, 30));
  const status = bankedOn <= today ? 'banked' : handedOn <= today ? 'handed' : 'collected';
  // some of what was handed over still waits to be counted by the branch
  const counted = status === 'banked' || (status === 'handed' && random.chance(0.6));
  const manager = staff.find((one) => one.role === 'branch_manager' && one.branchId === person.branchId);
  const handedAt = status === 'collected' ? null : instantOn(seed, handedOn, 15 * 60 + random.int(0, 50));
  const bankedAt = status === 'banked' ? instantOn(seed, bankedOn, 11 * 60 + random.int(0, 50)) : null;
  rows.add(cashReceipts, {
    tenantId, id, paymentId, userId: person.id, branchId: person.branchId, agentId: agent.id, code: number, amountMinor: priced.money.minor, currency: priced.money.currency, status,
    collectedAt: paidAt, handedAt, verifiedBy: counted ? (manager?.id ?? null) : null, bankedAt, bankSlip: bankedAt === null ? null : `UP-${random.int(10_000, 99_999)}`, createdAt: paidAt, updatedAt: bankedAt ?? handedAt ?? paidAt,
  });
  if (handedAt !== null && counted) books.post('cash_handed_over', `cash_receipt:${id}:handed`, person.branchId, handedAt, cashHandedOverLegs(priced.money), agent.id);
  if (bankedAt !== null) books.post('cash_banked', `cash_receipt:${id}:banked`, person.branchId, bankedAt, cashBankedLegs(priced.money));
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
