import assert from 'node:assert/strict';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { vi } from 'vitest';
import { addDays, addMonths, daysBetween, moneyToJson, newId, packRule, planOf, priceIn, todayIn, type DateOnly, type Money } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { watchMemberships } from '../../memberships/watch';
import {
  callerFor, deliver, enrolInputOf, eventOf, inboxOf, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, type TestEvent, type TestPerson, type TestTenant, type World,
} from '../../testing';
import { expectSame, type Member, type Period } from './same';
import { halfUp, PlainBooks, taxInside, type PlainSale } from './plain-books';

const day = 86_400_000;
const acts = [
  'join', 'join', 'join', 'enrol', 'enrol', 'enrol', 'renew', 'renew', 'renew', 'upgrade', 'upgrade', 'refundPart', 'refundPart', 'giveBack', 'dispute', 'dispute', 'handOver', 'bank', 'approve', 'payOut', 'leave',
  'pause', 'pause', 'pause', 'takeUp',
] as const;

/** One thing that somebody does, some hours after the one before; numbers are taken modulo what is there. */
export interface Step {
  readonly act: (typeof acts)[number];
  readonly hours: number;
  readonly branch: 0 | 1;
  readonly plan: 'asistenca' | 'asistenca_family';
  readonly which: number;
  readonly part: number;
}

/** About eighteen months, so that those who came in its first half renew. */
export const years: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({
  act: fc.constantFrom(...acts), hours: fc.integer({ min: 1, max: 95 }), branch: fc.constantFrom(0, 1), plan: fc.constantFrom('asistenca', 'asistenca_family'), which: fc.nat({ max: 10_000 }), part: fc.integer({ min: 1, max: 100 }),
}), { minLength: 330, maxLength: 330 });

/** Lives through a story in one country, with the product and with the plain books beside it. */
export class Year {
  private readonly members: Member[] = [];
  private readonly books: PlainBooks;
  private readonly cash: string;
  /** How often each thing was really done. */
  readonly done = new Map<string, number>();

  private constructor(private readonly world: World, private readonly tenant: TestTenant, private readonly system: TenantScope) {
    const rule = packRule(tenant.pack, 'commissions');
    const { new: first, renewal, upgrade } = rule.percentBp;
    this.books = new PlainBooks({ new: BigInt(first), renewal: BigInt(renewal), upgrade: BigInt(upgrade) }, new Map(rule.minimumPayout.map(({ currency, minor }) => [currency, BigInt(minor)])));
    this.cash = tenant.pack.currencies[0] ?? 'EUR';
  }

  static async of(world: World, tenant: TestTenant): Promise<Year> {
    return new Year(world, tenant, await systemScopeOf(tenant));
  }

  /** Does one thing at its moment; nothing where there is nothing to do it with. */
  async live(step: Step, at: Date): Promise<void> {
    vi.setSystemTime(at);
    await watchMemberships(this.system, at);
    for (const { pause } of this.resting()) if (pause.until <= this.today) pause.open = false;
    const did = await this[step.act](step);
    if (did) this.done.set(step.act, (this.done.get(step.act) ?? 0) + 1);
  }

  private get today(): DateOnly {
    return todayIn(this.tenant.pack.zone, new Date());
  }

  private as = async (person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(this.tenant, person), { ip: newId() });
  private read = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(this.system, work);

  private price(plan: string, currency: string): Money {
    return priceIn(planOf(packRule(this.tenant.pack, 'products'), plan), currency === 'MKD' ? 'MKD' : 'EUR');
  }

  private pick<T>(all: readonly T[], { which }: Step): T | undefined {
    return all.length === 0 ? undefined : all[which % all.length];
  }

  private async tell(event: TestEvent): Promise<void> {
    await deliver(this.tenant, event);
    await runJobs(this.world.database, { only: ['webhooks.process', 'commissions.settle'] });
    assert.deepEqual((await inboxOf(this.tenant, event.event_id)).map(({ status }) => status), ['done']);
  }

