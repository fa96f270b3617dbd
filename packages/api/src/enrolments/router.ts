import { z } from 'zod';
import { enrolInput, enrolQuoteInput } from '@interdomestik/rules';
import { instalmentPlansOut, moneyOut, priceOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { enrolMember, quoteEnrolment, sellablePlans } from './service';

export const enrolmentsRouter = router({
  plans: branchProcedure
    .meta({ permission: 'members.enrol' })
    .input(z.void())
    .output(z.array(z.object({
      code: z.string(), title: z.string(), tagline: z.string(), covers: z.string(), people: z.number().nullable(), includedPeople: z.number().nullable(), periodMonths: z.number(),
      addons: z.array(z.object({ code: z.string(), title: z.string(), summary: z.string(), extraMatters: z.number(), cash: moneyOut.nullable(), card: moneyOut.nullable(), transfer: moneyOut.nullable() })),
      cash: moneyOut.nullable(), card: moneyOut.nullable(), transfer: moneyOut.nullable(), vatRateBp: z.number(),
    })))
    .query(({ ctx }) => sellablePlans(ctx.scope, ctx.locale, ctx.now)),

  quote: branchProcedure
    .meta({ permission: 'members.enrol' })
    .input(enrolQuoteInput)
    .output(priceOut.extend({ instalmentPlans: instalmentPlansOut, planTitle: z.string(), peopleLimit: z.number().nullable(), cashLimit: moneyOut.nullable(), withinCashLimit: z.boolean(), handOverFirst: z.object({ held: moneyOut, limit: moneyOut }).nullable() }))
    .query(({ ctx, input }) => quoteEnrolment(ctx.scope, input, ctx.locale, ctx.now)),

  enrol: branchProcedure
    .meta({ permission: 'members.enrol' })
    .input(enrolInput)
    .output(z.object({
      memberId: z.string(), memberNumber: z.string().nullable(), membershipId: z.string(), paymentId: z.string().nullable(), receiptId: z.string().nullable(),
      receiptCode: z.string().nullable(), invoiceId: z.string().nullable(), invoiceCode: z.string().nullable(), transfer: z.boolean(), payLink: z.string().nullable(),
    }))
    .mutation(({ ctx, input }) => enrolMember(ctx.scope, input, ctx.now)),
});
