import { addDays, addMonths, formatDate, money, partsOf, providerPayoutLegs, type DateOnly } from '@interdomestik/rules';
import { bankLines, bankStatements } from '../schema';
import type { Books } from './books';
import { dayOf, instantOn } from './context';

/** Day of the month on which the card provider pays out what it collected in the month before. */
const payoutDay = 5;

/** What the card provider owed on the way, and its monthly payouts of it: each a movement of the bank's statement, booked branch by branch. Money that no payout has brought yet is still with the provider. */
export function payOutByProvider(books: Books): void {
  const { seed } = books;
  const { tenantId, random, rows, today, accounts } = seed;
  const events = books.withProvider.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = events;
  if (first === undefined) return;
  const { year, month } = partsOf(dayOf(seed, first.at));
  const start = `${String(year)}-${String(month).padStart(2, '0')}-01` as DateOnly;
  const owed = new Map<string, { net: bigint; tax: bigint }>();
  let next = 0;
  for (let months = 1; ; months += 1) {
    const until = addMonths(start, months);
    const paidOn = addDays(until, payoutDay - 1);
    if (paidOn >= today) return;
    for (let event = events[next]; event !== undefined && dayOf(seed, event.at) < until; next += 1, event = events[next]) {
      const of = owed.get(event.branchId) ?? { net: 0n, tax: 0n };
      owed.set(event.branchId, { net: of.net + event.net, tax: of.tax + event.tax });
    }
    const paying = [...owed].filter(([, { net }]) => net > 0n);
    const total = paying.reduce((sum, [, { net }]) => sum + net, 0n);
    if (total === 0n) continue;
    const { currency } = first;
    const at = instantOn(seed, paidOn, 12 * 60);
    const statementId = random.id(at);
    const lineId = random.id(at);
    const reference = `PO-${String(random.int(100_000, 999_999))}`;
    rows.add(bankStatements, { tenantId, id: statementId, paymentAccountId: accounts.bank_transfer.id, fileName: `${currency}-${paidOn}.csv`, fileHash: `seed-${statementId}`, reading: {}, lines: 1, fresh: 1, createdBy: null, createdAt: at });
    rows.add(bankLines, {
      tenantId, id: lineId, statementId, paymentAccountId: accounts.bank_transfer.id, lineKey: `seed-${lineId}`, bookedOn: paidOn, amountMinor: total, currency, payer: 'PADDLE.COM MARKET LIMITED', payerAccount: '',
      purpose: `Payout ${formatDate(addDays(until, -1))}`, reference, bankId: reference, status: 'booked', payoutOf: accounts.card.id, decidedAt: at, createdAt: at, updatedAt: at,
    });
    for (const [branchId, { net, tax }] of paying) {
      books.post('provider_payout', `bank_line:${lineId}:payout:${branchId}`, branchId, at, providerPayoutLegs(money(net, currency), money(tax, currency)));
      owed.set(branchId, { net: 0n, tax: 0n });
    }
  }
}
