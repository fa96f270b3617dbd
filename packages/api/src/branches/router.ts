import { z } from 'zod';
import { branchInput, byIdInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { closeBranch, createBranch, listBranches, updateBranch } from './service';

const branchOut = z.object({
  id: z.string(), code: z.string(), name: z.string(), city: z.string(), address: z.string(), phone: z.string().nullable(), isActive: z.boolean(),
  members: z.number(), staff: z.number(),
});

export const branchesRouter = router({
  list: branchProcedure.meta({ permission: 'branches.read' }).output(z.array(branchOut)).query(({ ctx }) => listBranches(ctx.scope)),
  create: branchProcedure.meta({ permission: 'branches.write' }).input(branchInput).output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await createBranch(ctx.scope, input) })),
  update: branchProcedure.meta({ permission: 'branches.write' }).input(byIdInput.extend(branchInput.omit({ code: true }).shape)).output(okOut)
    .mutation(async ({ ctx, input: { id, ...branch } }) => { await updateBranch(ctx.scope, id, branch, ctx.now); return ok; }),
  close: branchProcedure.meta({ permission: 'branches.write' }).input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await closeBranch(ctx.scope, input.id, ctx.now); return ok; }),
});
