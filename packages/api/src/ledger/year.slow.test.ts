import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { usePaddle, useWorld } from '../testing';
import { momentsOf, Year, years } from './testing/year';

const world = useWorld();
usePaddle(world);
afterEach(() => {
  vi.useRealTimers();
});

it('P-12 P-13 P-20 a year of sales, renewals, upgrades, pauses, refunds, disputes, cash and commissions leaves in both countries what plain books say', async () => {
  const { mk, ks } = world.current;
  await fc.assert(fc.asyncProperty(years, years, async (here, there) => {
    // with the day of a leap year, both changes of the clock and two ends of a year
    const first = new Date('2027-11-20T08:00:00Z');
    vi.useFakeTimers({ toFake: ['Date'], now: first });
    const lives = [[await Year.of(world.current, mk), here], [await Year.of(world.current, ks), there]] as const;
    const story = lives.flatMap(([year, steps]) => momentsOf(steps, first).map((at, index) => ({ year, step: steps[index], at }))).toSorted((a, b) => a.at.getTime() - b.at.getTime());
    for (const [index, { year, step, at }] of story.entries()) {
      if (step !== undefined) await year.live(step, at);
      if (index % 60 === 59) for (const [other] of lives) await other.expectEqual();
    }
    for (const [year] of lives) {
      await year.expectEqual();
      // a story in which little happened would show little
      expect([...year.done.keys()].toSorted()).toEqual(['approve', 'bank', 'dispute', 'enrol', 'giveBack', 'handOver', 'join', 'leave', 'pause', 'payOut', 'refundPart', 'renew', 'takeUp', 'upgrade']);
    }
  }), { numRuns: 1, endOnFailure: true });
});
