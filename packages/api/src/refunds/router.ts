import { z } from 'zod';
import { refundInput, refundRefusals } from '@interdomestik/rules';
import { dayOut, moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { giveBack, refundOffer } from './give';

export const refundsRouter = router({
  offer: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ membershipId: z.uuid() }))
    .output(z.object({
      refusal: z.enum(refundRefusals).nullable(), method: z.enum(['card', 'cash']).nullable(), amount: moneyOut.nullable(), until: dayOut.nullable(), from: z.array(z.enum(['collector', 'branch'])),
    }))
    .query(async ({ ctx, input }) => {
      const { from, ...offer } = await refundOffer(ctx.scope, input.membershipId, ctx.now);
      return { ...offer, from: [...from] };
    }),

  give: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(refundInput)
    .output(z.object({ status: z.enum(['asked', 'done']), amount: moneyOut, creditNote: z.string().nullable() }))
    .mutation(({ ctx, input }) => giveBack(ctx.scope, input, ctx.now)),
});
