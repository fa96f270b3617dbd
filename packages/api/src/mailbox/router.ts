import { z } from 'zod';
import { byIdInput } from '@interdomestik/rules';
import { router, siteProcedure } from '../trpc';
import { listMailbox, readMail } from './service';

const mailOut = z.object({
  id: z.string(), to: z.string(), subject: z.string(), template: z.string(), locale: z.string(), status: z.string(), createdAt: z.date(),
});

export const mailboxRouter = router({
  list: siteProcedure.meta({ permission: 'public.read' }).output(z.array(mailOut)).query(({ ctx }) => listMailbox(ctx.site)),
  get: siteProcedure.meta({ permission: 'public.read' }).input(byIdInput).output(mailOut.extend({ html: z.string(), text: z.string() }))
    .query(({ ctx, input }) => readMail(ctx.site, input.id)),
});
