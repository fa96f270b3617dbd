import { z } from 'zod';
import { router, siteProcedure, tenantProcedure } from '../trpc';
import { myCard, verifyCard } from './service';

const statusOut = z.enum(['valid', 'paused', 'expired', 'invalid']);

export const cardsRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'memberships.read' })
    .input(z.void())
    .output(z.object({
      memberName: z.string(), memberNumber: z.string(), planTitle: z.string(), validUntil: z.string(), status: statusOut, verifyUrl: z.string(), qrSvg: z.string(),
    }).nullable())
    .query(({ ctx }) => myCard(ctx.scope, ctx.locale, ctx.now)),

  verify: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.object({ code: z.string().max(64) }))
    .output(z.object({ valid: z.boolean(), status: statusOut, planTitle: z.string().nullable(), validUntil: z.string().nullable(), memberNumberMasked: z.string().nullable() }))
    .query(({ ctx, input }) => verifyCard(ctx.site, input.code, ctx.locale, ctx.now)),
});
