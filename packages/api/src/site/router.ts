import { z } from 'zod';
import { countrySchema, currencySchema, enrolmentFields, legalTextKeys, localeSchema } from '@interdomestik/rules';
import { publicProcedure, router, siteProcedure } from '../trpc';
import { describeSite, legalText, listTenantChoices } from './service';

const siteOut = z.object({
  slug: z.string(), name: z.string(), countryCode: z.string(), country: countrySchema, currency: currencySchema, timeZone: z.string(),
  locales: z.array(localeSchema), defaultLocale: localeSchema,
  branding: z.object({ accent: z.string(), supportPhone: z.string(), supportEmail: z.string() }),
  enrolment: z.object({ requiredFields: z.array(z.enum(enrolmentFields)), referralAllowed: z.boolean(), minimumAge: z.number() }),
});

export const siteRouter = router({
  tenants: publicProcedure
    .meta({ permission: 'public.read' })
    .input(z.void())
    .output(z.array(z.object({ slug: z.string(), name: z.string(), countryCode: z.string() })))
    .query(({ ctx }) => listTenantChoices(ctx.locale)),

  current: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.object({ locale: localeSchema.optional() }).optional())
    .output(siteOut)
    .query(({ ctx, input }) => describeSite(ctx.site, ctx.now, input?.locale ?? ctx.locale)),

  legalText: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.object({ key: z.enum(legalTextKeys), locale: localeSchema.optional() }))
    .output(z.object({ key: z.enum(legalTextKeys), version: z.number(), title: z.string(), body: z.string(), hash: z.string() }))
    .query(({ ctx, input }) => legalText(ctx.site, input.key, input.locale ?? ctx.locale, ctx.now)),
});
