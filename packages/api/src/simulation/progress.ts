import { and, eq, inArray, sql } from 'drizzle-orm';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { ruleSimulations } from '@interdomestik/db/schema';

/** Somebody cancelled the simulation, or another one took its place. */
export class Stopped extends Error {}

export const running = ['queued', 'running'];

/** A simulation that is still to be run or running. */
export const unfinished = (scope: TenantScope, id: string) => and(eq(ruleSimulations.tenantId, scope.tenantId), eq(ruleSimulations.id, id), inArray(ruleSimulations.status, running));

const betweenMs = 450;

/** Writes down how far a simulation has come, about twice a second, each time in a transaction of its own. Throws `Stopped` once it is not wanted any more. */
export class Progress {
  readonly #scope: TenantScope;
  readonly #id: string;
  #done = 0;
  #writtenAt = 0;

  constructor(scope: TenantScope, id: string) {
    this.#scope = scope;
    this.#id = id;
  }

  /** Begins anew, also after a worker that was killed in the middle. */
  async begin(total: number, now: Date): Promise<void> {
    await this.#write({ status: 'running', done: 0, total, startedAt: now });
  }

  async add(records: number): Promise<void> {
    this.#done += records;
    if (Date.now() - this.#writtenAt < betweenMs) return;
    // never more than the total, should the clock of the database have moved between two counts
    await this.#write({ done: sql`least(${this.#done}::int, total)` });
  }

  async #write(values: Parameters<ReturnType<Parameters<Parameters<typeof withTenant>[1]>[0]['update']>['set']>[0]): Promise<void> {
    const written = await withTenant(this.#scope, (tx) => tx.update(ruleSimulations).set(values).where(unfinished(this.#scope, this.#id)).returning({ id: ruleSimulations.id }));
    if (written.length === 0) throw new Stopped('the simulation is not wanted any more');
    this.#writtenAt = Date.now();
  }
}
