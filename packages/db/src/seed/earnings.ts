import {
  addDays, commissionEarnedLegs, commissionFor, commissionPaidLegs, formatNumber, isPayable, money, netKept, partsOf, payoutReceipt, reversalLegs, saleKindOf, subtract, sum, zero, type CommissionsRule, type DateOnly, type Money,
} from '@interdomestik/rules';
import { commissionPayouts, commissions } from '../schema';
import type { Books, Series } from './books';
import { dayOf, instantOn, publishedRule, type StaffMember, type TenantSeed } from './context';
import type { Sale } from './sales';

type Row = typeof commissions.$inferInsert;

interface Payout {
  readonly entries: readonly Row[];
  readonly amount: Money;
  readonly paidOn: DateOnly;
}

/** Entries are approved on the day after their month has ended, and paid out two days later: what the newest months earned is still on its way. */
function stepsOf(day: DateOnly): { readonly approvedOn: DateOnly; readonly paidOn: DateOnly } {
  const { year, month } = partsOf(day);
  const next = (month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`) as DateOnly;
  return { approvedOn: addDays(next, 2), paidOn: addDays(next, 9) };
}

/** What sales earned those who sold, as the product books it: a share of the net fee when the money came, less when part of it went back. */
export class Earnings {
  readonly #rows: Row[] = [];
  constructor(readonly seed: TenantSeed, readonly books: Books) {}

  earn(sale: Sale, paymentId: string, paidAt: Date, refundedMinor: bigint): void {
    const { seed } = this;
    const { person, story, purchase, quote: priced, membershipId } = sale;
    const earner: StaffMember | null = story.referrer ?? person.agent;
    if (earner === null) return;
    const rule = publishedRule(seed.pack, 'commissions');
    const before = story.purchases[story.purchases.indexOf(purchase) - 1];
    const kind = before === undefined ? 'new' : saleKindOf({ planCode: purchase.planCode, minor: priced.money.minor }, { planCode: before.planCode, minor: priced.money.minor });
    const net = subtract(priced.money, priced.vat.vat);
    const whole = commissionFor(rule, { planCode: purchase.planCode, kind, net });
    const entry = (number: number, at: Date, kept: Money, amount: Money): void => {
      if (amount.minor === 0n) return;
      const { approvedOn } = stepsOf(dayOf(seed, at));
      const admin = seed.staff.find(({ role }) => role === 'tenant_admin');
      const approvedAt = approvedOn < seed.today && admin !== undefined ? instantOn(seed, approvedOn, 10 * 60) : null;
      const id = seed.random.id(at);
      this.#rows.push({
        tenantId: seed.tenantId, id, branchId: person.branchId, agentId: earner.id, paymentId, membershipId, number, kind: whole.kind, planCode: purchase.planCode, netMinor: kept.minor, rateBp: rule.value.percentBp[whole.kind],
        amountMinor: amount.minor, currency: amount.currency, receipt: whole.receipt, occurredAt: at, approvedAt, approvedBy: approvedAt === null ? null : (admin?.id ?? null), payoutId: null, createdAt: at, updatedAt: approvedAt ?? at,
      });
      const back = amount.minor < 0n;
      const legs = back ? reversalLegs(commissionEarnedLegs(money(-amount.minor, amount.currency))) : commissionEarnedLegs(amount);
      this.books.post(back ? 'reversal' : 'commission_earned', `commission:${id}:${number}`, person.branchId, at, legs, earner.id);
    };
    entry(1, paidAt, net, whole.amount);
    if (refundedMinor === 0n) return;
    const kept = netKept(net, priced.money.minor, refundedMinor);
    entry(2, new Date(paidAt.getTime() + 3_600_000), kept, subtract(commissionFor(rule, { planCode: purchase.planCode, kind, net: kept }).amount, whole.amount));
  }

  /** Pays out month after month what is approved and reaches the least payout, and writes all rows. */
  write(series: Series): void {
    const { seed } = this;
    const { value: rule } = publishedRule(seed.pack, 'commissions');
    // numbers rise with the days
    const payouts = this.#byPerson().flatMap((own) => this.#payable(own, rule)).toSorted((a, b) => (a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0));
    for (const payout of payouts) this.#pay(payout, series);
    for (const row of this.#rows) seed.rows.add(commissions, row);
  }

  #byPerson(): Row[][] {
    const groups = new Map<string, Row[]>();
    for (const row of this.#rows) groups.set(`${row.agentId} ${row.currency}`, [...(groups.get(`${row.agentId} ${row.currency}`) ?? []), row]);
    return [...groups.values()].map((own) => own.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()));
  }

  #payable(own: readonly Row[], rule: CommissionsRule): Payout[] {
    const { seed } = this;
    const payouts: Payout[] = [];
    const days = [...new Set(own.map((row) => stepsOf(dayOf(seed, row.occurredAt)).paidOn))].filter((day) => day < seed.today);
    let waiting: Row[] = [];
    for (const paidOn of days) {
      waiting = [...waiting, ...own.filter((row) => row.approvedAt !== null && stepsOf(dayOf(seed, row.occurredAt)).paidOn === paidOn)];
      const [first] = waiting;
      if (first === undefined) continue;
      const currency = first.currency as Money['currency'];
      const amount = waiting.length === 0 ? zero(currency) : sum(waiting.map((row) => money(row.amountMinor, currency)), currency);
      if (!isPayable(rule, amount)) continue;
      payouts.push({ entries: waiting, amount, paidOn });
      waiting = [];
    }
    return payouts;
  }

  #pay({ entries, amount, paidOn }: Payout, series: Series): void {
    const { seed } = this;
    const [first] = entries;
    const admin = seed.staff.find(({ role }) => role === 'tenant_admin');
    if (first === undefined || admin === undefined) return;
    const at = instantOn(seed, paidOn, 11 * 60);
    const id = seed.random.id(at);
    const { year } = partsOf(paidOn);
    const home = seed.staff.find((one) => one.id === first.agentId)?.branchId ?? first.branchId;
    seed.rows.add(commissionPayouts, {
      tenantId: seed.tenantId, id, branchId: home, agentId: first.agentId, batchId: id, code: formatNumber(publishedRule(seed.pack, 'commissions').value.payoutPattern, { country: seed.country.code, year, n: series.take('payout', year) }), amountMinor: amount.minor,
      currency: amount.currency, entries: entries.length, paidOn, reference: null, paidBy: admin.id, receipt: payoutReceipt(publishedRule(seed.pack, 'commissions'), amount), createdAt: at,
    });
    const byBranch = new Map<string, bigint>();
    for (const row of entries) {
      row.payoutId = id;
      row.updatedAt = at;
      byBranch.set(row.branchId, (byBranch.get(row.branchId) ?? 0n) + row.amountMinor);
    }
    for (const [branchId, minor] of byBranch) {
      if (minor === 0n) continue;
      const legs = minor > 0n ? commissionPaidLegs(money(minor, amount.currency)) : reversalLegs(commissionPaidLegs(money(-minor, amount.currency)));
      this.books.post('commission_paid', `commission_payout:${id}:${branchId}`, branchId, at, legs, first.agentId);
    }
  }
}
