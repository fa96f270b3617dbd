import { z } from 'zod';
import { moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { attention, dashboardFigures } from './service';

const comparedOut = z.object({ value: z.number(), before: z.number() });

const figuresOut = z.object({
  period: z.enum(['month', 'quarter', 'year']), bucket: z.enum(['day', 'week', 'month']),
  activeMembers: comparedOut, newMembers: comparedOut,
  takings: z.object({ total: z.array(moneyOut), before: z.array(moneyOut), byMethod: z.array(z.object({ method: z.string(), amount: moneyOut })) }),
  claims: z.object({ open: z.number(), overdue: z.number(), submitted: z.number(), submittedBefore: z.number() }),
  cashInCustody: z.object({ total: z.array(moneyOut), receipts: z.number() }),
  joinedSeries: z.array(z.object({ day: z.string(), value: z.number() })),
  moneySeries: z.array(z.object({ day: z.string(), amount: moneyOut })),
});

export const dashboardRouter = router({
  figures: branchProcedure.meta({ permission: 'dashboard.read' }).input(z.object({ period: z.enum(['month', 'quarter', 'year']).default('month') })).output(figuresOut)
    .query(({ ctx, input }) => dashboardFigures(ctx.scope, input.period, ctx.now)),
  attention: branchProcedure.meta({ permission: 'dashboard.read' })
    .output(z.object({ cashToHandOver: z.number(), pendingPayments: z.number(), overdueClaims: z.number() })).query(({ ctx }) => attention(ctx.scope, ctx.now)),
});
