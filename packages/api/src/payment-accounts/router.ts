import { z } from 'zod';
import {
  addWebhookSecretInput, createPaymentAccountInput, retireWebhookSecretInput, setBankAccountInput, switchPaymentAccountInput, tryPaymentAccountInput, updatePaymentAccountInput,
} from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { addWebhookSecret, createPaymentAccount, listPaymentAccounts, retireWebhookSecret, setBankAccount, switchPaymentAccount, updatePaymentAccount } from './service';
import { tryPaymentAccount } from './try';

const accountOut = z.object({
  id: z.string(), provider: z.string(), slug: z.string(), name: z.string(), currency: z.string(), environment: z.string(), taxDocumentIssuer: z.string(), isActive: z.boolean(),
  /** Public by its nature: the page that pays shows it. */
  clientToken: z.string().nullable(),
  key: z.object({ last: z.string().max(4), setAt: z.date().nullable() }).nullable(),
  secrets: z.array(z.object({ id: z.string(), last: z.string().max(4), addedAt: z.date().nullable() })),
  readable: z.boolean(), bank: z.object({ beneficiary: z.string(), address: z.string(), iban: z.string(), bank: z.string(), swift: z.string().nullable() }).nullable(), webhookUrl: z.string().nullable(), lastReportAt: z.date().nullable(),
});

const write = branchProcedure.meta({ permission: 'settings.write' });

export const paymentAccountsRouter = router({
  list: branchProcedure.meta({ permission: 'settings.read' }).input(z.void()).output(z.array(accountOut)).query(({ ctx }) => listPaymentAccounts(ctx.scope)),

  create: write.input(createPaymentAccountInput).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => createPaymentAccount(ctx.scope, input, ctx.now)),

  update: write.input(updatePaymentAccountInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await updatePaymentAccount(ctx.scope, input, ctx.now); return ok; }),

  setBank: write.input(setBankAccountInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await setBankAccount(ctx.scope, input, ctx.now); return ok; }),

  switch: write.input(switchPaymentAccountInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await switchPaymentAccount(ctx.scope, input, ctx.now); return ok; }),

  addSecret: write.input(addWebhookSecretInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await addWebhookSecret(ctx.scope, input, ctx.now); return ok; }),

  retireSecret: write.input(retireWebhookSecretInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await retireWebhookSecret(ctx.scope, input, ctx.now); return ok; }),

  try: write.input(tryPaymentAccountInput)
    .output(z.object({ answer: z.number().nullable(), eventRowId: z.string().nullable(), provider: z.enum(['works', 'refused', 'unreachable', 'noKey']) }))
    .mutation(({ ctx, input }) => tryPaymentAccount(ctx.scope, input, ctx.now)),
});
