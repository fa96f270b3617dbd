import { resolveScope } from '@interdomestik/db';
import type { z } from 'zod';
import { openEnvelope } from './queue';
import type { JobKind } from './registry';

/** A kind of job as the worker sees it: a name, and what to do with what lies in the queue. */
export interface RunnableJob {
  readonly name: string;
  readonly retries: number;
  /** Opens the sealed envelope and works with the rights of its tenant. Throws to be tried again. */
  readonly work: (data: unknown) => Promise<void>;
}

/** Makes a kind runnable, whatever its payload. */
export function runnable<Schema extends z.ZodType>(kind: JobKind<Schema>): RunnableJob {
  return {
    name: kind.name,
    retries: kind.retries,
    work: async (data) => {
      const { tenantId, requestId, payload } = openEnvelope(kind, data);
      const scope = await resolveScope({ kind: 'job', tenantId, job: kind.name }, requestId);
      if (scope === null) throw new Error('the tenant of a job is suspended or gone');
      await kind.run(scope, payload);
    },
  };
}
