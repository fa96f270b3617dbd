import type { StoredRule } from '../editor';

type Products = StoredRule<'products'>;
export type PlanEntry = Products['plans'][number];
export type AddonEntry = Products['addons'][number];
export type DiscountEntry = Products['discounts'][number];
export type InstalmentsEntry = Products['instalments'][number];
export type CouponEntry = Products['coupons'][number];

/** The lists of a products document whose entries have codes. */
export type ListName = 'plans' | 'addons' | 'discounts' | 'coupons' | 'instalments';

const codePatterns: Readonly<Record<ListName, RegExp>> = {
  plans: /^[a-z][a-z0-9_]{1,39}$/u, addons: /^[a-z][a-z0-9_]{1,39}$/u, discounts: /^[a-z][a-z0-9_]{1,39}$/u, coupons: /^[A-Z0-9][A-Z0-9-]{2,29}$/u,
  instalments: /^[a-z][a-z0-9_]{1,39}$/u,
};

/** A code as it would be stored of what somebody typed. */
export const typedCode = (list: ListName, text: string): string => (list === 'coupons' ? text.trim().toUpperCase() : text.trim().toLowerCase());

export const isCode = (list: ListName, code: string): boolean => codePatterns[list].test(code);

/** A free code made from another one: `family_2`, `SPRING-2`. */
export function freeCode(list: ListName, from: string, taken: readonly string[]): string {
  const mark = list === 'coupons' ? '-' : '_';
  const stem = from.replace(/[-_]\d+$/u, '').slice(0, list === 'coupons' ? 26 : 36);
  for (let n = 2; ; n += 1) {
    const code = `${stem}${mark}${String(n)}`;
    if (!taken.includes(code)) return code;
  }
}

/** The list with one entry a place earlier or later; the same list where there is no such place. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [entry, other] = [list[index], list[index + by]];
  if (entry === undefined || other === undefined) return list;
  return list.map((one, at) => (at === index ? other : at === index + by ? entry : one));
}

/** Plans in the order in which pages show them, their numbers made to say so. */
export const inOrder = (plans: readonly PlanEntry[]): readonly PlanEntry[] => plans.map((plan, index) => ({ ...plan, sort: (index + 1) * 10 }));

/** A plan that nobody can buy or see any more. Members who have it keep it. */
export const isArchived = ({ visible, channels }: PlanEntry): boolean => !visible && channels.length === 0;
export const archived = (plan: PlanEntry): PlanEntry => ({ ...plan, visible: false, channels: [] });
export const restored = (plan: PlanEntry): PlanEntry => ({ ...plan, visible: true, channels: ['self_service', 'agent', 'branch'] });

export const newPlan = (code: string): PlanEntry => ({
  code, sort: 1000, visible: false, channels: ['agent', 'branch'], titles: {}, summaries: {}, benefits: {}, prices: [], periodMonths: 12, covers: {}, peopleLimit: 1, family: null, mattersPerYear: 0, successFee: null,
});
export const newAddon = (code: string): AddonEntry => ({ code, titles: {}, summaries: {}, plans: [], channels: ['self_service', 'agent', 'branch'], prices: [], extraMatters: 0 });
// a share of nothing is refused until somebody says how much
export const newDiscount = (code: string): DiscountEntry => ({ code, titles: {}, reduction: { kind: 'percent', percentBp: 0 }, plans: [], from: null, until: null, when: null, combines: false });
export const newCoupon = (code: string): CouponEntry => ({ ...newDiscount(code), maxUses: null });
export const newInstalments = (code: string): InstalmentsEntry => ({
  code, titles: {}, plans: [], channels: ['self_service', 'agent', 'branch'], parts: 2, everyMonths: 1, surchargeBp: 0, firstPartBp: null, when: null,
});
