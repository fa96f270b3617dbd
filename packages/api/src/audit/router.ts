import { z } from 'zod';
import { listInputOf } from '@interdomestik/rules';
import { pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { trailState } from './check';
import { auditFilters, listAudit } from './service';

const auditIn = listInputOf(['at'], auditFilters);
const changes = z.record(z.string(), z.unknown()).nullable();
const auditOut = z.object({
  id: z.string(), happenedAt: z.date(), actorKind: z.string(), actorId: z.string().nullable(), actorName: z.string().nullable(), action: z.string(),
  operation: z.string(), entity: z.string(), entityId: z.string().nullable(), before: changes, after: changes, requestId: z.string().nullable(),
  /** What the ids among the values are called, where they are branches. */
  names: z.record(z.string(), z.string()),
});

const stateOut = z.object({
  sealed: z.object({ at: z.date(), rows: z.number() }).nullable(),
  check: z.object({ at: z.date(), rows: z.number(), faults: z.number(), anchored: z.boolean() }).nullable(),
});

export const auditRouter = router({
  /** How far the trail is sealed, and what its last check found. */
  state: branchProcedure.meta({ permission: 'audit.read' }).input(z.void()).output(stateOut).query(({ ctx }) => trailState(ctx.scope)),

  list: branchProcedure.meta({ permission: 'audit.read' }).input(auditIn).output(pageOf(auditOut))
    .query(({ ctx, input }) => listAudit(ctx.scope, { cursor: input.cursor, limit: input.limit, ...input.filters }) as Promise<z.infer<ReturnType<typeof pageOf<typeof auditOut>>>>),
});
