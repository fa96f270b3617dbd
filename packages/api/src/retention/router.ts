import { z } from 'zod';
import { retentionKinds } from '@interdomestik/rules';
import { branchProcedure, router } from '../trpc';
import { retentionReport } from './service';

const gone = z.record(z.enum(retentionKinds), z.number());

export const retentionRouter = router({
  /** The trial: what would go today, and what the last run took. */
  report: branchProcedure
    .meta({ permission: 'privacy.decide' })
    .input(z.void())
    .output(z.object({ nightly: z.boolean(), kinds: z.array(z.object({ kind: z.enum(retentionKinds), from: z.string(), count: z.number() })), last: z.object({ at: z.date(), gone }).nullable() }))
    .query(async ({ ctx }) => {
      const report = await retentionReport(ctx.scope, ctx.now);
      return { ...report, kinds: [...report.kinds] };
    }),
});
