import { z } from 'zod';
import { ibanSchema, listInputOf, partRefusals, partWays, refundAskInput, refundOrigins, refundInput, refundPartInput, refundRefusals, refundRequestStatuses, refundSources, refundStatuses, textSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { correctAccount } from './by-bank';
import { giveBack, refundOffer } from './give';
import { listRefunds, retryRefund } from './list';
import { givePart, partOffer } from './part';
import { payOwed } from './pay-owed';
import { askRefund, declineRequest, listRequests, ownRefunds } from './requests';

const refundOut = z.object({
  id: z.string(), memberId: z.string().nullable(), memberName: z.string().nullable(), amount: moneyOut, source: z.enum(refundSources), status: z.enum(refundStatuses), note: z.string(), part: z.boolean(), askedBy: z.string().nullable(),
  createdAt: z.date(), doneAt: z.date().nullable(), sent: z.boolean(), stuck: z.boolean(), payout: z.object({ iban: z.string().nullable(), reference: z.string() }).nullable(),
});
const requestOut = z.object({
  id: z.string(), membershipId: z.string(), memberId: z.string().nullable(), memberName: z.string().nullable(), amount: moneyOut, note: z.string(), status: z.enum(refundRequestStatuses), createdAt: z.date(), decidedAt: z.date().nullable(), answer: z.string().nullable(),
});
const ownOut = z.object({
  membershipId: z.string(), planCode: z.string(), amount: moneyOut.nullable(), until: dayOut.nullable(), atOnce: z.boolean(), underWay: z.boolean(),
  request: z.object({ status: z.enum(refundRequestStatuses), amount: moneyOut, at: z.date(), answer: z.string().nullable() }).nullable(),
});

export const refundsRouter = router({
  offer: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ membershipId: z.uuid() }))
    .output(z.object({
      refusal: z.enum(refundRefusals).nullable(), method: z.enum(['card', 'cash', 'bank_transfer']).nullable(), amount: moneyOut.nullable(), until: dayOut.nullable(), from: z.array(z.enum(refundOrigins)),
    }))
    .query(async ({ ctx, input }) => {
      const { from, ...offer } = await refundOffer(ctx.scope, input.membershipId, ctx.now);
      return { ...offer, from: [...from] };
    }),

  give: branchProcedure
    // it may name the account that the money goes to
    .meta({ permission: 'payments.refund', fresh: true })
    .input(refundInput)
    .output(z.object({ status: z.enum(['asked', 'done']), amount: moneyOut, creditNote: z.string().nullable() }))
    .mutation(({ ctx, input }) => giveBack(ctx.scope, input, ctx.now)),

  partOffer: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ paymentId: z.uuid() }))
    .output(z.object({ refusal: z.enum(partRefusals).nullable(), left: moneyOut, most: moneyOut, ways: z.array(z.enum(partWays)), invoice: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const { ways, ...offer } = await partOffer(ctx.scope, input.paymentId, ctx.now);
      return { ...offer, ways: [...ways] };
    }),

  givePart: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(refundPartInput)
    .output(z.object({ status: z.enum(['asked', 'done']), creditNote: z.string().nullable() }))
    .mutation(({ ctx, input }) => givePart(ctx.scope, input, ctx.now)),

  payOwed: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ amount: moneyOut }))
    .mutation(({ ctx, input }) => payOwed(ctx.scope, input.id, ctx.now)),

  list: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(listInputOf(['createdAt'], { status: z.array(z.enum(refundStatuses)).max(3) }))
    .output(pageOf(refundOut))
    .query(({ ctx, input }) => listRefunds(ctx.scope, input, ctx.now)),

  correctAccount: branchProcedure
    .meta({ permission: 'payments.refund', fresh: true })
    .input(z.object({ id: z.uuid(), iban: ibanSchema }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await correctAccount(ctx.scope, input.id, input.iban, ctx.now);
      return ok;
    }),

  retry: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ id: z.uuid() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await retryRefund(ctx.scope, input.id);
      return ok;
    }),

  mine: tenantProcedure
    .meta({ permission: 'refunds.ask' })
    .input(z.void())
    .output(z.array(ownOut))
    .query(({ ctx }) => ownRefunds(ctx.scope, ctx.now)),

  ask: tenantProcedure
    .meta({ permission: 'refunds.ask' })
    .input(refundAskInput)
    .output(z.object({ status: z.enum(['open', 'granted']) }))
    .mutation(({ ctx, input }) => askRefund(ctx.scope, input, ctx.now)),

  requests: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(listInputOf(['createdAt'], { status: z.array(z.enum(refundRequestStatuses)).max(3) }))
    .output(pageOf(requestOut))
    .query(({ ctx, input }) => listRequests(ctx.scope, input)),

  decline: branchProcedure
    .meta({ permission: 'payments.refund' })
    .input(z.object({ id: z.uuid(), answer: textSchema({ min: 3, max: 300 }) }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await declineRequest(ctx.scope, input, ctx.now);
      return ok;
    }),
});
