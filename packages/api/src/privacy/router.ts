import { z } from 'zod';
import { acceptedTextKeys, tenantRoles } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { router, tenantProcedure } from '../trpc';
import { accessLog } from './access-log';
import { acceptText, changedTexts } from './changed-texts';
import { beginDownload } from './own-data';

const keySchema = z.enum(acceptedTextKeys);
const wordsOut = { version: z.number(), title: z.string(), body: z.string() };

const lookOut = z.object({
  id: z.string(), at: z.date(), what: z.enum(['record', 'claim', 'document']), label: z.string().nullable(), name: z.string().nullable(), role: z.enum(tenantRoles).nullable(), from: z.enum(['tenant', 'platform']),
});

export const privacyRouter = router({
  changedTexts: tenantProcedure
    .meta({ permission: 'self.read' })
    .input(z.void())
    .output(z.array(z.object({ key: keySchema, ...wordsOut, hash: z.string(), before: z.object({ ...wordsOut, acceptedAt: z.date() }).nullable() })))
    .query(({ ctx }) => changedTexts(ctx.scope, ctx.locale, ctx.now)),

  acceptText: tenantProcedure
    .meta({ permission: 'self.write' })
    .input(z.object({ key: keySchema, version: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/u, { error: 'errors.choice' }) }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await acceptText(ctx.scope, input, ctx.locale, ctx.now);
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
