import { z } from 'zod';
import { dateOnlySchema, dimensions, reportNames, revenueGroups } from '@interdomestik/rules';
import { moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { exportReport, reportFormats } from './export';
import { readReport } from './table';

const asked = z.object({
  report: z.enum(reportNames), from: dateOnlySchema, to: dateOnlySchema, group: z.enum(revenueGroups).default('month'), branchId: z.uuid().optional(), asOf: z.date().optional(),
});
const inOrder = { error: 'errors.period.order', path: ['to'] };

const tableOut = z.object({
  report: z.enum(reportNames), dimensions: z.array(z.enum(dimensions)), columns: z.array(z.string()), drawn: z.string(),
  rows: z.array(z.object({ key: z.string(), labels: z.array(z.string()), amounts: z.array(moneyOut) })), totals: z.array(z.array(moneyOut)), cut: z.date(),
});

export const reportsRouter = router({
  table: branchProcedure
    .meta({ permission: 'reports.read' })
    .input(asked.refine(({ from, to }) => from <= to, inOrder))
    .output(tableOut)
    .query(({ ctx, input }) => readReport(ctx.scope, input, ctx.locale, ctx.now)),

  export: branchProcedure
    .meta({ permission: 'exports.run' })
    .input(asked.extend({ format: z.enum(reportFormats) }).refine(({ from, to }) => from <= to, inOrder))
    .output(z.object({ fileName: z.string(), type: z.string(), base64: z.string() }))
    .mutation(({ ctx, input }) => exportReport(ctx.scope, input, ctx.locale, ctx.now)),
});
