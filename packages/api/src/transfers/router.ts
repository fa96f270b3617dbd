import { z } from 'zod';
import { approveTransferInput, byIdInput, listInputOf, rejectTransferInput, transferInput, transferStatuses, transferViews } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { countToDecide, listTransfers } from './list';
import { approveTransfer, rejectTransfer, requestTransfer, transferTargets, withdrawTransfer } from './service';

const transferOut = z.object({
  id: z.string(), status: z.enum(transferStatuses), createdAt: z.date(), decidedAt: z.date().nullable(),
  fromBranchId: z.string(), fromBranchName: z.string(), toBranchId: z.string(), toBranchName: z.string(), toAgentId: z.string().nullable(),
  fromAgentName: z.string().nullable(), toAgentName: z.string().nullable(), requestedByName: z.string().nullable(), decidedByName: z.string().nullable(),
  /** Null once the member belongs to the other side; `openId` is null while the member does not belong to the reader's. */
  member: z.object({ name: z.string(), memberNumber: z.string().nullable(), openId: z.string().nullable() }).nullable(),
  reason: z.string().nullable(), decisionNote: z.string().nullable(), mayDecide: z.boolean(), mayWithdraw: z.boolean(),
});

const targetsOut = z.array(z.object({
  id: z.string(), name: z.string(), city: z.string(),
  /** Null: that branch chooses the agent itself. */
  agents: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
}));

const listIn = listInputOf(['createdAt'], { status: z.enum(transferStatuses), view: z.enum(transferViews), memberId: z.uuid() });
const read = branchProcedure.meta({ permission: 'transfers.read' });
const request = branchProcedure.meta({ permission: 'transfers.request' });
const decide = branchProcedure.meta({ permission: 'transfers.decide' });

export const transfersRouter = router({
  list: read.input(listIn).output(pageOf(transferOut))
    .query(({ ctx, input }) => listTransfers(ctx.scope, { cursor: input.cursor, limit: input.limit, ...input.filters })),
  waiting: read.output(z.object({ count: z.number() })).query(async ({ ctx }) => ({ count: await countToDecide(ctx.scope) })),
  targets: request.output(targetsOut).query(({ ctx }) => transferTargets(ctx.scope)),
  request: request.input(transferInput).output(z.object({ id: z.string(), status: z.enum(['requested', 'approved']) }))
    .mutation(({ ctx, input }) => requestTransfer(ctx.scope, input, ctx.now)),
  approve: decide.input(approveTransferInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await approveTransfer(ctx.scope, input, ctx.now); return ok; }),
  reject: decide.input(rejectTransferInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await rejectTransfer(ctx.scope, input, ctx.now); return ok; }),
  withdraw: request.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await withdrawTransfer(ctx.scope, input.id, ctx.now); return ok; }),
});