  /** The provider charges the card, and keeps 150 for itself. */
  private async charge(paymentId: string, gross: bigint): Promise<void> {
    const [row] = await this.read((tx) => tx.select().from(payments).where(eq(payments.id, paymentId)));
    assert.equal(row?.amountMinor, gross);
    await this.tell(eventOf('transaction.completed', transactionData({ id: row?.providerTransactionId ?? '', paymentId, status: 'completed', minor: gross })));
  }

  private sold(member: Member, facts: { paymentId: string; membershipId: string; gross: bigint; currency: string; share: PlainSale['share']; earner: 0 | 1 | null; receiptId?: string }): PlainSale {
    const { receiptId, ...sale } = facts;
    const rest = { ...sale, branch: member.branch, soldAt: new Date() };
    // the provider rounds its tax down
    if (receiptId === undefined) this.books.soldByCard({ ...rest, tax: (sale.gross * 18n) / 118n }, 150n);
    else this.books.soldForCash({ ...rest, tax: taxInside(sale.gross) }, receiptId);
    const made = this.books.sales.at(-1);
    if (made === undefined) throw new Error('nothing was sold');
    return made;
  }

  private async join({ plan, which }: Step): Promise<boolean> {
    const code = ([null, 0, 1] as const)[which % 3] ?? null;
    const sale = await pendingSale(this.tenant, { planCode: plan, ...(code === null ? {} : { referralCode: this.tenant.branches[code].agentCode }) });
    const { minor: gross } = this.price(plan, 'EUR');
    await this.charge(sale.paymentId, gross);
    const member: Member = { id: sale.userId, way: 'card', branch: code ?? 0, agent: code, periods: [], out: false };
    const made = this.sold(member, { paymentId: sale.paymentId, membershipId: sale.membershipId, gross, currency: 'EUR', share: 'new', earner: code });
    member.periods.push({ membershipId: sale.membershipId, plan, start: this.today, end: addMonths(this.today, 12), worth: gross, sale: made, receiptId: null, pauses: [], before: null });
    this.members.push(member);
    return true;
  }

  /** Nobody may hold more than the rule says: what an agent has is handed over first. */
  private async takeCash(branch: 0 | 1, gross: bigint): Promise<void> {
    const limit = packRule(this.tenant.pack, 'limits').cashInHand.find(({ currency }) => currency === this.cash);
    if (limit !== undefined && this.books.held(branch) + gross > BigInt(limit.minor)) await this.handOver({ branch, part: 100 });
  }

  private async enrol({ branch, plan }: Step): Promise<boolean> {
    const { minor: gross } = this.price(plan, this.cash);
    await this.takeCash(branch, gross);
    const sold = await (await this.as(this.tenant.branches[branch].agent)).enrolments.enrol(enrolInputOf(this.tenant, { planCode: plan }));
    await runJobs(this.world.database, { only: ['commissions.settle'] });
    const member: Member = { id: sold.memberId, way: 'cash', branch, agent: branch, periods: [], out: false };
    const made = this.sold(member, { paymentId: sold.paymentId ?? '', membershipId: sold.membershipId, gross, currency: this.cash, share: 'new', earner: branch, receiptId: sold.receiptId ?? '' });
    member.periods.push({ membershipId: sold.membershipId, plan, start: this.today, end: addMonths(this.today, 12), worth: gross, sale: made, receiptId: sold.receiptId ?? null, pauses: [], before: null });
    this.members.push(member);
    return true;
  }

