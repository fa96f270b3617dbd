import { describe, expect, it } from 'vitest';
import { mergeEdits } from './merge-edits';

const base = { login: { attempts: 5, windowMinutes: 15 }, types: ['a'], session: { idleMinutes: 60 } };

describe('two people edit the same draft', () => {
  it('keeps both where they touched other fields', () => {
    const mine = { ...base, login: { attempts: 4, windowMinutes: 15 } };
    const theirs = { ...base, login: { attempts: 5, windowMinutes: 30 } };
    expect(mergeEdits(base, mine, theirs)).toEqual({ ...base, login: { attempts: 4, windowMinutes: 30 } });
  });

  it('lets mine win where both touched the same field, and lists count as one', () => {
    expect(mergeEdits(base, { ...base, types: ['a', 'b'] }, { ...base, types: ['c'] })).toEqual({ ...base, types: ['a', 'b'] });
    expect(mergeEdits({ x: null }, { x: 1 }, { x: 2 })).toEqual({ x: 1 });
  });

  it('takes theirs whole when I changed nothing, and null as a value like any other', () => {
    expect(mergeEdits(base, structuredClone(base), { other: true })).toEqual({ other: true });
    expect(mergeEdits({ until: '2026-01-01' }, { until: null }, { until: '2026-01-01', from: 'x' })).toEqual({ until: null, from: 'x' });
  });

  it('leaves out what one of them took away, unless the other changed it', () => {
    const names = { mk: 'А', sq: 'B' };
    expect(mergeEdits(names, { mk: 'А' }, { ...names, en: 'C' })).toEqual({ mk: 'А', en: 'C' });
    expect(mergeEdits(names, { ...names, mk: 'Ѓ' }, { mk: 'А' })).toEqual({ mk: 'Ѓ' });
    expect(mergeEdits(names, { mk: 'А', sq: 'D' }, { mk: 'А' })).toEqual({ mk: 'А', sq: 'D' });
  });
});
