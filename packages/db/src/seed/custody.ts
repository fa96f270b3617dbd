import { addDays, cashBankedLegs, cashHandedOverLegs, money, sum, weekdayOf, type DateOnly, type Money } from '@interdomestik/rules';
import { cashCounts, cashDepositItems, cashDeposits, cashHandovers, cashReceipts } from '../schema';
import type { Books } from './books';
import { dayOf, instantOn, type TenantSeed } from './context';

interface Taken {
  readonly id: string;
  readonly paymentId: string;
  readonly userId: string;
  readonly branchId: string;
  readonly agentId: string;
  readonly code: string;
  readonly amount: Money;
  readonly collectedAt: Date;
}

const friday = 5;

/** The next Friday, on which agents bring what they took to the branch. */
function handingDay(day: DateOnly): DateOnly {
  return addDays(day, ((friday - weekdayOf(day) + 6) % 7) + 1);
}

const totalOf = (all: readonly { readonly amount: Money }[], currency: Money['currency']): Money => sum(all.map(({ amount }) => amount), currency);

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

/** The way of cash: agents bring it on Fridays, the branch counts it and pays it into the bank in the week after. What was taken since the last Friday is still with them. */
export class Custody {
  readonly #taken: Taken[] = [];
  constructor(readonly seed: TenantSeed, readonly books: Books) {}

  take(cash: Taken): void {
    this.#taken.push(cash);
  }

  /** Writes the rows of all that was taken. */
  write(): void {
    for (const group of groupBy(this.#taken, (cash) => `${cash.agentId} ${cash.branchId} ${cash.amount.currency} ${handingDay(dayOf(this.seed, cash.collectedAt))}`)) this.#handOver(group);
  }

  #handOver(group: readonly Taken[]): void {
    const { seed } = this;
    const { tenantId, random, rows, today, staff } = seed;
    const [first] = group;
    if (first === undefined) return;
    const { branchId, agentId, amount: { currency } } = first;
    const handedOn = handingDay(dayOf(seed, first.collectedAt));
    const bankedOn = addDays(handedOn, random.int(3, 6));
    const manager = staff.find((one) => one.role === 'branch_manager' && one.branchId === branchId)?.id ?? null;
    const state = handedOn >= today || manager === null ? 'collected' : bankedOn <= today ? 'banked' : random.chance(0.5) ? 'counted' : 'waiting';
    const receipt = { tenantId, branchId, agentId };
    const handedAt = instantOn(seed, handedOn, 15 * 60 + random.int(0, 50));
    const bankedAt = instantOn(seed, bankedOn, 11 * 60 + random.int(0, 50));
    const handoverId = state === 'collected' ? null : random.id(handedAt);
    const slip = state === 'banked' ? `UP-${random.int(10_000, 99_999)}` : null;
    if (handoverId !== null && manager !== null) {
      const said = totalOf(group, currency);
      rows.add(cashHandovers, { ...receipt, id: handoverId, handedBy: agentId, receipts: group.length, amountMinor: said.minor, currency, handedAt, createdAt: handedAt });
      if (state !== 'waiting') this.#count({ handoverId, said, handedAt, manager, branchId, agentId, deposit: slip === null ? null : { slip, on: bankedOn, at: bankedAt } });
    }
    for (const { id, paymentId, userId, code, amount, collectedAt } of group) {
      rows.add(cashReceipts, {
        ...receipt, id, paymentId, userId, code, amountMinor: amount.minor, currency, status: state === 'counted' || state === 'waiting' ? 'handed' : state, collectedAt, handoverId, handedAt: handoverId === null ? null : handedAt,
        verifiedBy: state === 'counted' || state === 'banked' ? manager : null, bankedAt: slip === null ? null : bankedAt, bankSlip: slip, createdAt: collectedAt, updatedAt: slip !== null ? bankedAt : handoverId !== null ? handedAt : collectedAt,
      });
    }
  }

  #count({ handoverId, said, handedAt, manager, branchId, agentId, deposit }: { handoverId: string; said: Money; handedAt: Date; manager: string; branchId: string; agentId: string; deposit: { slip: string; on: DateOnly; at: Date } | null }): void {
    const { tenantId, random, rows, pack } = this.seed;
    const { currency } = said;
    // now and then a coin is missing, and the branch says so
    const missing = random.chance(0.03) ? 100n : 0n;
    const counted = money(said.minor - missing, currency);
    const note = missing === 0n ? null : pack.rules.languages.default === 'mk' ? 'Недостасува една паричка; агентот го знае тоа.' : 'Mungon një monedhë; agjenti e di.';
    rows.add(cashCounts, { tenantId, id: random.id(handedAt), handoverId, branchId, agentId, outcome: 'confirmed', countedMinor: counted.minor, currency, note, countedBy: manager, countedAt: handedAt, createdAt: handedAt });
    this.books.post('cash_handed_over', `cash_handover:${handoverId}:confirmed`, branchId, handedAt, cashHandedOverLegs(said, counted), agentId);
    if (deposit === null) return;
    const depositId = random.id(deposit.at);
    rows.add(cashDeposits, { tenantId, id: depositId, branchId, amountMinor: counted.minor, currency, slip: deposit.slip, depositedOn: deposit.on, bankedBy: manager, bankedAt: deposit.at, createdAt: deposit.at });
    rows.add(cashDepositItems, { tenantId, id: random.id(deposit.at), depositId, handoverId, branchId, amountMinor: counted.minor, createdAt: deposit.at });
    this.books.post('cash_banked', `cash_deposit:${depositId}:banked`, branchId, deposit.at, cashBankedLegs(counted));
  }
}
