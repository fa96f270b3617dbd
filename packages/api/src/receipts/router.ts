import { z } from 'zod';
import { byIdInput, defaultPageSize, maxPageSize } from '@interdomestik/rules';
import { branchProcedure, router } from '../trpc';
import { decisions } from './decide';
import { checkStatuses, listChecks, readCheck, startCheck } from './service';
import { receiptEntities } from './sources';

const checkOut = z.object({
  id: z.string(), status: z.enum(checkStatuses), checked: z.number(), differing: z.number(), createdAt: z.date(), finishedAt: z.date().nullable(), by: z.string().nullable(),
});
const differenceOut = z.object({
  id: z.string(), decision: z.enum(decisions), entity: z.enum(receiptEntities), entityId: z.string(), code: z.string().nullable(), memberId: z.string().nullable(), branchName: z.string().nullable(),
  stored: z.unknown(), recomputed: z.unknown(),
});

export const receiptsRouter = router({
  list: branchProcedure.meta({ permission: 'settings.read' }).input(z.void()).output(z.array(checkOut)).query(({ ctx }) => listChecks(ctx.scope)),

  get: branchProcedure.meta({ permission: 'settings.read' })
    .input(byIdInput.extend({ after: z.uuid().optional(), limit: z.int().min(1).max(maxPageSize).default(defaultPageSize) }))
    .output(checkOut.extend({ items: z.array(differenceOut), nextAfter: z.string().nullable() }))
    .query(({ ctx, input }) => readCheck(ctx.scope, input)),

  start: branchProcedure.meta({ permission: 'settings.write' }).input(z.void()).output(z.object({ id: z.string() })).mutation(async ({ ctx }) => ({ id: await startCheck(ctx.scope, ctx.now) })),
});
