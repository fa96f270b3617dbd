import {
  addDays, bankTransferSaleLegs, cardSaleLegs, cashBankedLegs, cashHandedOverLegs, cashSaleLegs, chartOfAccounts, documentNumber, fullName, inLocale, invoiceAmounts, money,
  parseNumberPattern, partsOf, paymentDueOn, percentOf, quote, refundLegs, vatFromGross,
  type AccountName, type Currency, type DateOnly, type Leg, type Locale, type PostingKind, type Quote,
} from '@interdomestik/rules';
import { cards, cashReceipts, invoiceLines, invoices, ledgerAccounts, ledgerEntries, ledgerTransactions, memberships, numberSeries, payments } from '../schema';
import { dayOf, instantOn, publishedRule, type StaffMember, type TenantSeed } from './context';
import type { Purchase, Story } from './history';
import type { SeededPerson } from './people';

/** A purchase with the ids of its rows. */
export interface Sale {
  readonly person: SeededPerson;
  readonly story: Story;
  readonly purchase: Purchase;
  readonly membershipId: string;
  readonly paymentId: string | null;
  readonly quote: Quote;
  /** Null when nothing was paid (yet). */
  readonly paidAt: Date | null;
}

/** Numbers of the tenant's gapless series, taken in the order in which things happened. */
export class Series {
  readonly #last = new Map<string, { series: string; fiscalYear: number; lastNumber: number }>();

  take(series: string, fiscalYear: number): number {
    const key = `${series}/${fiscalYear}`;
    const known = this.#last.get(key) ?? { series, fiscalYear, lastNumber: 0 };
    known.lastNumber += 1;
    this.#last.set(key, known);
    return known.lastNumber;
  }

  /** The rows after which the product goes on counting. */
  write({ tenantId, random, rows, now }: TenantSeed): void {
    for (const row of this.#last.values()) rows.add(numberSeries, { tenantId, id: random.id(now), ...row });
  }
}

/** Posts balanced transactions to accounts that are made when first needed. */
class Books {
  readonly #accounts = new Map<string, string>();
  constructor(readonly seed: TenantSeed) {}

  #account(name: AccountName, currency: Currency): string {
    const { tenantId, random, rows, now } = this.seed;
    const { code, kind } = chartOfAccounts[name];
    const key = `${code}/${currency}`;
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const id = random.id(now);
    this.#accounts.set(key, id);
    rows.add(ledgerAccounts, { tenantId, id, code, kind: kind === 'revenue' ? 'income' : kind, currency, createdAt: now });
    return id;
  }

  post(kind: PostingKind, source: { type: string; id: string }, branchId: string, at: Date, legs: readonly Leg[], holder: string | null = null): void {
    const { tenantId, random, rows } = this.seed;
    const transactionId = random.id(at);
    rows.add(ledgerTransactions, { tenantId, id: transactionId, branchId, kind, sourceType: source.type, sourceId: source.id, effectKey: `${source.type}:${source.id}:${kind}`, occurredAt: at, createdAt: at });
    legs.forEach((leg, position) => {
      rows.add(ledgerEntries, {
        tenantId, id: random.id(at), transactionId, accountId: this.#account(leg.account, leg.amount.currency), branchId, partyId: leg.account === 'cashWithAgents' ? holder : null,
        position, amountMinor: leg.amount.minor, currency: leg.amount.currency, occurredAt: at,
      });
    });
  }
}

/** Puts a price on a purchase by the published rules; its rows follow in `writeSales`, in the order of time. */
export function priceSale(seed: TenantSeed, person: SeededPerson, story: Story, purchase: Purchase, rules: { products: ReturnType<typeof productsOf>; tax: ReturnType<typeof taxOf> }): Sale {
  const on = purchase.period?.start ?? dayOf(seed, purchase.boughtAt);
  const currency = purchase.method === 'card' ? 'EUR' : seed.currency;
  const priced = quote(rules, { planCode: purchase.planCode, channel: purchase.channel, currency, on, people: 1 });
  const { random } = seed;
  const paid = purchase.status !== 'pending' && purchase.method !== 'free';
  return {
    person, story, purchase, quote: priced, membershipId: random.id(purchase.boughtAt), paymentId: purchase.method === 'free' ? null : random.id(purchase.boughtAt),
    paidAt: paid ? new Date(purchase.boughtAt.getTime() + random.int(40, 240) * 1000) : null,
  };
}

export const productsOf = (seed: TenantSeed) => publishedRule(seed.pack, 'products');
export const taxOf = (seed: TenantSeed) => publishedRule(seed.pack, 'tax');

