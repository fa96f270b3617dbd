import { describe, expect, it } from 'vitest';
import { isWithin, sameJson, valueAt, withValue } from './paths';

const doc = { rates: [{ category: 'standard', rateBp: 1800 }, { category: 'low', rateBp: 500 }], login: { attempts: 5 } };

describe('a document changed by path', () => {
  it('reads what stands at a path, and nothing of what only a prototype has', () => {
    expect(valueAt(doc, 'rates.1.rateBp')).toBe(500);
    expect(valueAt(doc, '')).toBe(doc);
    expect(valueAt(doc, 'rates.7.rateBp')).toBeUndefined();
    expect(valueAt(doc, 'constructor')).toBeUndefined();
    expect(valueAt(doc, 'login.attempts.deep')).toBeUndefined();
  });

  it('changes one place and leaves the rest the same objects', () => {
    const next = withValue(doc, 'rates.0.rateBp', 2000);
    expect(next.rates).toEqual([{ category: 'standard', rateBp: 2000 }, { category: 'low', rateBp: 500 }]);
    expect(next.login).toBe(doc.login);
    expect(next.rates[1]).toBe(doc.rates[1]);
    expect(doc.rates[0]?.rateBp).toBe(1800);
  });

  it('makes what is missing on the way, and takes away with undefined', () => {
    expect(withValue({}, 'memberSession.idleMinutes', 10)).toEqual({ memberSession: { idleMinutes: 10 } });
    expect(withValue(doc, 'login', undefined)).toEqual({ rates: doc.rates });
  });

  it('compares by content, not by the order of names', () => {
    expect(sameJson({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: undefined }, {})).toBe(false);
    expect(sameJson([], {})).toBe(false);
  });

  it('knows what lies below a path', () => {
    expect(isWithin('rates.0.rateBp', 'rates.0')).toBe(true);
    expect(isWithin('rates.01', 'rates.0')).toBe(false);
    expect(isWithin('anything', '')).toBe(true);
  });
});
