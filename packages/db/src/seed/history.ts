import { addDays, addMonths, addYears, daysBetween, periodOfMonths, type DateOnly, type MembershipStatus, type PaymentMethod, type Period } from '@interdomestik/rules';
import { instantOn, type StaffMember, type TenantSeed } from './context';

/** One purchase in a member's story. */
export interface Purchase {
  readonly planCode: string;
  readonly method: PaymentMethod | 'free';
  readonly channel: 'self_service' | 'agent';
  readonly status: MembershipStatus;
  /** Null while it is not paid. */
  readonly period: Period | null;
  readonly boughtAt: Date;
  readonly canceledAt: Date | null;
}

/** A member's story before it has rows: who brought the person, and every purchase, oldest first. */
export interface Story {
  readonly branchIndex: number;
  readonly agent: StaffMember | null;
  readonly referrer: StaffMember | null;
  readonly purchases: readonly Purchase[];
}

const endings = { active: 62, past_due: 6, lapsed: 9, expired: 7, canceled: 6, pending: 6, paused: 2, free: 4 } as const;
type Ending = keyof typeof endings;

/** Period of the newest purchase, placed so that its status is true today. */
function lastPeriod({ today, random }: TenantSeed, ending: Ending): Period {
  const backFrom = (end: DateOnly): Period => ({ start: addMonths(end, -12), end });
  switch (ending) {
    case 'past_due': return backFrom(addDays(today, -random.int(1, 12)));
    case 'lapsed': return backFrom(addDays(today, -random.int(20, 300)));
    case 'expired': return backFrom(addDays(today, -random.int(1, 400)));
    // more sales lately than a year ago
    default: return periodOfMonths(addDays(today, -Math.floor(random.next() ** 1.8 * 360)), 12);
  }
}

function planFor(seed: TenantSeed, ending: Ending, bySeller: boolean): string {
  if (ending === 'free') return 'free_start';
  return seed.random.weighted({ asistenca: 60, asistenca_family: 33, business: bySeller ? 8 : 0 });
}

/** Times of day at which people buy, and on which desks close. */
const boughtOn = (seed: TenantSeed, day: DateOnly): Date => instantOn(seed, day, seed.random.int(8 * 60, 19 * 60));

/** The story of the `index`-th member. The first one is the demo member: two paid years with a family. */
export function drawStory(seed: TenantSeed, index: number): Story {
  const { random, today } = seed;
  const branchIndex = index === 0 ? 0 : random.int(0, seed.branches.length - 1);
  const branchId = seed.branches[branchIndex]?.id;
  const sellers = seed.staff.filter((one) => one.role === 'agent' && one.branchId === branchId);
  const promoter = seed.staff.find((one) => one.role === 'promoter' && one.branchId === branchId) ?? null;
  if (index === 0) return { branchIndex, agent: sellers[0] ?? null, referrer: null, purchases: demoPurchases(seed) };
  const ending = random.weighted(endings);
  const agent = ending === 'free' || random.chance(0.38) ? null : random.pick(sellers);
  const referrer = agent === null && random.chance(0.3) ? promoter : null;
  const planCode = planFor(seed, ending, agent !== null);
  const methodOf = (): PaymentMethod => (agent === null ? 'card' : random.weighted({ cash: 66, bank_transfer: 16, card: 18 }));
  const base = { planCode, channel: agent === null ? ('self_service' as const) : ('agent' as const), canceledAt: null };
  if (ending === 'pending') {
    return { branchIndex, agent, referrer, purchases: [{ ...base, method: 'card', status: 'pending', period: null, boughtAt: boughtOn(seed, addDays(today, -random.int(0, 18))) }] };
  }
  const last = lastPeriod(seed, ending);
  const years = ending === 'free' ? 0 : random.weighted({ '0': 52, '1': 28, '2': 14, '3': 6 });
  const purchases: Purchase[] = [];
  for (let back = Number(years); back > 0; back -= 1) {
    const period = { start: addYears(last.start, -back), end: addYears(last.start, -back + 1) };
    if (daysBetween(period.start, addYears(today, -4)) > 0) continue;
    purchases.push({ ...base, method: methodOf(), status: 'expired', period, boughtAt: boughtOn(seed, addDays(period.start, purchases.length === 0 ? 0 : -random.int(0, 9))) });
  }
  const boughtAt = boughtOn(seed, addDays(last.start, purchases.length === 0 ? 0 : -random.int(0, 9)));
  const leaves = ending === 'canceled' || ending === 'expired';
  const span = Math.max(1, Math.min(daysBetween(last.start, today), 330));
  purchases.push({
    ...base, method: ending === 'free' ? 'free' : methodOf(), status: ending === 'free' ? 'active' : ending, period: last, boughtAt,
    canceledAt: leaves ? boughtOn(seed, addDays(last.start, random.int(1, span))) : null,
  });
  return { branchIndex, agent, referrer, purchases };
}

function demoPurchases(seed: TenantSeed): Purchase[] {
  const start = addMonths(seed.today, -4);
  const base = { planCode: 'asistenca_family', method: 'card' as const, channel: 'self_service' as const, canceledAt: null };
  const first = { start: addYears(start, -1), end: start };
  return [
    { ...base, status: 'expired', period: first, boughtAt: instantOn(seed, first.start, 10 * 60 + 12) },
    { ...base, status: 'active', period: periodOfMonths(start, 12), boughtAt: instantOn(seed, addDays(start, -3), 18 * 60 + 40) },
  ];
}
