import { z } from 'zod';
import { acceptedTextKeys, tenantRoles } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { router, tenantProcedure } from '../trpc';
import { accessLog } from './access-log';
import { acceptText, changedTexts } from './changed-texts';
import { freeConsents, ownConsents, sayConsent } from './own-consents';
import { beginDownload } from './own-data';

const keySchema = z.enum(acceptedTextKeys);
const wordsOut = { version: z.number(), title: z.string(), body: z.string() };

const lookOut = z.object({
  id: z.string(), at: z.date(), what: z.enum(['record', 'claim', 'document']), label: z.string().nullable(), name: z.string().nullable(), role: z.enum(tenantRoles).nullable(), from: z.enum(['tenant', 'platform']),
});

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/u, { error: 'errors.choice' });
const consentOut = z.object({
  key: z.enum([...acceptedTextKeys, ...freeConsents]), title: z.string(), body: z.string(), accepted: z.boolean().nullable(), free: z.boolean(), version: z.number(), hash: z.string(),
  history: z.array(z.object({ id: z.string(), at: z.date(), accepted: z.boolean(), version: z.string(), title: z.string().nullable() })),
});

export const privacyRouter = router({
  changedTexts: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.void())
    .output(z.array(z.object({ key: keySchema, ...wordsOut, hash: z.string(), before: z.object({ ...wordsOut, acceptedAt: z.date() }).nullable() })))
    .query(({ ctx }) => changedTexts(ctx.scope, ctx.locale, ctx.now)),

  acceptText: tenantProcedure
    .meta({ permission: 'self.write' })
    .input(z.object({ key: keySchema, version: z.int().min(1), hash: hashSchema }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await acceptText(ctx.scope, input, ctx.locale, ctx.now);
      return ok;
    }),

  consents: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.void())
    .output(z.array(consentOut))
    .query(async ({ ctx }) => (await ownConsents(ctx.scope, ctx.locale, ctx.now)).map((one) => ({ ...one, history: [...one.history] }))),

  sayConsent: tenantProcedure
    .meta({ permission: 'self.write' })
    .input(z.object({ key: z.enum(freeConsents), accepted: z.boolean(), version: z.int().min(1), hash: hashSchema }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await sayConsent(ctx.scope, input, ctx.locale, ctx.now);
      return ok;
    }),

  /** The ticket for the archive of everything held about the member. */
  beginDownload: tenantProcedure
    .meta({ permission: 'self.read', fresh: true })
    .input(z.void())
    .output(z.object({ ticket: z.string() }))
    .mutation(({ ctx }) => beginDownload(ctx.scope, ctx.now)),

  accessLog: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.object({ cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(100).default(20) }))
    .output(pageOf(lookOut))
    .query(({ ctx, input }) => accessLog(ctx.scope, input)),
});
