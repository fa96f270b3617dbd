import { z } from 'zod';
import { branchProcedure, router } from '../trpc';
import { beginExport } from './export';
import { exportWish } from './lists';

export const exportsRouter = router({
  /** The ticket for a list as a file, with how many rows it has. */
  begin: branchProcedure
    .meta({ permission: 'exports.run' })
    .input(exportWish)
    .output(z.object({ ticket: z.string(), rows: z.number() }))
    .mutation(({ ctx, input }) => beginExport(ctx.scope, input, ctx.locale, ctx.now)),
});
