import { z } from 'zod';
import { commissionKinds, dateOnlySchema, idempotencyKeySchema, listInputOf, optionalTextSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { approveCommissions } from './approve';
import { entryStates, listEntries, listPayouts, ownAccount, peopleTotals } from './lists';
import { payOutCommissions } from './pay-out';
import { ownSales } from './service';

const monthSchema = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, { error: 'errors.date' });

const saleOut = z.object({
  id: z.string(), soldAt: z.date(), planCode: z.string(), kind: z.enum(commissionKinds),
  /** The sale named the caller's referral code. */
  byCode: z.boolean(), net: moneyOut, rateBp: z.number(), expected: moneyOut,
  /** Part of the fee, or all of it, went back; what is expected counts the rest. */
  refunded: z.boolean(),
});

const ownOut = z.object({
  month: z.string(), months: z.array(z.object({ month: z.string(), count: z.number() })), sales: z.array(saleOut), expected: z.array(moneyOut), minimumPayout: z.array(moneyOut),
});

const entryOut = z.object({
  id: z.string(), occurredAt: z.date(), agentId: z.string(), agentName: z.string().nullable(), planCode: z.string(), kind: z.enum(commissionKinds), net: moneyOut, rateBp: z.number(), amount: moneyOut,
  state: z.enum(entryStates), payoutCode: z.string().nullable(),
});

const payoutOut = z.object({
  id: z.string(), code: z.string(), agentId: z.string(), agentName: z.string().nullable(), amount: moneyOut, entries: z.number(), paidOn: dayOut, reference: z.string().nullable(), documentId: z.string().nullable(),
});

const totalsOut = z.object({ agentId: z.string(), agentName: z.string().nullable(), pending: moneyOut, approved: moneyOut, paid: moneyOut, payable: z.boolean(), agrees: z.boolean() });

const agentIds = z.array(z.uuid()).min(1).max(500);

export const commissionsRouter = router({
  own: branchProcedure.meta({ permission: 'commissions.read' }).input(z.object({ month: monthSchema.optional() })).output(ownOut).query(({ ctx, input }) => ownSales(ctx.scope, input, ctx.now)),

  account: branchProcedure
    .meta({ permission: 'commissions.read' })
    .input(z.void())
    .output(z.object({ totals: z.array(totalsOut), minimumPayout: z.array(moneyOut) }))
    .query(({ ctx }) => ownAccount(ctx.scope, ctx.now)),

  entries: branchProcedure
    .meta({ permission: 'commissions.read' })
    .input(listInputOf(['occurredAt'], { state: z.enum(entryStates), agentId: z.uuid(), own: z.boolean() }))
    .output(pageOf(entryOut))
    .query(({ ctx, input }) => listEntries(ctx.scope, input)),

  payouts: branchProcedure
    .meta({ permission: 'commissions.read' })
    .input(listInputOf(['createdAt'], { own: z.boolean() }))
    .output(pageOf(payoutOut))
    .query(({ ctx, input }) => listPayouts(ctx.scope, input)),

  people: branchProcedure
    .meta({ permission: 'commissions.approve' })
    .input(z.void())
    .output(z.array(totalsOut))
    .query(({ ctx }) => peopleTotals(ctx.scope, ctx.now)),

  approve: branchProcedure
    .meta({ permission: 'commissions.approve' })
    .input(z.object({ agentIds, until: z.date() }))
    .output(z.object({ approved: z.number() }))
    .mutation(async ({ ctx, input }) => ({ approved: await approveCommissions(ctx.scope, input, ctx.now) })),

  payOut: branchProcedure
    .meta({ permission: 'commissions.approve' })
    .input(z.object({ agentIds, paidOn: dateOnlySchema, reference: optionalTextSchema(60), until: z.date(), idempotencyKey: idempotencyKeySchema }))
    .output(z.object({
      payouts: z.array(z.object({ id: z.string(), code: z.string(), agentId: z.string(), amount: moneyOut })), carried: z.array(z.object({ agentId: z.string(), amount: moneyOut })),
    }))
    .mutation(({ ctx, input }) => payOutCommissions(ctx.scope, input, ctx.now)),
});
