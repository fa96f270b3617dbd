import { ageOn, bankTransferSaleLegs, cardSaleLegs, cashSaleLegs, money, percentOf, quote, refundLegs, vatFromGross, type Quote } from '@interdomestik/rules';
import { cards, memberships, payments } from '../schema';
import { Books, type Series } from './books';
import { Custody } from './custody';
import { dayOf, publishedRule, type TenantSeed } from './context';
import { Earnings } from './earnings';
import type { Purchase, Story } from './history';
import { writeCash, writeInvoice } from './papers';
import type { SeededPerson } from './people';
import { payOutByProvider } from './provider-payouts';

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

/** Puts a price on a purchase by the published rules; its rows follow in `writeSales`, in the order of time. */
export function priceSale(seed: TenantSeed, person: SeededPerson, story: Story, purchase: Purchase): Sale {
  const on = purchase.period?.start ?? dayOf(seed, purchase.boughtAt);
  const currency = purchase.method === 'card' ? 'EUR' : seed.currency;
  const priced = quote({ products: publishedRule(seed.pack, 'products'), tax: publishedRule(seed.pack, 'tax') }, {
    planCode: purchase.planCode, channel: purchase.channel, currency, on, people: 1, referral: story.referrer === null ? null : 'staff',
    facts: {
      branch: seed.branches.find(({ id }) => id === person.branchId)?.code ?? null, age: ageOn(person.born, on), city: purchase.channel === 'agent' ? person.city : null,
      returning: story.purchases[0] !== purchase,
    },
  });
  const { random } = seed;
  const paid = purchase.status !== 'pending' && purchase.method !== 'free';
  return {
    person, story, purchase, quote: priced, membershipId: random.id(purchase.boughtAt), paymentId: purchase.method === 'free' ? null : random.id(purchase.boughtAt),
    paidAt: paid ? new Date(purchase.boughtAt.getTime() + random.int(40, 240) * 1000) : null,
  };
}

/** Memberships, payments, receipts, invoices and the ledger of all sales, in the order of time so that numbers rise with it. */
export function writeSales(seed: TenantSeed, sales: readonly Sale[], series: Series): void {
  const books = new Books(seed);
  const custody = new Custody(seed, books);
  const earnings = new Earnings(seed, books);
  const inOrder = sales.toSorted((a, b) => (a.paidAt ?? a.purchase.boughtAt).getTime() - (b.paidAt ?? b.purchase.boughtAt).getTime());
  for (const sale of inOrder) {
    writeMembership(seed, sale);
    if (sale.paymentId === null) continue;
    const refunded = sale.purchase.status === 'active' && sale.purchase.method === 'card' && seed.random.chance(0.04);
    writePayment(seed, sale, sale.paymentId, refunded);
    if (sale.paidAt === null) continue;
    book(seed, { books, custody }, sale, sale.paymentId, sale.paidAt, refunded, series);
    earnings.earn(sale, sale.paymentId, sale.paidAt, refunded ? sale.quote.money.minor / 2n : 0n);
  }
  custody.write();
  earnings.write(series);
  payOutByProvider(books);
}

function writeMembership({ tenantId, random, rows, now }: TenantSeed, { person, story, purchase, membershipId, quote: priced, paidAt }: Sale): void {
  const { period, status, boughtAt, canceledAt } = purchase;
  const activatedAt = status === 'pending' ? null : (paidAt ?? boughtAt);
  rows.add(memberships, {
    tenantId, id: membershipId, userId: person.id, branchId: person.branchId, sellerId: person.agent?.id ?? null, referralCodeId: story.referrer?.referral?.id ?? null,
    planCode: purchase.planCode, addonCodes: [...priced.addons], people: priced.people ?? 1, status, channel: purchase.channel, startsOn: period?.start ?? null, endsOn: period?.end ?? null, priceMinor: priced.money.minor,
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

function book(seed: TenantSeed, { books, custody }: { books: Books; custody: Custody }, sale: Sale, paymentId: string, paidAt: Date, refunded: boolean, series: Series): void {
  const { person, purchase, quote: priced } = sale;
  const amount = { gross: priced.money, tax: priced.vat.vat };
  if (purchase.method === 'card') {
    books.post('card_sale', `payment:${paymentId}:sale`, person.branchId, paidAt, cardSaleLegs(amount, percentOf(priced.money, 500)));
    if (refunded) {
      const gross = money(priced.money.minor / 2n, priced.money.currency);
      const tax = vatFromGross(gross, priced.vat.rateBp).vat;
      books.post('card_refund', `payment:${paymentId}:refund:adj_01${seed.random.code(24).toLowerCase()}`, person.branchId, new Date(paidAt.getTime() + 3_600_000), refundLegs('card', { gross, tax }));
    }
    return;
  }
  writeInvoice(seed, sale, paymentId, paidAt, series);
  if (purchase.method === 'bank_transfer' || person.agent === null) {
    books.post('bank_transfer_sale', `payment:${paymentId}:sale`, person.branchId, paidAt, bankTransferSaleLegs(amount));
    return;
  }
  books.post('cash_sale', `payment:${paymentId}:sale`, person.branchId, paidAt, cashSaleLegs(amount), person.agent.id);
  writeCash(seed, custody, { sale, paymentId, paidAt, agent: person.agent }, series);
}
