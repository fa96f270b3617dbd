import { findTenant, resolveScope } from '@interdomestik/db';
import type { z } from 'zod';
import { openEnvelope } from './queue';
import type { JobKind } from './registry';
import { stillMay } from './requester';

/** A kind of job as the worker sees it: a name, and what to do with what lies in the queue. */
export interface RunnableJob {
  readonly name: string;
  readonly retries: number;
  readonly expireSeconds?: number | undefined;
  readonly atOnce: number;
  readonly heavy?: boolean | undefined;
  /** Opens the sealed envelope and works with the rights of its tenant. Throws to be tried again, `JobWaits` to be asked later without counting as an attempt. */
  readonly work: (data: unknown) => Promise<void>;
}

/** Something outside the job holds it back: it is not to blame, and waits in its queue as often as it takes. */
export class JobWaits extends Error {}

/** The tenant of a job is suspended or still being prepared. */
export class TenantWaits extends JobWaits {}

/** Makes a kind runnable, whatever its payload. */
export function runnable<Schema extends z.ZodType>(kind: JobKind<Schema>): RunnableJob {
  return {
    name: kind.name,
    retries: kind.retries,
    expireSeconds: kind.expireSeconds,
    atOnce: kind.atOnce ?? 10,
    heavy: kind.heavy,
    work: async (data) => {
      const { tenantId, requestId, payload, requester } = openEnvelope(kind, data);
      const scope = await resolveScope({ kind: 'job', tenantId, job: kind.name }, requestId);
      if (scope === null) throw (await findTenant({ id: tenantId })) === null ? new Error('the tenant of a job is gone') : new TenantWaits('the tenant of a job is closed');
      // who was demoted, moved or shut out since then has nothing done any more (I-19); that is on record, and trying again would change nothing
      if (kind.asks !== undefined && requester !== undefined && !(await stillMay(scope, requester, kind.asks, new Date()))) return;
      await kind.run(scope, payload);
    },
  };
}
