import { ruleOf } from '@interdomestik/api';
import { closeDatabase, connectDatabase, findTenant, readTenant, resolveScope, type TenantScope } from '@interdomestik/db';
import { branches } from '@interdomestik/db/schema';
import { nextStates, quote, todayIn } from '@interdomestik/rules';
import { env } from './env';
import { compare, quantile, type Side } from './rounds';
import type { WarmFigures } from './rules';
import { countStatements } from './statement';

/* A warm process, as the product's own are: it prices and judges, and says what that costs it. */
const batch = 500;

/** A side that does its work in batches, so that looking at the clock costs nothing beside it. `work` does one batch. */
function inBatches(work: () => Promise<void> | void): Side {
  return async (milliseconds) => {
    const began = performance.now();
    const until = began + milliseconds;
    const times: number[] = [];
    while (performance.now() < until) {
      const start = performance.now();
      await work();
      times.push((performance.now() - start) / batch);
    }
    return { perSecond: (times.length * batch * 1000) / (performance.now() - began), p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  };
}

/** What this processor does with a small document, in the same rounds: what the figures are to be read against. */
function calibration(document: unknown): Side {
  const text = JSON.stringify(document);
  return inBatches(() => {
    for (let n = 0; n < batch; n += 1) if (JSON.parse(text) === null) throw new Error('nothing was read');
  });
}

async function priceOf(scope: TenantScope, now: Date) {
  const products = await ruleOf(scope, 'products', now);
  const tax = await ruleOf(scope, 'tax', now);
  return quote({ products, tax }, { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: todayOf(scope), people: 1 });
}

// the day is the caller's to know: it is asked for once a request, not once a price
const days = new Map<string, ReturnType<typeof todayIn>>();
function todayOf({ tenant }: TenantScope) {
  const day = days.get(tenant.id) ?? todayIn(tenant.timeZone, new Date());
  days.set(tenant.id, day);
  return day;
}

const stepsOf = async (scope: TenantScope, branchId: string, now: Date) => {
  const { value } = await ruleOf(scope, 'workflows', now, branchId);
  return nextStates(value.claims, 'evaluation', {}, scope.permissions);
};


const length = JSON.parse(process.argv[2] ?? '') as { rounds: number; milliseconds: number };
await connectDatabase({ appUrl: env.databaseUrl(), max: 2, applicationName: 'interdomestik-bench-warm' });
const tenant = await findTenant({ slug: env.tenant() });
const scope = tenant === null ? null : await resolveScope({ kind: 'job', tenantId: tenant.id, job: 'bench.rules' });
if (scope === null) throw new Error('no such tenant');
const [branch] = await readTenant(scope, (tx) => tx.select({ id: branches.id }).from(branches).limit(1));
if (branch === undefined) throw new Error('a tenant without a branch');
const now = new Date();
const [priced, steps] = [await priceOf(scope, now), await stepsOf(scope, branch.id, now)];
if (priced.money.minor <= 0n || steps.length === 0) throw new Error('neither a price nor a step was worked out');
const prices = inBatches(async () => { for (let n = 0; n < batch; n += 1) await priceOf(scope, now); });
const judged = inBatches(async () => { for (let n = 0; n < batch; n += 1) await stepsOf(scope, branch.id, now); });
const price = await compare(prices, calibration(priced.receipt), length);
const transition = await compare(judged, calibration(steps), length);
await ruleOf(scope, 'products', new Date());
const statements = await countStatements(async () => {
  for (let n = 0; n < batch; n += 1) {
    await priceOf(scope, now);
    await stepsOf(scope, branch.id, now);
  }
});
await closeDatabase();
process.stdout.write(JSON.stringify({ price, transition, statements, lookups: 2 * batch } satisfies WarmFigures));
