import { z } from 'zod';
import { clearanceServices, setClearanceAccessInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { clearanceAccess, setClearanceAccess } from './access';
import { sendAgain } from './again';

export const clearancesRouter = router({
  access: branchProcedure
    .meta({ permission: 'settings.read' })
    .input(z.void())
    .output(z.array(z.object({ service: z.enum(clearanceServices), inUse: z.boolean(), key: z.object({ last: z.string().max(4), setAt: z.date().nullable() }).nullable(), reachable: z.boolean() })))
    .query(({ ctx }) => clearanceAccess(ctx.scope, ctx.now)),

  setAccess: branchProcedure
    .meta({ permission: 'settings.write' })
    .input(setClearanceAccessInput)
    .output(okOut)
    .mutation(async ({ ctx, input }) => { await setClearanceAccess(ctx.scope, input, ctx.now); return ok; }),

  sendAgain: branchProcedure
    .meta({ permission: 'invoices.issue' })
    .input(z.object({ invoiceId: z.uuid() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => { await sendAgain(ctx.scope, input.invoiceId, ctx.now); return ok; }),
});
