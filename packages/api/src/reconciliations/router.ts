import { z } from 'zod';
import { differenceKinds, listInputOf, reconciliationStatuses } from '@interdomestik/rules';
import { moneyOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { listDifferences, listReconciliations, startReconciliation } from './service';

const runOut = z.object({
  id: z.string(), status: z.enum(reconciliationStatuses), since: z.date().nullable(), checked: z.number(), repaired: z.number(), found: z.number(), reason: z.string().nullable(),
  createdAt: z.date(), finishedAt: z.date().nullable(), accountName: z.string(), by: z.string().nullable(),
});

const differenceOut = z.object({
  id: z.string(), kind: z.enum(differenceKinds), providerId: z.string(), createdAt: z.date(), resolvedAt: z.date().nullable(), accountName: z.string(), told: moneyOut.nullable(), ours: moneyOut.nullable(),
  payer: z.object({ id: z.string(), name: z.string() }).nullable(),
});

const read = branchProcedure.meta({ permission: 'webhooks.read' });

export const reconciliationsRouter = router({
  list: read.input(z.void())
    .output(z.object({ accounts: z.array(z.object({ id: z.string(), name: z.string() })), runs: z.array(runOut) }))
    .query(({ ctx }) => listReconciliations(ctx.scope)),

  differences: read.input(listInputOf(['createdAt'], { resolved: z.boolean() }).omit({ search: true })).output(pageOf(differenceOut)).query(({ ctx, input }) => listDifferences(ctx.scope, input)),

  start: branchProcedure.meta({ permission: 'webhooks.replay' })
    .input(z.object({ accountId: z.uuid(), whole: z.boolean().default(false) }))
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => startReconciliation(ctx.scope, input, ctx.now)),
});
