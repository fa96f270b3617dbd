import { z } from 'zod';
import { idempotencyKeySchema, instalmentStatuses, moneyInputSchema } from '@interdomestik/rules';
import { dayOut, moneyOut } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { collectInstalment } from './collect';
import { payInstalment, sendInstalmentLink } from './pay';
import { instalmentsOf, myInstalments } from './service';

const scheduleOut = z.object({
  membershipId: z.string(), planTitle: z.string(), by: z.enum(['cash', 'card']), total: moneyOut, left: moneyOut,
  parts: z.array(z.object({
    id: z.string(), number: z.number(), dueOn: dayOut, amount: moneyOut, status: z.enum(instalmentStatuses), overdue: z.boolean(), next: z.boolean(), paidAt: z.date().nullable(),
  })),
});

export const instalmentsRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.void())
    .output(z.array(scheduleOut))
    .query(({ ctx }) => myInstalments(ctx.scope, ctx.locale, ctx.now)),

  pay: tenantProcedure
    .meta({ permission: 'payments.read' })
    // the part itself is the key: it never has two payments, whatever key a retry carries
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ paymentId: z.string(), url: z.string() }))
    .mutation(({ ctx, input }) => payInstalment(ctx.scope, input.id, ctx.now)),

  ofMember: branchProcedure
    .meta({ permission: 'payments.read' })
    .input(z.object({ memberId: z.uuid() }))
    .output(z.array(scheduleOut))
    .query(({ ctx, input }) => instalmentsOf(ctx.scope, input.memberId, ctx.locale, ctx.now)),

  collect: branchProcedure
    .meta({ permission: 'cash.collect' })
    .input(z.object({ id: z.uuid(), amountTendered: moneyInputSchema, idempotencyKey: idempotencyKeySchema }))
    .output(z.object({ paymentId: z.string(), receiptId: z.string(), receiptCode: z.string() }))
    .mutation(({ ctx, input }) => collectInstalment(ctx.scope, input, ctx.now)),

  sendLink: branchProcedure
    .meta({ permission: 'members.enrol' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ url: z.string().nullable() }))
    .mutation(({ ctx, input }) => sendInstalmentLink(ctx.scope, input.id, ctx.now)),
});
