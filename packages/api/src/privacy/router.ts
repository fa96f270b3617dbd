import { z } from 'zod';
import { acceptedTextKeys } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { router, tenantProcedure } from '../trpc';
import { acceptText, changedTexts } from './changed-texts';

const keySchema = z.enum(acceptedTextKeys);
const wordsOut = { version: z.number(), title: z.string(), body: z.string() };

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
});
