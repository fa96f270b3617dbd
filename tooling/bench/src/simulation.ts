import { startWorker } from '@interdomestik/api/jobs';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { growMembers } from '@interdomestik/db/seed';
import { Pool } from 'pg';
import type { BenchDatabase } from './database';
import { adminScope, callerOf } from './people';
import { median } from './rounds';

const days = 365;
const rounds = 3;

export interface SimulationFigures {
  /** Members of the tenant, and sales of theirs within the year that was tried. */
  readonly members: number;
  readonly sales: number;
  /** From asking for it to its stored result, the queue included; the middle of the rounds. */
  readonly seconds: number;
  readonly perSecond: number;
  /** The same rows read at once by a bare connection that no policy binds. */
  readonly bareSeconds: number;
  /** Times that the progress was seen to move. */
  readonly progressSeen: number;
}

// what a simulation reads of a sale, in one piece
const bareRead = `
  select m.id, m.branch_id, b.code, m.plan_code, m.channel, m.currency, m.price_minor, p.billed, m.addon_codes, m.people, m.receipt -> 'inputs' as inputs, (m.created_at at time zone 'Europe/Skopje')::date as sold_on
  from memberships m join branches b on b.tenant_id = m.tenant_id and b.id = m.branch_id
  left join (select membership_id, sum(amount_minor) as billed from payments where tenant_id = $1 and paid_at is not null group by membership_id) p on p.membership_id = m.id
  where m.tenant_id = $1 and m.activated_at is not null and m.created_at >= now() - make_interval(days => $2)`;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

type Caller = ReturnType<typeof callerOf>;

/** A draft in which every plan costs a tenth more. */
async function dearerDraft(caller: Caller): Promise<string> {
  const { inForce, draft } = await caller.settings.kind({ kind: 'products' });
  if (draft !== null) return draft.id;
  const value = inForce.value as { plans: { prices: { minor: string; currency: string }[] }[] };
  const plans = value.plans.map((plan) => ({ ...plan, prices: plan.prices.map((price) => ({ ...price, minor: String((BigInt(price.minor) * 11n) / 10n) })) }));
  return (await caller.settings.saveDraft({ kind: 'products', id: null, revision: null, value: { ...value, plans }, note: 'bench' })).id;
}

async function once(callerNow: () => Caller, settingId: string): Promise<{ seconds: number; sales: number; seen: number }> {
  const began = performance.now();
  const { id } = await callerNow().simulation.start({ settingId, days });
  const seen = new Set<number>();
  for (;;) {
    const { status, done, total, errorKey } = await callerNow().simulation.get({ id });
    if (status === 'running') seen.add(done);
    if (status === 'done') return { seconds: (performance.now() - began) / 1000, sales: total ?? 0, seen: seen.size };
    if (status === 'failed') throw new Error(`the simulation failed: ${errorKey ?? ''}`);
    await pause(100);
  }
}

/** A price draft tried on a year of a tenant with that many members, by a worker and its queue, beside the bare read of the same rows. */
export async function benchSimulation(database: BenchDatabase, slug: string, members: number): Promise<SimulationFigures> {
  await growMembers({ ownerUrl: database.ownerUrl, members: { [slug]: members } });
  await connectDatabase({ appUrl: database.appUrl, max: 10, applicationName: 'interdomestik-bench' });
  const bare = new Pool({ connectionString: database.backupUrl, max: 1 });
  const worker = await startWorker({ databaseUrl: database.appUrl, pollMs: 200 });
  try {
    const scope = await adminScope(slug);
    const settingId = await dearerDraft(callerOf(scope));
    const runs: Awaited<ReturnType<typeof once>>[] = [];
    const bareTimes: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await once(() => callerOf(scope), settingId));
      const began = performance.now();
      await bare.query(bareRead, [scope.tenantId, days]);
      bareTimes.push((performance.now() - began) / 1000);
    }
    const seconds = median(runs.map((run) => run.seconds));
    const sales = runs[0]?.sales ?? 0;
    return { members, sales, seconds, perSecond: sales / seconds, bareSeconds: median(bareTimes), progressSeen: median(runs.map(({ seen }) => seen)) };
  } finally {
    await worker.stop();
    await bare.end();
    await closeDatabase();
  }
}
