import { z } from 'zod';
import { accountNames, dateOnlySchema, listInputOf, postingKinds, reasonSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { closeMonth, closingsOf, reopenMonth } from './closings';
import { accountBalances, accountStatement } from './statement';

const read = branchProcedure.meta({ permission: 'ledger.read' });
const close = branchProcedure.meta({ permission: 'ledger.close' });
const accountOut = { id: z.string(), code: z.string(), name: z.enum(accountNames).nullable() };

const statementOut = z.object({
  account: z.object(accountOut), opening: moneyOut, closing: moneyOut, nextCursor: z.string().nullable(),
  items: z.array(z.object({ id: z.string(), occurredAt: z.date(), kind: z.enum(postingKinds), branchName: z.string(), sourceType: z.string(), sourceId: z.string(), amount: moneyOut, balance: moneyOut })),
});
const closingsOut = z.object({
  closedTo: dayOut.nullable(), next: dayOut.nullable(),
  history: z.array(z.object({ id: z.string(), month: dayOut, closedAt: z.date(), reopenedAt: z.date().nullable(), reason: z.string().nullable(), by: z.string().nullable() })),
});

export const ledgerRouter = router({
  accounts: read.input(z.object({ to: dateOnlySchema })).output(z.array(z.object({ ...accountOut, kind: z.string(), balance: moneyOut }))).query(({ ctx, input }) => accountBalances(ctx.scope, input)),

  statement: read
    .input(listInputOf(['occurredAt'], {}).omit({ filters: true, sort: true }).extend({ accountId: z.uuid(), from: dateOnlySchema, to: dateOnlySchema }).refine(({ from, to }) => from <= to, { error: 'errors.period.order', path: ['to'] }))
    .output(statementOut)
    .query(({ ctx, input }) => accountStatement(ctx.scope, input)),

  closings: read.input(z.void()).output(closingsOut).query(({ ctx }) => closingsOf(ctx.scope, ctx.now)),

  close: close.input(z.object({ month: dateOnlySchema })).output(z.object({ id: z.string() })).mutation(async ({ ctx, input }) => ({ id: await closeMonth(ctx.scope, input, ctx.now) })),

  reopen: close.input(z.object({ id: z.uuid(), reason: reasonSchema })).output(okOut).mutation(async ({ ctx, input }) => {
    await reopenMonth(ctx.scope, input, ctx.now);
    return ok;
  }),
});