/** Memberships, payments, receipts, invoices and the ledger of all sales, in the order of time so that numbers rise with it. */
export function writeSales(seed: TenantSeed, sales: readonly Sale[], series: Series): void {
  const books = new Books(seed);
  const inOrder = sales.toSorted((a, b) => a.purchase.boughtAt.getTime() - b.purchase.boughtAt.getTime());
  for (const sale of inOrder) {
    writeMembership(seed, sale);
    if (sale.paymentId === null) continue;
    const refunded = sale.purchase.status === 'active' && sale.purchase.method === 'card' && seed.random.chance(0.04);
    writePayment(seed, sale, sale.paymentId, refunded);
    if (sale.paidAt !== null) book(seed, books, sale, sale.paymentId, sale.paidAt, refunded, series);
  }
}

function writeMembership({ tenantId, random, rows, now }: TenantSeed, { person, story, purchase, membershipId, quote: priced, paidAt }: Sale): void {
  const { period, status, boughtAt, canceledAt } = purchase;
  const activatedAt = status === 'pending' ? null : (paidAt ?? boughtAt);
  rows.add(memberships, {
    tenantId, id: membershipId, userId: person.id, branchId: person.branchId, agentId: person.agent?.id ?? null, referralCodeId: story.referrer?.referral?.id ?? null,
    planCode: purchase.planCode, status, channel: purchase.channel, startsOn: period?.start ?? null, endsOn: period?.end ?? null, priceMinor: priced.money.minor,
    currency: priced.money.currency, receipt: priced.receipt, activatedAt, canceledAt, createdAt: boughtAt, updatedAt: canceledAt ?? activatedAt ?? now,
  });
  if (activatedAt !== null) {
    rows.add(cards, { tenantId, id: random.id(activatedAt), membershipId, userId: person.id, branchId: person.branchId, code: random.code(22), revokedAt: null, createdAt: activatedAt });
  }
}

function writePayment(seed: TenantSeed, { person, purchase, membershipId, quote: priced, paidAt }: Sale, id: string, refunded: boolean): void {
  const { tenantId, random, rows, accounts } = seed;
  const method = purchase.method === 'free' ? 'card' : purchase.method;
  const account = accounts[method];
  const failed = paidAt === null && random.chance(0.3);
  rows.add(payments, {
    tenantId, id, userId: person.id, branchId: person.branchId, membershipId, paymentAccountId: account.id, method,
    status: paidAt === null ? (failed ? 'failed' : 'pending') : refunded ? 'partly_refunded' : 'succeeded', amountMinor: priced.money.minor, vatMinor: priced.vat.vat.minor,
    refundedMinor: refunded ? priced.money.minor / 2n : 0n, currency: priced.money.currency, taxDocumentIssuer: account.taxDocumentIssuer,
    providerCustomerId: method === 'card' && paidAt !== null ? `ctm_01${random.code(24).toLowerCase()}` : null,
    providerTransactionId: method === 'card' && paidAt !== null ? `txn_01${random.code(24).toLowerCase()}` : null, collectedBy: method === 'cash' ? (person.agent?.id ?? null) : null,
    receipt: priced.receipt, paidAt, lastEventAt: method === 'card' ? paidAt : null, createdAt: purchase.boughtAt, updatedAt: paidAt ?? purchase.boughtAt,
  });
}

function book(seed: TenantSeed, books: Books, sale: Sale, paymentId: string, paidAt: Date, refunded: boolean, series: Series): void {
  const { person, purchase, quote: priced } = sale;
  const amount = { gross: priced.money, tax: priced.vat.vat };
  const source = { type: 'payment', id: paymentId };
  if (purchase.method === 'card') {
    books.post('card_sale', source, person.branchId, paidAt, cardSaleLegs(amount, percentOf(priced.money, 500)));
    if (refunded) {
      const gross = money(priced.money.minor / 2n, priced.money.currency);
      const tax = vatFromGross(gross, priced.vat.rateBp).vat;
      books.post('card_refund', source, person.branchId, new Date(paidAt.getTime() + 3_600_000), refundLegs('card', { gross, tax }));
    }
    return;
  }
  writeInvoice(seed, sale, paymentId, paidAt, series);
  if (purchase.method === 'bank_transfer' || person.agent === null) {
    books.post('bank_transfer_sale', source, person.branchId, paidAt, bankTransferSaleLegs(amount));
    return;
  }
  books.post('cash_sale', source, person.branchId, paidAt, cashSaleLegs(amount), person.agent.id);
  writeCash(seed, books, { sale, paymentId, paidAt, agent: person.agent }, series);
}

