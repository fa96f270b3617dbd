import { it } from 'vitest';
import { useWorld } from '../testing';
import { layPayments, reportsEqualLedger } from './testing';

const world = useWorld();

it('P-20 every report equals the ledger through forty lives of it, in both countries', async () => {
  for (const tenant of [world.current.ks, world.current.mk]) await reportsEqualLedger(world.current.database.adminUrl, tenant, await layPayments(tenant), { runs: 20, moments: 4 });
}, 600_000);
