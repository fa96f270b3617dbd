import { z } from 'zod';
import { byIdInput, eventTopics, listInputOf, paymentStatuses, webhookStatuses } from '@interdomestik/rules';
import { moneyOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { inboxStanding, listEvents, readEvent, replayStopped } from './inbox';

const eventOut = z.object({
  id: z.string(), eventId: z.string(), eventType: z.string(), status: z.enum(webhookStatuses), reason: z.string().nullable(), attempts: z.number(),
  occurredAt: z.date(), createdAt: z.date(), processedAt: z.date().nullable(), accountName: z.string(),
});

const eventInFull = eventOut.extend({
  payload: z.string(), masked: z.boolean(), replays: z.array(z.object({ at: z.date(), actorKind: z.string(), by: z.string().nullable() })),
  transactionId: z.string().nullable(), told: moneyOut.nullable(),
  payment: z.object({ id: z.string(), amount: moneyOut, status: z.enum(paymentStatuses), payer: z.object({ id: z.string(), name: z.string() }).nullable() }).nullable(),
});

const listIn = listInputOf(['createdAt'], { status: z.array(z.enum(webhookStatuses)).max(6), topic: z.enum(eventTopics), accountId: z.uuid() });
const read = branchProcedure.meta({ permission: 'webhooks.read' });

export const webhooksRouter = router({
  list: read.input(listIn).output(pageOf(eventOut)).query(({ ctx, input }) => listEvents(ctx.scope, input)),

  standing: read.input(z.void())
    .output(z.object({ failed: z.number(), dead: z.number(), parked: z.number(), accounts: z.array(z.object({ id: z.string(), name: z.string() })) }))
    .query(({ ctx }) => inboxStanding(ctx.scope)),

  get: read.input(byIdInput).output(eventInFull).query(({ ctx, input }) => readEvent(ctx.scope, input.id)),

  replay: branchProcedure.meta({ permission: 'webhooks.replay' })
    .input(byIdInput).output(z.object({ replayed: z.boolean() }))
    .mutation(({ ctx, input }) => replayStopped(ctx.scope, input.id, ctx.now)),
});
