import { z } from 'zod';
import { localeSchema, buyerPayments, quoteInput } from '@interdomestik/rules';
import { limitAttempts } from '../limits/attempts';
import { dayOut, instalmentPlansOut, moneyOut, priceOut } from '../shapes';
import { waysToPay } from '../payments/online';
import { router, siteProcedure } from '../trpc';
import { listPlanOffers, quoteJoin } from './service';

const planOut = z.object({
  code: z.string(), title: z.string(), tagline: z.string(), benefits: z.array(z.string()), covers: z.string(), price: moneyOut.nullable(), fullPrice: moneyOut.nullable(),
  reductions: z.array(z.object({ title: z.string(), until: dayOut.nullable() })), vatRateBp: z.number(), periodMonths: z.number(), people: z.number().nullable(),
  includedPeople: z.number().nullable(), perExtraPerson: moneyOut.nullable(),
  addons: z.array(z.object({ code: z.string(), title: z.string(), summary: z.string(), price: moneyOut, extraMatters: z.number() })), mattersPerYear: z.number().nullable(),
  successFee: z.object({ percentBp: z.number(), minimum: moneyOut.nullable(), capBp: z.number().nullable() }).nullable(), selfService: z.boolean(), awaitsCard: z.boolean(),
  instalments: z.object({ parts: z.number(), each: moneyOut, first: moneyOut }).nullable(),
});

export const plansRouter = router({
  list: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.object({ locale: localeSchema.optional() }).optional())
    .output(z.array(planOut))
    .query(({ ctx, input }) => listPlanOffers(ctx.site, input?.locale ?? ctx.locale, ctx.now)),

  ways: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.void())
    .output(z.array(z.enum(buyerPayments)))
    .query(({ ctx }) => waysToPay(ctx.site, ctx.now)),

  quote: siteProcedure
    .meta({ permission: 'public.read' })
    .input(quoteInput)
    .output(priceOut.extend({ instalmentPlans: instalmentPlansOut }))
    .query(async ({ ctx, input }) => {
      await limitAttempts('quote', [ctx.site.tenantId, ctx.ip], { limit: 600, windowSeconds: 3600 });
      // words of coupons and codes of people are not to be found by trying
      if (input.couponCode !== undefined || input.referralCode !== undefined) await limitAttempts('quote-code', [ctx.site.tenantId, ctx.ip], { limit: 120, windowSeconds: 3600 });
      return await quoteJoin(ctx.site, input, input.locale ?? ctx.locale, ctx.now);
    }),
});
