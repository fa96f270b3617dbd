import { addDays, instantOf, isDomainError, isTriedKind, todayIn, Trial, type TriedKind } from '@interdomestik/rules';
import { snapshotTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { ruleSimulations } from '@interdomestik/db/schema';
import { z } from 'zod';
import { defineJob } from '../jobs/registry';
import { countHistory, tryClaims, trySales, type Window } from './history';
import { Progress, Stopped, unfinished } from './progress';
import { storeFailure, storeResult, type Result } from './result';
import { draftOf, trialRules } from './trial-rules';

interface Order {
  readonly id: string;
  readonly settingId: string;
  readonly kind: TriedKind;
  readonly documentHash: string;
  readonly days: number;
  readonly createdAt: Date;
}

/** The simulation that is to be run; null when it is done, cancelled or gone. */
async function orderOf(scope: TenantScope, id: string): Promise<Order | null> {
  const [row] = await withTenant(scope, (tx) => tx.select().from(ruleSimulations).where(unfinished(scope, id)));
  return row === undefined || !isTriedKind(row.kind) ? null : { ...row, kind: row.kind };
}

/** The first moment of the day that many days before the simulation was asked for, so that a day counts whole. */
function windowOf(scope: TenantScope, { days, createdAt }: Order, branchId: string | null): Window {
  const zone = scope.tenant.timeZone;
  return { since: instantOf(addDays(todayIn(zone, createdAt), -days), zone), until: createdAt, branchId };
}

const looksAt = (kind: TriedKind) => ({ sales: kind !== 'workflows', claims: kind !== 'tax' });

async function runTrial(scope: TenantScope, order: Order): Promise<Result> {
  // rules as they stood when it was asked for, so that a second run finds the same
  const { draft, rules } = await withTenant(scope, async (tx) => {
    const open = await draftOf(tx, scope, order.settingId, false);
    return { draft: open, rules: await trialRules(tx, scope, open, order.createdAt) };
  });
  if (rules.hash !== order.documentHash) throw new Stopped('the draft was changed before it was tried');
  const window = windowOf(scope, order, draft.branchId);
  const trial = new Trial(order.kind, rules, window.until);
  const progress = new Progress(scope, order.id);
  const what = looksAt(order.kind);
  await snapshotTenant(scope, async (snapshot) => {
    await progress.begin(await countHistory(snapshot, scope, window, what), new Date());
    const step = (done: number) => progress.add(done);
    if (what.sales) await trySales(snapshot, scope, window, trial, step);
    if (what.claims) await tryClaims(snapshot, scope, window, trial, order.kind === 'workflows' ? 'steps' : 'fees', step);
  });
  return trial.result();
}

/** Tries a draft on what has happened. Reads in a transaction that cannot write, and stores its result in one that can. */
export async function simulate(scope: TenantScope, simulationId: string): Promise<void> {
  const order = await orderOf(scope, simulationId);
  if (order === null) return;
  try {
    await storeResult(scope, order, await runTrial(scope, order), new Date());
  } catch (error) {
    if (error instanceof Stopped) await storeFailure(scope, order.id, 'errors.simulation.changed', new Date());
    // what a rule refuses it refuses again: trying once more would change nothing
    else if (isDomainError(error) || error instanceof RangeError) await storeFailure(scope, order.id, isDomainError(error) ? error.messageKey : 'errors.simulation.calendar', new Date());
    else throw error;
  }
}

/** `retries`: a worker that was killed comes back to it. */
export const simulateJob = defineJob({
  name: 'settings.simulate',
  payload: z.object({ simulationId: z.uuid() }),
  retries: 3,
  // keeps a processor busy and holds a connection
  atOnce: 1,
  expireSeconds: 120,
  asks: 'settings.read',
  run: async (scope, { simulationId }) => { await simulate(scope, simulationId); },
});
