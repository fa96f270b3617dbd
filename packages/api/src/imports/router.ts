import { z } from 'zod';
import { byIdInput, dateStyles, decimalStyles, importKinds, importPieceBytes, knownPolicies, repairSchema, repairsSchema, textSchema } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { errorFile } from './error-file';
import { fileEncodings } from './file-encoding';
import { wishSchema } from './reading';
import { comparePair, decidePair, decisions } from './review';
import { addPiece, getBatch, listBatches, listLines, listTemplates, readUpload, repairUpload, saveTemplate, startCommit, startTrial, startUndo, startUpload } from './service';

const kind = z.enum(importKinds);
const pairInput = byIdInput.extend({ record: z.int().min(1) });
const problem = z.object({ reason: z.string(), column: z.number() });
const counts = z.record(z.string(), z.unknown());

const batchOut = z.object({
  id: z.string(), kind: z.string(), fileName: z.string(), status: z.string(), known: z.string().nullable(), lines: z.number(), done: z.number(), report: counts.nullable(), trial: counts.nullable(), errorKey: z.string().nullable(),
  createdAt: z.date(), updatedAt: z.date(), finishedAt: z.date().nullable(), undoneAt: z.date().nullable(),
});

const readingOut = z.object({
  id: z.string(), kind, fileName: z.string(), encoding: z.enum(fileEncodings), isEncodingCertain: z.boolean(), delimiter: z.string(), lines: z.number(), bytes: z.number(), header: z.array(z.string()),
  mapping: z.array(z.string().nullable()), suggested: z.array(z.string().nullable()), dates: z.enum(dateStyles), decimals: z.enum(decimalStyles), currency: z.string(), known: z.enum(knownPolicies),
  faults: z.array(z.object({ code: z.string(), field: z.string() })), repairs: z.array(repairSchema),
  sample: z.array(z.object({ record: z.number(), line: z.number(), cells: z.array(z.string()), problems: z.array(problem) })),
});

const lineOut = z.object({
  record: z.number(), line: z.number(), outcome: z.string(), reason: z.string().nullable(), problems: z.array(problem).nullable(), cells: z.array(z.string()).nullable(), number: z.string().nullable(), userId: z.string().nullable(),
  alike: z.array(z.object({ userId: z.string(), kind: z.string() })).nullable(), decision: z.string().nullable(), undo: z.string().nullable(),
  repairs: z.array(z.object({ field: z.string(), kind: z.string() })).nullable(),
});

const personOut = z.object({
  id: z.string().nullable(), firstName: z.string(), lastName: z.string(), personalNumber: z.string().nullable(), birthDate: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable(), address: z.string().nullable(),
  city: z.string().nullable(), memberNumber: z.string().nullable(), kind: z.string().nullable(),
});

const run = branchProcedure.meta({ permission: 'imports.run' });
export const importsRouter = router({
  start: run.input(z.object({ kind, name: z.string().min(1).max(500) })).output(z.object({ id: z.string() })).mutation(async ({ ctx, input }) => ({ id: await startUpload(ctx.scope, input, ctx.now) })),
  addPiece: run.input(byIdInput.extend({ position: z.int().min(0).max(10_000), data: z.base64().max(Math.ceil(importPieceBytes / 3) * 4) })).output(okOut)
    .mutation(async ({ ctx, input }) => { await addPiece(ctx.scope, input); return ok; }),
  read: run.input(byIdInput.extend({ template: z.string().max(120).nullable().optional(), wish: wishSchema.default({}) })).output(readingOut)
    .mutation(({ ctx, input }) => readUpload(ctx.scope, input)),
  repair: run.input(byIdInput.extend({ repairs: repairsSchema })).output(okOut).mutation(async ({ ctx, input }) => { await repairUpload(ctx.scope, input); return ok; }),
  try: run.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => { await startTrial(ctx.scope, input.id); return ok; }),
  commit: run.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => { await startCommit(ctx.scope, input.id); return ok; }),
  undo: run.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => { await startUndo(ctx.scope, input.id); return ok; }),
  list: run.output(z.array(batchOut)).query(({ ctx }) => listBatches(ctx.scope).then((rows) => z.array(batchOut).parse(rows))),
  get: run.input(byIdInput).output(batchOut).query(({ ctx, input }) => getBatch(ctx.scope, input.id).then((row) => batchOut.parse(row))),
  lines: run.input(byIdInput.extend({ only: z.enum(['rejected', 'pairs', 'conflicts']), after: z.int().min(0).default(0) })).output(z.object({ rows: z.array(lineOut), next: z.number().nullable() }))
    .query(({ ctx, input }) => listLines(ctx.scope, input).then(({ rows, next }) => ({ rows: z.array(lineOut).parse(rows), next }))),
  pair: run.input(pairInput).output(z.array(personOut)).query(({ ctx, input }) => comparePair(ctx.scope, input)),
  decide: run.input(pairInput.extend({ decision: z.enum(decisions), userId: z.uuid().optional() })).output(okOut).mutation(async ({ ctx, input }) => { await decidePair(ctx.scope, input); return ok; }),
  errors: run.input(byIdInput).output(z.object({ fileName: z.string(), text: z.string() })).query(({ ctx, input }) => errorFile(ctx.scope, input.id, ctx.locale)),
  templates: run.input(z.object({ kind })).output(z.array(z.object({ id: z.string(), name: z.string() }))).query(({ ctx, input }) => listTemplates(ctx.scope, input.kind)),
  saveTemplate: run.input(byIdInput.extend({ name: textSchema({ min: 1, max: 120 }) })).output(okOut).mutation(async ({ ctx, input }) => { await saveTemplate(ctx.scope, input); return ok; }),
});
