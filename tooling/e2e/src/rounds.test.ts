import { describe, expect, it } from 'vitest';
import { roundsOf } from './rounds';

describe('roundsOf', () => {
  it('keeps what belongs to a country in a row, and what may touch everything for the end', () => {
    expect(roundsOf(['hosts: a', 'ks: a', 'alone: a', 'mk: a', 'S-01 a', 'ks: b', 'a person', 'alone: b', 'I-24 a'])).toEqual({
      countries: [['hosts: a'], ['ks: a', 'ks: b'], ['mk: a']],
      free: ['S-01 a', 'a person', 'I-24 a'],
      alone: ['alone: a', 'alone: b'],
    });
  });
});
