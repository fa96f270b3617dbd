import { z } from 'zod';
import { byIdInput, defaultPageSize, maxPageSize, triedKinds, trialDaysSchema, trialDetailSchema, trialFigureSchema, trialFiguresSchema } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { listRows } from './rows';
import { cancelSimulation, getSimulation, listSimulations, simulationStatuses, startSimulation } from './service';

const simulationOut = z.object({
  id: z.string(), settingId: z.string(), kind: z.enum(triedKinds), days: z.number(), status: z.enum(simulationStatuses), done: z.number(), total: z.number().nullable(), errorKey: z.string().nullable(),
  outdated: z.boolean(), createdAt: z.date(), createdByName: z.string().nullable(), startedAt: z.date().nullable(), finishedAt: z.date().nullable(),
  elapsedMs: z.number().nullable(),
});

const resultOut = simulationOut.extend({
  figures: trialFiguresSchema.nullable(), branches: z.array(z.object({ id: z.string(), name: z.string() })), plans: z.array(z.object({ code: z.string(), title: z.string() })),
});

const rowOut = z.object({
  id: z.string(), position: z.number(), entity: z.enum(['membership', 'claim']), entityId: z.string(), branchName: z.string().nullable(), currency: z.string().nullable(),
  beforeMinor: z.bigint().nullable(), afterMinor: z.bigint().nullable(), before: trialDetailSchema, after: trialDetailSchema, claimCode: z.string().nullable(),
  member: z.object({ id: z.string(), name: z.string(), memberNumber: z.string().nullable() }).nullable(),
});

const rowsInput = byIdInput.extend({ figure: trialFigureSchema, branchId: z.uuid().optional(), cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(maxPageSize).default(defaultPageSize) });

// Whoever may read the rules and their drafts may try one: it changes no rule, and writes nothing but its own result.
export const simulationRouter = router({
  start: branchProcedure.meta({ permission: 'settings.read' }).input(z.object({ settingId: z.uuid(), days: trialDaysSchema })).output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await startSimulation(ctx.scope, input, ctx.now) })),
  cancel: branchProcedure.meta({ permission: 'settings.read' }).input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await cancelSimulation(ctx.scope, input.id, ctx.now); return ok; }),
  get: branchProcedure.meta({ permission: 'settings.read' }).input(byIdInput).output(resultOut).query(({ ctx, input }) => getSimulation(ctx.scope, input.id, ctx.locale, ctx.now)),
  list: branchProcedure.meta({ permission: 'settings.read' }).input(z.object({ settingId: z.uuid() })).output(z.array(simulationOut)).query(({ ctx, input }) => listSimulations(ctx.scope, input.settingId, ctx.now)),
  rows: branchProcedure.meta({ permission: 'settings.read' }).input(rowsInput).output(pageOf(rowOut)).query(({ ctx, input }) => listRows(ctx.scope, input)),
});
