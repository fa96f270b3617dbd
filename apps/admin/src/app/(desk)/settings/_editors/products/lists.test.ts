import { addonSchema, couponSchema, discountSchema, planSchema } from '@interdomestik/rules/rule-sets';
import { describe, expect, it } from 'vitest';
import { archived, freeCode, inOrder, isArchived, isCode, moved, newAddon, newCoupon, newDiscount, newPlan, restored, typedCode } from './lists';

describe('the lists of a products document', () => {
  it('move an entry by one place and stop at the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('number the plans as they stand', () => {
    expect(inOrder([newPlan('b_plan'), newPlan('a_plan')]).map(({ code, sort }) => [code, sort])).toEqual([['b_plan', 10], ['a_plan', 20]]);
  });

  it('make a free code of a taken one, which its own schema takes', () => {
    expect(freeCode('plans', 'family', ['family', 'family_2'])).toBe('family_3');
    expect(freeCode('plans', 'family_2', ['family_2'])).toBe('family_3');
    expect(freeCode('coupons', 'SPRING', [])).toBe('SPRING-2');
    for (const list of ['plans', 'coupons'] as const) {
      const long = typedCode(list, 'a'.repeat(list === 'plans' ? 40 : 30));
      expect(isCode(list, freeCode(list, long, [long]))).toBe(true);
    }
    expect([isCode('plans', 'Plan'), isCode('plans', '2a'), isCode('coupons', 'ab'), isCode('coupons', typedCode('coupons', ' spring-26 '))]).toEqual([false, false, false, true]);
  });

  it('take a plan out of sale and back, and leave it as it is otherwise', () => {
    const plan = { ...newPlan('plus'), visible: true };
    expect(isArchived(archived(plan))).toBe(true);
    expect(restored(archived(plan))).toEqual({ ...plan, channels: ['self_service', 'agent', 'branch'] });
  });

  it('begin entries that only lack what a person has to say', () => {
    const titles = { en: 'x' };
    const texts = { titles, summaries: titles, covers: titles, benefits: { en: ['x'] } };
    expect(planSchema.safeParse({ ...newPlan('plus'), ...texts }).success).toBe(true);
    expect(addonSchema.safeParse({ ...newAddon('extra'), ...texts, plans: ['plus'], prices: [{ minor: '1', currency: 'EUR' }] }).success).toBe(true);
    const reduction = { kind: 'percent', percentBp: 500 };
    expect(discountSchema.safeParse({ ...newDiscount('young'), titles, reduction }).success).toBe(true);
    expect(couponSchema.safeParse({ ...newCoupon('YOUNG'), titles, reduction }).success).toBe(true);
    for (const empty of [planSchema.safeParse(newPlan('plus')), addonSchema.safeParse(newAddon('extra')), discountSchema.safeParse(newDiscount('young'))]) expect(empty.success).toBe(false);
  });
});
