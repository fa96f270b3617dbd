import { z } from 'zod';
import { localeSchema } from '@interdomestik/rules';
import { moneyOut } from '../shapes';
import { router, siteProcedure } from '../trpc';
import { listPlanOffers } from './service';

const planOut = z.object({
  code: z.string(), title: z.string(), tagline: z.string(), benefits: z.array(z.string()), covers: z.string(), price: moneyOut.nullable(),
  vatRateBp: z.number(), periodMonths: z.number(), people: z.number().nullable(), mattersPerYear: z.number().nullable(),
  successFee: z.object({ percentBp: z.number(), minimum: moneyOut.nullable(), capBp: z.number().nullable() }).nullable(), selfService: z.boolean(), awaitsCard: z.boolean(),
});

export const plansRouter = router({
  list: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.object({ locale: localeSchema.optional() }).optional())
    .output(z.array(planOut))
    .query(({ ctx, input }) => listPlanOffers(ctx.site, input?.locale ?? ctx.locale, ctx.now)),
});