  /** Buys the member what the quote of the day says, in the way of before. */
  private async buy(member: Member, kind: 'renewal' | 'upgrade', planCode: string, gross: bigint): Promise<{ membershipId: string; paymentId: string; receiptId?: string }> {
    if (member.way === 'card') {
      const api = await this.as({ id: member.id, role: 'member' });
      const idempotencyKey = newId();
      const bought = kind === 'renewal' ? await api.memberships.renew({ idempotencyKey }) : await api.memberships.upgrade({ planCode, idempotencyKey });
      const paymentId = bought.paymentId ?? '';
      await this.charge(paymentId, gross);
      return { membershipId: bought.membershipId, paymentId };
    }
    await this.takeCash(member.branch, gross);
    const api = await this.as(this.tenant.branches[member.branch].agent);
    const total = moneyToJson({ minor: gross, currency: this.price(planCode, this.cash).currency });
    const sold = await api.memberships.sellAtDesk({ memberId: member.id, kind, planCode, shown: total, amountTendered: total, idempotencyKey: newId() });
    await runJobs(this.world.database, { only: ['commissions.settle'] });
    return { membershipId: sold.membershipId, paymentId: sold.paymentId ?? '', receiptId: sold.receiptId ?? '' };
  }

  /** Who has a pause that lasts. */
  private resting() {
    return this.members.flatMap((member) => member.periods.flatMap((period) => period.pauses.filter(({ open }) => open).map((pause) => ({ member, period, pause }))));
  }

  private isResting(member: Member): boolean {
    return this.resting().some((one) => one.member === member);
  }

  /** Who was enrolled in the field has not signed in yet: the branch does it for them. */
  private forOr = async (member: Member) => await this.as(member.way === 'card' ? { id: member.id, role: 'member' } : this.tenant.branches[member.branch].manager);

  /** A month after its beginning, for a week at least, and for sixty days in a year of membership. */
  private async pause(step: Step): Promise<boolean> {
    const { today } = this;
    const left = (member: Member, { start }: Period): number => {
      const year = addMonths(start, 12) <= today ? addMonths(start, 12) : start;
      return 60 - member.periods.flatMap(({ pauses }) => pauses).filter(({ from }) => from >= year).reduce((sum, { from, until }) => sum + daysBetween(from, until), 0);
    };
    const found = this.pick(this.members.flatMap((member) => {
      const period = member.periods.at(-1);
      return !member.out && period !== undefined && addDays(period.start, 30) <= today && today < period.end && !this.isResting(member) && left(member, period) >= 7 ? [{ member, period }] : [];
    }), step);
    if (found === undefined) return false;
    const { member, period } = found;
    const most = left(member, period);
    const days = 7 + Math.floor(((most - 7) * step.part) / 100);
    const api = await this.forOr(member);
    const offer = await api.memberships.pausing({ id: period.membershipId });
    assert.deepEqual([offer.refusal, offer.least, offer.most], [null, 7, most]);
    await api.memberships.pause({ id: period.membershipId, days });
    period.pauses.push({ from: today, until: addDays(today, days), open: true });
    period.end = addDays(period.end, days);
    return true;
  }

  /** Taken up before its day: what was not paused comes off the end again. */
  private async takeUp(step: Step): Promise<boolean> {
    const { today } = this;
    const found = this.pick(this.resting().filter(({ member }) => !member.out), step);
    if (found === undefined) return false;
    const { member, period, pause } = found;
    await (await this.forOr(member)).memberships.resume({ id: period.membershipId });
    period.end = addDays(period.end, -daysBetween(today, pause.until));
    pause.until = today;
    pause.open = false;
    return true;
  }

  private async renew(step: Step): Promise<boolean> {
    const { today } = this;
    const near = this.members.filter((member) => !this.isResting(member)).filter(({ out, periods }) => !out && periods.length > 0 && daysBetween(today, periods.at(-1)?.end ?? today) < 30 && (periods.at(-1)?.start ?? today) <= today);
    const member = this.pick(near, step);
    const last = member?.periods.at(-1);
    if (member === undefined || last === undefined) return false;
    const currency = last.sale.currency;
    const { minor: gross } = this.price(last.plan, currency);
    const bought = await this.buy(member, 'renewal', last.plan, gross);
    const sale = this.sold(member, { ...bought, gross, currency, share: 'renewal', earner: member.agent });
    // early from the old end, late from the day of payment
    const start = last.end > today ? last.end : today;
    member.periods.push({ membershipId: bought.membershipId, plan: last.plan, start, end: addMonths(start, 12), worth: gross, sale, receiptId: bought.receiptId ?? null, pauses: [], before: null });
    return true;
  }

