import { describe, expect, it } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './passwords';

describe('S-06 passwords', () => {
  it('are argon2id with our parameters, and are not cut at 72 bytes', async () => {
    const long = `${'ж'.repeat(80)}1`;
    const stored = await hashPassword(long);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
    expect(await verifyPassword(stored, long)).toBe(true);
    expect(await verifyPassword(stored, `${'ж'.repeat(80)}2`)).toBe(false);
    expect(await verifyPassword(null, long)).toBe(false);
    expect(await verifyPassword('not a hash', long)).toBe(false);
    expect(needsRehash(stored)).toBe(false);
    expect(needsRehash(stored.replace('m=19456', 'm=4096'))).toBe(true);
  });

  it('of nobody take as long as those of somebody', async () => {
    const stored = await hashPassword('correct horse');
    await verifyPassword(null, 'warm');
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    // in turns, so that a busy moment of the machine meets both
    for (let round = 0; round < 9; round += 1) {
      for (const [kind, hash] of [['known', stored], ['unknown', null]] as const) {
        const began = performance.now();
        await verifyPassword(hash, 'wrong');
        times[kind].push(performance.now() - began);
      }
    }
    const median = (list: number[]): number => list.toSorted((a, b) => a - b)[4] ?? 0;
    const [known, unknown] = [median(times.known), median(times.unknown)];
    // the machine is shared, so this is wide: a missing dummy hash would be a hundred times faster
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  }, 60_000);

  it('wait in a line of bounded length, then are refused', async () => {
    const many = await Promise.allSettled(Array.from({ length: 130 }, () => verifyPassword(null, 'wrong')));
    const refused = many.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(26);
    expect(refused.every((one) => (one.reason as { code: string }).code === 'RATE_LIMITED')).toBe(true);
    expect(await verifyPassword(null, 'wrong')).toBe(false);
  }, 60_000);
});
