import type { TenantScope } from '@interdomestik/db';
import type { Permission } from '@interdomestik/rules';
import type { z } from 'zod';

/** One kind of background work: what it is told, and what it does with the rights of its tenant alone. */
export interface JobKind<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Schema;
  /** Attempts after the first; the queue waits longer each time. */
  readonly retries: number;
  /** Seconds after which a job counts as lost and is given to another worker; 15 minutes when left out. */
  readonly expireSeconds?: number;
  /** Jobs of this kind that a process runs side by side; few for work that keeps the processor busy. Ten when left out. */
  readonly atOnce?: number;
  /** Keeps the processor busy for longer than a few milliseconds: waits until nothing else is at work in its process. */
  readonly heavy?: boolean;
  /**
   * For work that does somebody's wish later: the permission that the wisher must hold when it is queued and still when it runs. Left out
   * for what follows from something already decided, such as the paper of a booked sale, which is the tenant's own duty.
   */
  readonly asks?: Permission;
  /** Must be safe to run twice: a job may die after its effect and before its mark. */
  readonly run: (scope: TenantScope, payload: z.infer<Schema>) => Promise<void>;
}

/** Declares a kind of job. Its payload holds ids only, so that no personal data lies in the queue. */
export function defineJob<Schema extends z.ZodType>(kind: JobKind<Schema>): JobKind<Schema> {
  return kind;
}