  private async upgrade(step: Step): Promise<boolean> {
    const { today } = this;
    const small = this.members.filter((member) => !this.isResting(member)).filter(({ out, periods }) => {
      const last = periods.at(-1);
      // what was paid for it has to be here still
      return !out && last?.plan === 'asistenca' && last.sale.refunded === 0n && last.start <= today && last.end > today;
    });
    const member = this.pick(small, step);
    const last = member?.periods.at(-1);
    if (member === undefined || last === undefined) return false;
    const currency = last.sale.currency;
    const days = daysBetween(last.start, last.end) - last.pauses.reduce((sum, { from, until }) => sum + daysBetween(from, until), 0);
    const credit = halfUp(last.worth * BigInt(Math.min(days, daysBetween(today, last.end))), BigInt(days));
    const { minor: worth } = this.price('asistenca_family', currency);
    const gross = worth - credit;
    const bought = await this.buy(member, 'upgrade', 'asistenca_family', gross);
    const sale = this.sold(member, { ...bought, gross, currency, share: 'upgrade', earner: member.agent });
    const before = { period: last, end: last.end };
    // what began today keeps its day
    last.end = last.start < today ? today : addDays(today, 1);
    member.periods.push({ membershipId: bought.membershipId, plan: 'asistenca_family', start: today, end: addMonths(today, 12), worth, sale, receiptId: bought.receiptId ?? null, pauses: [], before });
    return true;
  }

  private async adjust(sale: PlainSale, action: string, minor: bigint, tax: bigint): Promise<void> {
    const [row] = await this.read((tx) => tx.select().from(payments).where(eq(payments.id, sale.paymentId)));
    await this.tell(eventOf('adjustment.updated', { id: `adj_${newId()}`, action, status: 'approved', transaction_id: row?.providerTransactionId ?? '', currency_code: sale.currency, totals: { total: String(minor), tax: String(tax) } }));
  }

  /** The provider gives a part back, never all: that is what a dispute is for. */
  private async refundPart(step: Step): Promise<boolean> {
    const sale = this.pick(this.books.sales.filter(({ way, gross, refunded, disputed }) => way === 'card' && !disputed && gross - refunded > 100n), step);
    if (sale === undefined) return false;
    const minor = ((sale.gross - sale.refunded - 1n) * BigInt(step.part)) / 100n;
    if (minor <= 0n) return false;
    const tax = (minor * 18n) / 118n;
    await this.adjust(sale, 'refund', minor, tax);
    this.books.refundedByCard(sale, minor, tax);
    return true;
  }

  private async dispute(step: Step): Promise<boolean> {
    const sale = this.pick(this.books.sales.filter(({ way, refunded }) => way === 'card' && refunded === 0n), step);
    if (sale === undefined) return false;
    const tax = (sale.gross * 18n) / 118n;
    await this.adjust(sale, sale.disputed ? 'chargeback_reverse' : 'chargeback', sale.gross, tax);
    this.books.disputedByCard(sale, tax);
    for (const member of this.members) if (member.periods.some((period) => period.sale === sale)) member.out = true;
    return true;
  }

