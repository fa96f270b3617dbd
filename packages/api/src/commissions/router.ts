import { z } from 'zod';
import { commissionKinds } from '@interdomestik/rules';
import { moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
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

export const commissionsRouter = router({
  own: branchProcedure.meta({ permission: 'commissions.read' }).input(z.object({ month: monthSchema.optional() })).output(ownOut).query(({ ctx, input }) => ownSales(ctx.scope, input, ctx.now)),
});
