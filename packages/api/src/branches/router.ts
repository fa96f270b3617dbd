import { z } from 'zod';
import { branchInput, byIdInput, closeBranchInput, staffRoleSchema } from '@interdomestik/rules';
import { moneyOut, ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { closeBranch } from './close';
import { getBranch, holdingsOf, listBranches } from './read';
import { createBranch, reopenBranch, updateBranch } from './service';

const branchOut = z.object({
  id: z.string(), code: z.string(), name: z.string(), city: z.string(), address: z.string(), phone: z.string().nullable(), isActive: z.boolean(),
  members: z.number(), staff: z.number(), openLeads: z.number(), openClaims: z.number(),
});

const cashOut = z.object({ count: z.number(), amounts: z.array(moneyOut) });

const branchPageOut = branchOut.extend({
  /** Members who join by themselves belong here. */
  isDefault: z.boolean(),
  /** Cash of the branch that has not reached the bank. */
  cash: cashOut,
  /** By month, oldest first; null for those who read no reports. */
  takings: z.array(z.object({ label: z.string(), net: moneyOut, vat: moneyOut, providerTax: moneyOut, gross: moneyOut })).nullable(),
});

const holdingsOut = z.object({
  id: z.string(), code: z.string(), name: z.string(), isActive: z.boolean(), members: z.number(), openLeads: z.number(), openClaims: z.number(), referralCodes: z.number(),
  openTransfers: z.number(), isDefault: z.boolean(), isEmpty: z.boolean(), cash: cashOut,
  team: z.array(z.object({ userId: z.string(), name: z.string(), roles: z.array(staffRoleSchema), members: z.number(), openLeads: z.number() })),
});

const read = branchProcedure.meta({ permission: 'branches.read' });
const write = branchProcedure.meta({ permission: 'branches.write' });

export const branchesRouter = router({
  list: read.output(z.array(branchOut)).query(({ ctx }) => listBranches(ctx.scope)),
  get: read.input(byIdInput).output(branchPageOut).query(({ ctx, input }) => getBranch(ctx.scope, input.id, ctx.now)),
  create: write.input(branchInput).output(z.object({ id: z.string() })).mutation(async ({ ctx, input }) => ({ id: await createBranch(ctx.scope, input) })),
  update: write.input(byIdInput.extend(branchInput.omit({ code: true }).shape)).output(okOut)
    .mutation(async ({ ctx, input: { id, ...branch } }) => { await updateBranch(ctx.scope, id, branch, ctx.now); return ok; }),
  holdings: write.input(byIdInput).output(holdingsOut).query(({ ctx, input }) => holdingsOf(ctx.scope, input.id, ctx.now)),
  close: write.input(closeBranchInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await closeBranch(ctx.scope, input, ctx.now); return ok; }),
  reopen: write.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await reopenBranch(ctx.scope, input.id, ctx.now); return ok; }),
});
