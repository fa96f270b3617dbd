import * as argon2 from '@node-rs/argon2';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './passwords';

// the real functions, watched: how often they run, and how many at once
vi.mock('@node-rs/argon2', { spy: true });

let running = 0;
let most = 0;
beforeEach(async () => {
  const real = await vi.importActual<typeof argon2>('@node-rs/argon2');
  running = 0;
  most = 0;
  const watched = <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) => async (...given: Arguments): Promise<Result> => {
    running += 1;
    most = Math.max(most, running);
    try {
      return await work(...given);
    } finally {
      running -= 1;
    }
  };
  vi.mocked(argon2.verify).mockReset().mockImplementation(watched(real.verify));
  vi.mocked(argon2.hash).mockReset().mockImplementation(watched(real.hash));
});

describe('S-06 passwords', () => {
  it('are argon2id with our parameters, and are not cut at 72 bytes or anywhere else', async () => {
    for (const body of ['ж'.repeat(80), 'a b '.repeat(63), '\u0000'.repeat(20), '🦊'.repeat(100)]) {
      const stored = await hashPassword(`${body}1`);
      expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
      expect(await verifyPassword(stored, `${body}1`)).toBe(true);
      expect(await verifyPassword(stored, `${body}2`)).toBe(false);
      expect(await verifyPassword(stored, body)).toBe(false);
      expect(needsRehash(stored)).toBe(false);
    }
  });

  it('are the same however an accent or a wide letter was typed, when they are set and when they are given', async () => {
    const spellings = ['Përshëndetje çaj', 'Pe\u0308rshe\u0308ndetje c\u0327aj', 'Ｐërshëndetje\u00a0çaj'];
    expect(new Set(spellings).size).toBe(3);
    for (const set of spellings) {
      const stored = await hashPassword(set);
      for (const given of spellings) expect(await verifyPassword(stored, given)).toBe(true);
      expect(await verifyPassword(stored, 'Pershendetje caj')).toBe(false);
    }
  });

  it('belong to a hash alone: without one, or with a broken one, they are wrong', async () => {
    expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
    expect(await verifyPassword('not a hash', 'nobody has this password')).toBe(false);
    expect(await verifyPassword(await hashPassword('x'.repeat(300)), 'x'.repeat(300))).toBe(false);
  });

  it('are hashed anew when any parameter has grown', () => {
    const today = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA';
    expect(needsRehash(today)).toBe(false);
    for (const old of [today.replace('m=19456', 'm=4096'), today.replace('t=2', 't=1'), today.replace('p=1', 'p=0'), today.replace('argon2id', 'argon2i'), '$2b$10$abc', '']) expect([old, needsRehash(old)]).toEqual([old, true]);
  });

  it('S-05 of nobody cost what those of somebody cost: one hash of the same parameters', async () => {
    const stored = await hashPassword('correct horse');
    await verifyPassword(null, 'warm');
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (const [kind, hash] of [['known', stored], ['unknown', null], ['known', stored], ['unknown', null], ['known', stored], ['unknown', null]] as const) {
      vi.mocked(argon2.verify).mockClear();
      const began = performance.now();
      expect(await verifyPassword(hash, 'wrong')).toBe(false);
      times[kind].push(performance.now() - began);
      expect(argon2.verify).toHaveBeenCalledTimes(1);
      expect(vi.mocked(argon2.verify).mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
    }
    const median = (list: number[]): string => (list.toSorted((a, b) => a - b)[1] ?? 0).toFixed(1);
    // oxlint-disable-next-line no-console -- the figure is for whoever reads; on a shared machine it decides nothing
    console.log(`a wrong password of somebody takes ${median(times.known)} ms, of nobody ${median(times.unknown)} ms`);
  }, 60_000);

  it('are hashed four at a time, wait in a line of bounded length, and are then refused', async () => {
    await verifyPassword(null, 'warm');
    const many = await Promise.allSettled(Array.from({ length: 130 }, (_, index) => (index % 2 === 0 ? verifyPassword(null, 'wrong') : hashPassword('a quiet river'))));
    const refused = many.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(26);
    expect(refused.every((one) => (one.reason as { code: string }).code === 'RATE_LIMITED')).toBe(true);
    expect(most).toBe(4);
    expect(await verifyPassword(null, 'wrong')).toBe(false);
  }, 60_000);
});
