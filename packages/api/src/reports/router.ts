import { z } from 'zod';
import { accountNames, currencySchema, dateOnlySchema, dimensions, postingKinds, reportNames, revenueGroups } from '@interdomestik/rules';
import { dayOut, moneyOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { figureEntries } from './entries';
import { exportItems, exportReport, reportFormats } from './export';
import { openItems } from './items';
import { readReport } from './table';

const asked = z.object({
  report: z.enum(reportNames), from: dateOnlySchema, to: dateOnlySchema, group: z.enum(revenueGroups).default('month'), branchId: z.uuid().optional(), asOf: z.date().optional(),
});
const inOrder = { error: 'errors.period.order', path: ['to'] };

const tableOut = z.object({
  report: z.enum(reportNames), dimensions: z.array(z.enum(dimensions)), columns: z.array(z.string()), drawn: z.string(),
  rows: z.array(z.object({ key: z.string(), about: z.array(z.string().nullable()), labels: z.array(z.string()), amounts: z.array(moneyOut) })), totals: z.array(z.array(moneyOut)), cut: z.date(),
});

const fileOut = z.object({ fileName: z.string(), type: z.string(), base64: z.string() });

const entriesOut = z.object({
  total: moneyOut.nullable(), nextCursor: z.string().nullable(),
  items: z.array(z.object({
    id: z.string(), occurredAt: z.date(), account: z.enum(accountNames), kind: z.enum(postingKinds), branchName: z.string(), amount: moneyOut,
    paper: z.object({ kind: z.enum(['invoice', 'creditNote', 'receipt', 'provider', 'deposit', 'payout']), code: z.string(), documentId: z.string().nullable(), memberId: z.string().nullable() }).nullable(),
  })),
});

const itemsAsked = z.object({ to: dateOnlySchema, branchId: z.uuid().optional(), asOf: z.date().optional() });
const itemsOut = z.object({
  cut: z.date(), edges: z.array(z.number()), totals: z.array(z.object({ open: moneyOut, ages: z.array(moneyOut) })),
  items: z.array(z.object({
    key: z.string(), membershipId: z.string().nullable(), memberId: z.string().nullable(), memberName: z.string().nullable(), memberNumber: z.string().nullable(), branchName: z.string(),
    invoice: z.object({ code: z.string(), documentId: z.string().nullable() }).nullable(), oldest: dayOut.nullable(), open: moneyOut, ages: z.array(moneyOut),
  })),
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
    .output(fileOut)
    .mutation(({ ctx, input }) => exportReport(ctx.scope, input, ctx.locale, ctx.now)),

  entries: branchProcedure
    .meta({ permission: 'reports.read' })
    .input(asked.extend({ column: z.string().max(40), currency: currencySchema, about: z.array(z.string().max(80).nullable()).max(4).optional(), cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(100).default(50) }).refine(({ from, to }) => from <= to, inOrder))
    .output(entriesOut)
    .query(({ ctx, input }) => figureEntries(ctx.scope, input)),

  items: branchProcedure
    .meta({ permission: 'reports.read' })
    .input(itemsAsked)
    .output(itemsOut)
    .query(async ({ ctx, input }) => {
      const { cut, edges, items, totals } = await openItems(ctx.scope, input, ctx.now);
      return { cut, edges: [...edges], items: items.map((item) => ({ ...item, ages: [...item.ages] })), totals: totals.map(({ open, ages }) => ({ open, ages: [...ages] })) };
    }),

  exportItems: branchProcedure
    .meta({ permission: 'exports.run' })
    .input(itemsAsked.extend({ format: z.enum(reportFormats) }))
    .output(fileOut)
    .mutation(({ ctx, input }) => exportItems(ctx.scope, input, ctx.locale, ctx.now)),
});
