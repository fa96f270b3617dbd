import { z } from 'zod';
import { byIdInput, erasureAskForInput, erasureAskInput, erasureBlockers, erasureLetterSchema, erasureRefuseInput, erasureStatuses } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { letterPdf } from './letter';
import { approveErasure, askErasure, askErasureFor, listErasures, ownErasure, refuseErasure, withdrawErasure } from './requests';

const status = z.enum(erasureStatuses);
const blockers = z.array(z.enum(erasureBlockers));
const idOut = z.object({ id: z.string() });
const viewOut = z.object({
  id: z.string(), memberId: z.string(), memberName: z.string(), memberNumber: z.string().nullable(), status, byMember: z.boolean(), note: z.string(), answer: z.string().nullable(), createdAt: z.date(), dueOn: z.string(),
  overdue: z.boolean(), decidedAt: z.date().nullable(), doneAt: z.date().nullable(), blockers, letter: erasureLetterSchema.nullable(),
});

export const erasuresRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.void())
    .output(z.object({
      request: z.object({ id: z.string(), status, askedAt: z.date(), dueOn: z.string(), answer: z.string().nullable() }).nullable(), blockers, runsUntil: z.string().nullable(), taxYears: z.number(), answerDays: z.number(),
    }))
    .query(async ({ ctx }) => {
      const own = await ownErasure(ctx.scope, ctx.now);
      return { ...own, blockers: [...own.blockers] };
    }),

  ask: tenantProcedure.meta({ permission: 'self.write', fresh: true }).input(erasureAskInput).output(idOut).mutation(({ ctx, input }) => askErasure(ctx.scope, input.note, ctx.now)),

  withdraw: tenantProcedure.meta({ permission: 'self.write' }).input(z.void()).output(okOut)
    .mutation(async ({ ctx }) => {
      await withdrawErasure(ctx.scope, ctx.now);
      return ok;
    }),

  askFor: branchProcedure.meta({ permission: 'members.write' }).input(erasureAskForInput).output(idOut).mutation(({ ctx, input }) => askErasureFor(ctx.scope, input, ctx.now)),

  list: branchProcedure
    .meta({ permission: 'privacy.decide' })
    .input(z.object({ cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(100).default(25), open: z.boolean().optional() }))
    .output(pageOf(viewOut))
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listErasures(ctx.scope, input, ctx.now);
      return { nextCursor, items: items.map((item) => ({ ...item, blockers: [...item.blockers] })) };
    }),

  approve: branchProcedure.meta({ permission: 'privacy.decide', fresh: true }).input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => {
      await approveErasure(ctx.scope, input.id, ctx.now);
      return ok;
    }),

  refuse: branchProcedure.meta({ permission: 'privacy.decide' }).input(erasureRefuseInput).output(okOut)
    .mutation(async ({ ctx, input }) => {
      await refuseErasure(ctx.scope, input, ctx.now);
      return ok;
    }),

  letter: branchProcedure.meta({ permission: 'privacy.decide' }).input(byIdInput).output(z.object({ fileName: z.string(), pdf: z.string() }))
    .query(async ({ ctx, input }) => {
      const { fileName, bytes } = await letterPdf(ctx.scope, input.id);
      return { fileName, pdf: Buffer.from(bytes).toString('base64') };
    }),
});
