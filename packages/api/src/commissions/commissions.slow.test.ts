import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addColleague } from '../attacks/people';
import { useWorld } from '../testing';
import { happenings, liveThrough } from './testing';

const world = useWorld();

it('P-13 long lives of commissions in both tenants leave what a plain model leaves', async () => {
  const seed = Date.now() % 1_000_000_000;
  let lives = 0;
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(happenings, { minLength: 60, maxLength: 120 }), async (here, story) => {
    const tenant = here ? world.current.ks : world.current.mk;
    const agents = await Promise.all([0, 1, 2].map(() => addColleague(tenant, { role: 'agent', branchId: tenant.branches[0].id, firstName: 'Seller' })));
    await liveThrough(tenant, agents, story);
    lives += 1;
  }), { numRuns: 25, seed });
  // oxlint-disable-next-line no-console -- the seed is told, so that a failure can be lived again
  console.log(`P-13 commissions: ${String(lives)} lives, seed ${String(seed)}`);
  expect(lives).toBe(25);
}, 1_200_000);