interface CashSale {
  readonly sale: Sale;
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly agent: StaffMember;
}

/** The newest cash is still with the agent, cash of the last weeks with the branch, older cash in the bank. */
function writeCash(seed: TenantSeed, books: Books, { sale, paymentId, paidAt, agent }: CashSale, series: Series): void {
  const { tenantId, random, rows, staff, today, pack } = seed;
  const { person, quote: priced } = sale;
  const rule = publishedRule(pack, 'invoicing').value;
  const day = dayOf(seed, paidAt);
  const year = parseNumberPattern(rule.receipt.pattern).perYear ? partsOf(day).year : 0;
  const n = series.take(rule.receipt.series, year);
  const { number } = documentNumber(rule, 'receipt', { country: seed.country, issuedOn: day, n: BigInt(n) });
  const id = random.id(paidAt);
  const handedOn = addDays(day, random.int(4, 14));
  const bankedOn = addDays(handedOn, random.int(10, 30));
  const status = bankedOn <= today ? 'banked' : handedOn <= today ? 'handed' : 'collected';
  const manager = staff.find((one) => one.role === 'branch_manager' && one.branchId === person.branchId);
  const handedAt = status === 'collected' ? null : instantOn(seed, handedOn, 15 * 60 + random.int(0, 50));
  const bankedAt = status === 'banked' ? instantOn(seed, bankedOn, 11 * 60 + random.int(0, 50)) : null;
  rows.add(cashReceipts, {
    tenantId, id, paymentId, userId: person.id, branchId: person.branchId, agentId: agent.id, code: number, amountMinor: priced.money.minor, currency: priced.money.currency, status,
    collectedAt: paidAt, handedAt, verifiedBy: handedAt === null ? null : (manager?.id ?? null), bankedAt, createdAt: paidAt, updatedAt: bankedAt ?? handedAt ?? paidAt,
  });
  const source = { type: 'cash_receipt', id };
  if (handedAt !== null) books.post('cash_handed_over', source, person.branchId, handedAt, cashHandedOverLegs(priced.money), agent.id);
  if (bankedAt !== null) books.post('cash_banked', source, person.branchId, bankedAt, cashBankedLegs(priced.money));
}

function writeInvoice(seed: TenantSeed, sale: Sale, paymentId: string, paidAt: Date, series: Series): void {
  const { tenantId, random, rows, pack } = seed;
  const { person, quote: priced, membershipId } = sale;
  const invoicing = publishedRule(pack, 'invoicing');
  const tax = taxOf(seed).value;
  const rule = invoicing.value;
  const issuedOn: DateOnly = dayOf(seed, paidAt);
  const year = partsOf(issuedOn).year;
  const n = series.take(rule.invoice.series, year);
  const { number, fiscalYear } = documentNumber(rule, 'invoice', { country: seed.country, issuedOn, n: BigInt(n) });
  const id = random.id(paidAt);
  const amounts = invoiceAmounts([{ description: priced.plan.code, quantity: 1, gross: priced.money, category: tax.membershipCategory }], priced.money.currency, tax);
  const languages: Locale[] = [rule.languages.primary, ...(rule.languages.secondary === null ? [] : [rule.languages.secondary])];
  const issuedBy = person.agent?.id ?? null;
  rows.add(invoices, {
    tenantId, id, userId: person.id, branchId: person.branchId, membershipId, paymentId, series: rule.invoice.series, fiscalYear, number: n, code: number, status: 'paid', issuedOn,
    dueOn: paymentDueOn(rule, issuedOn), currency: priced.money.currency, netMinor: amounts.net.minor, vatMinor: amounts.vat.minor, totalMinor: amounts.gross.minor, seller: rule.issuer,
    buyer: { name: fullName(person), address: person.address, city: person.city, taxId: null, memberNumber: null }, languages, receipt: priced.receipt, issuedBy, issuedAt: paidAt,
    createdAt: paidAt, updatedAt: paidAt,
  });
  rows.add(invoiceLines, ...amounts.lines.map((line, position) => ({
    tenantId, id: random.id(paidAt), invoiceId: id, userId: person.id, branchId: person.branchId, position: position + 1,
    description: Object.fromEntries(languages.map((locale) => [locale, inLocale(priced.plan.titles, locale)])), quantity: line.quantity, vatRateBp: line.rateBp,
    netMinor: line.net.minor, vatMinor: line.vat.minor, totalMinor: line.gross.minor,
  })));
}
