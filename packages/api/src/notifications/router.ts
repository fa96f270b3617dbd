import { z } from 'zod';
import { ok, okOut, pageOf } from '../shapes';
import { router, tenantProcedure } from '../trpc';
import { countUnread, listNotifications, markRead } from './service';

const notificationOut = z.object({
  id: z.string(), kind: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])),
  href: z.string().nullable(), readAt: z.date().nullable(), createdAt: z.date(),
});

export const notificationsRouter = router({
  list: tenantProcedure
    .meta({ permission: 'notifications.read' })
    .input(z.object({ cursor: z.string().max(1500).optional(), limit: z.int().min(1).max(100).default(25) }))
    .output(pageOf(notificationOut).extend({ unread: z.number() }))
    .query(({ ctx, input }) => listNotifications(ctx.scope, input)),

  unread: tenantProcedure
    .meta({ permission: 'notifications.read' })
    .input(z.void())
    .output(z.object({ unread: z.number() }))
    .query(async ({ ctx }) => ({ unread: await countUnread(ctx.scope) })),

  markRead: tenantProcedure
    .meta({ permission: 'notifications.read' })
    .input(z.object({ ids: z.array(z.uuid()).max(100).optional() }))
    .output(okOut)
    .mutation(async ({ ctx, input }) => {
      await markRead(ctx.scope, input.ids, ctx.now);
      return ok;
    }),
});
