import { z } from 'zod';
import { dateOnlySchema } from '@interdomestik/rules';
import { moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { takingsReport } from './service';

const takingsIn = z.object({ from: dateOnlySchema, to: dateOnlySchema, groupBy: z.enum(['day', 'month', 'branch']).default('month') })
  .refine(({ from, to }) => from <= to, { error: 'errors.period.order', path: ['to'] });
const takingsOut = z.array(z.object({ label: z.string(), net: moneyOut, vat: moneyOut, providerTax: moneyOut, gross: moneyOut }));

export const reportsRouter = router({
  takings: branchProcedure.meta({ permission: 'reports.read' }).input(takingsIn).output(takingsOut).query(({ ctx, input }) => takingsReport(ctx.scope, input)),
});
