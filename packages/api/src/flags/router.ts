import { z } from 'zod';
import { flagKeySchema, setFlagInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router, siteProcedure } from '../trpc';
import { offForPeople } from './flags';
import { listFlags, setFlag } from './service';
import { flagOut } from './shapes';

export const flagsRouter = router({
  off: siteProcedure.meta({ permission: 'public.read' }).input(z.void()).output(z.array(flagKeySchema)).query(({ ctx }) => offForPeople(ctx.site)),

  list: branchProcedure.meta({ permission: 'settings.read' }).input(z.void()).output(z.array(flagOut)).query(({ ctx }) => listFlags(ctx.scope)),

  set: branchProcedure.meta({ permission: 'settings.write' }).input(setFlagInput).output(okOut).mutation(async ({ ctx, input }) => {
    await setFlag(ctx.scope, input, ctx.now);
    return ok;
  }),
});
