import { z } from 'zod';
import { byIdInput, policyInput } from '@interdomestik/rules';
import { dayOut, ok, okOut } from '../shapes';
import { router, tenantProcedure } from '../trpc';
import { addPolicy, listPolicies, removePolicy, updatePolicy } from './service';

export const policiesRouter = router({
  list: tenantProcedure
    .meta({ permission: 'policies.read' })
    .input(z.void())
    .output(z.array(z.object({
      id: z.string(), kind: z.string(), insurer: z.string(), policyNumber: z.string(), startsOn: dayOut.nullable(), endsOn: dayOut.nullable(), createdAt: z.date(),
    })))
    .query(({ ctx }) => listPolicies(ctx.scope)),

  add: tenantProcedure
    .meta({ permission: 'policies.write' })
    .input(policyInput)
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await addPolicy(ctx.scope, input, ctx.now) })),

  update: tenantProcedure
    .meta({ permission: 'policies.write' })
    .input(z.object({ id: z.uuid(), policy: policyInput }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await updatePolicy(ctx.scope, input.id, input.policy, ctx.now);
      return ok;
    }),

  remove: tenantProcedure
    .meta({ permission: 'policies.write' })
    .input(byIdInput)
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await removePolicy(ctx.scope, input.id);
      return ok;
    }),
});
