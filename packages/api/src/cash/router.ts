import { z } from 'zod';
import { listInputOf, optionalTextSchema } from '@interdomestik/rules';
import { moneyOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { bankCash, cashPlaces, confirmCash, handOverCash, listCash } from './service';

const idsInput = z.object({ ids: z.array(z.uuid()).min(1).max(100) });
const movedOut = z.object({ moved: z.number() });

const receiptOut = z.object({
  id: z.string(), code: z.string(), amount: moneyOut, status: z.enum(cashPlaces), collectedAt: z.date(), handedAt: z.date().nullable(), bankedAt: z.date().nullable(),
  bankSlip: z.string().nullable(), confirmed: z.boolean(), agentId: z.string(), agentName: z.string().nullable(), verifiedBy: z.string().nullable(), branchName: z.string(),
  memberId: z.string().nullable(), memberName: z.string().nullable(), documentId: z.string().nullable(), mine: z.boolean(),
});

export const cashRouter = router({
  list: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(listInputOf(['collectedAt'], { status: z.array(z.enum(cashPlaces)).max(3), confirmed: z.boolean() }))
    .output(pageOf(receiptOut).extend({ custody: z.object({ withCollectors: z.array(moneyOut), inBranch: z.array(moneyOut) }) }))
    .query(({ ctx, input }) => listCash(ctx.scope, input)),

  handOver: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(idsInput)
    .output(movedOut)
    .mutation(async ({ ctx, input }) => ({ moved: await handOverCash(ctx.scope, input.ids, ctx.now) })),

  confirm: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(idsInput)
    .output(movedOut)
    .mutation(async ({ ctx, input }) => ({ moved: await confirmCash(ctx.scope, input.ids, ctx.now) })),

  bank: branchProcedure
    .meta({ permission: 'cash.verify' })
    .input(idsInput.extend({ slip: optionalTextSchema(60) }))
    .output(movedOut)
    .mutation(async ({ ctx, input }) => ({ moved: await bankCash(ctx.scope, input, ctx.now) })),
});