  /** Inside the window cash goes back whole; what it bought ends, and what it took the place of runs on. */
  private async giveBack(step: Step): Promise<boolean> {
    const { today } = this;
    const fresh = this.members.flatMap((member) => {
      const last = member.periods.at(-1);
      return member.way === 'cash' && !member.out && last !== undefined && last.sale.refunded === 0n && daysBetween(todayIn(this.tenant.pack.zone, last.sale.soldAt), today) <= 30 ? [{ member, last }] : [];
    });
    const found = this.pick(fresh, step);
    if (found === undefined) return false;
    const { member, last: { sale, membershipId, receiptId } } = found;
    const inHands = this.books.hands.some(({ id }) => id === receiptId);
    if (!inHands && this.books.till(sale.branch) < sale.gross) return false;
    const api = await this.as(this.tenant.admin);
    const offer = await api.refunds.offer({ membershipId });
    assert.deepEqual([offer.refusal, offer.method, offer.amount?.minor], [null, 'cash', sale.gross]);
    const from = inHands ? 'collector' : 'branch';
    assert.ok(offer.from.includes(from));
    await api.refunds.give({ membershipId, shown: { minor: String(sale.gross), currency: this.price('asistenca', sale.currency).currency }, from, note: 'Changed their mind', idempotencyKey: newId() });
    await runJobs(this.world.database, { only: ['commissions.settle'] });
    assert.equal(this.books.givenBackInCash(sale, receiptId ?? ''), from);
    member.out = true;
    return true;
  }

  private async handOver({ branch, part }: Pick<Step, 'branch' | 'part'>): Promise<boolean> {
    const ids = this.books.hands.filter(({ agent }) => agent === branch).map(({ id }) => id);
    if (ids.length === 0) return false;
    const { agent, manager } = this.tenant.branches[branch];
    const { handovers: [made, ...more] } = await (await this.as(agent)).cash.handOver({ ids });
    assert.deepEqual([more.length, made?.amount.minor], [0, this.books.held(branch)]);
    // one in five times something is missing
    const missing = part <= 20 ? BigInt(part) : 0n;
    const counted = this.books.held(branch) - missing;
    await (await this.as(manager)).cash.confirm({ id: made?.id ?? '', counted: { minor: String(counted), currency: this.price('asistenca', this.cash).currency }, note: 'Counted twice' });
    this.books.handedOver(branch, made?.id ?? '', this.cash, missing);
    return true;
  }

  private async bank({ branch }: Step): Promise<boolean> {
    const ids = this.books.counted.filter((one) => one.branch === branch).map(({ id }) => id);
    if (ids.length === 0 || this.books.till(branch) <= 0n) return false;
    const { amount } = await (await this.as(this.tenant.branches[branch].manager)).cash.bank({ ids, slip: `UP-${newId()}`, depositedOn: this.today });
    assert.equal(amount.minor, this.books.banked(branch, this.cash));
    return true;
  }

  private async approve({ branch }: Step): Promise<boolean> {
    const { approved } = await (await this.as(this.tenant.admin)).commissions.approve({ agentIds: [this.tenant.branches[branch].agent.id], until: new Date() });
    assert.equal(approved, this.books.approve(branch));
    return approved > 0;
  }

  private async payOut({ branch }: Step): Promise<boolean> {
    if (this.books.open(branch).length === 0) return false;
    const before = this.books.payouts.length;
    const { payouts } = await (await this.as(this.tenant.admin)).commissions.payOut({ agentIds: [this.tenant.branches[branch].agent.id], paidOn: this.today, until: new Date(), idempotencyKey: newId() });
    this.books.payOut(branch);
    assert.equal(payouts.length, this.books.payouts.length - before);
    return payouts.length > 0;
  }

  private async leave(step: Step): Promise<boolean> {
    const { today } = this;
    const member = this.pick(this.members.filter(({ out, periods }) => !out && periods.length === 1 && (periods[0]?.end ?? today) > addDays(today, 1)), step);
    if (member === undefined) return false;
    const api = this.isResting(member) ? await this.as(this.tenant.branches[member.branch].manager) : await this.forOr(member);
    await api.memberships.cancel({ id: member.periods[0]?.membershipId ?? '' });
    member.out = true;
    return true;
  }

  /** What the product holds is what the plain books say. */
  async expectEqual(): Promise<void> {
    await expectSame(this.world, this.tenant, this.books, this.members);
  }
}

/** When each step of a story happens, from one instant on. */
export const momentsOf = (story: readonly Step[], first: Date): Date[] => {
  let at = first.getTime();
  return story.map(({ hours }) => {
    at += (hours * day) / 24;
    return new Date(at);
  });
};
