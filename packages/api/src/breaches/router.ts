import { z } from 'zod';
import { breachInput, breachScopes } from '@interdomestik/rules';
import { branchProcedure, router } from '../trpc';
import { breachActors, breachCsv, breachReport } from './service';

const affectedOut = z.object({
  id: z.string(), name: z.string(), memberNumber: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable(), address: z.string().nullable(), what: z.array(z.enum(breachScopes)), first: z.date(), last: z.date(), times: z.number(),
});

export const breachesRouter = router({
  actors: branchProcedure.meta({ permission: 'privacy.decide' }).input(z.void()).output(z.array(z.object({ id: z.string(), name: z.string() }))).query(({ ctx }) => breachActors(ctx.scope)),

  report: branchProcedure
    .meta({ permission: 'privacy.decide', fresh: true })
    .input(breachInput)
    .output(z.object({ people: z.array(affectedOut), exports: z.number(), noticeBy: z.date(), noticeHours: z.number(), law: z.string() }))
    .mutation(async ({ ctx, input }) => {
      const { people, ...rest } = await breachReport(ctx.scope, input, ctx.now);
      return { ...rest, people: people.map((one) => ({ ...one, what: [...one.what] })) };
    }),

  csv: branchProcedure
    .meta({ permission: 'privacy.decide', fresh: true })
    .input(breachInput)
    .output(z.object({ fileName: z.string(), text: z.string() }))
    .mutation(({ ctx, input }) => breachCsv(ctx.scope, input, ctx.locale, ctx.now)),
});
