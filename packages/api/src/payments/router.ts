import { z } from 'zod';
import { idempotencyKeySchema, listInputOf, membershipStatuses, paymentStatuses } from '@interdomestik/rules';
import { dayOut, moneyOut, pageOf } from '../shapes';
import { transferSlip, transferSlipFile } from '../bank/slip';
import { branchProcedure, router, siteProcedure, tenantProcedure } from '../trpc';
import { openCheckout } from './checkout';
import { overlaySettings } from './overlay';
import { cardPortal } from './portal';
import { listPayments, myPayments, paymentFilters, paymentMethodsStored, paymentStatus } from './service';

const paymentOut = z.object({
  id: z.string(), planTitle: z.string().nullable(), membershipId: z.uuid().nullable(), method: z.enum(paymentMethodsStored), status: z.enum(paymentStatuses), amount: moneyOut, refunded: moneyOut,
  taxDocumentIssuer: z.enum(['provider', 'tenant']), paidAt: z.date().nullable(), createdAt: z.date(),
});

const listPaymentsInput = listInputOf(['createdAt'], paymentFilters).omit({ search: true });

export const paymentsRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.void())
    .output(z.array(paymentOut))
    .query(({ ctx }) => myPayments(ctx.scope, ctx.locale, ctx.now)),

  checkout: tenantProcedure
    .meta({ permission: 'payments.read' })
    // the payment itself is the key: it never has two open checkouts, whatever key a retry carries
    .input(z.object({ paymentId: z.uuid(), idempotencyKey: idempotencyKeySchema.optional() }))
    .output(z.object({ url: z.string() }))
    .mutation(async ({ ctx, input }) => ({ url: await openCheckout(ctx.scope, input.paymentId, ctx.now) })),

  portal: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.void())
    .output(z.object({ url: z.string().nullable() }))
    .mutation(async ({ ctx }) => ({ url: await cardPortal(ctx.scope) })),

  status: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.object({ paymentId: z.uuid() }))
    .output(z.object({ status: z.enum(paymentStatuses), membershipStatus: z.enum(membershipStatuses).nullable(), amount: moneyOut }))
    .query(({ ctx, input }) => paymentStatus(ctx.scope, input.paymentId)),

  slip: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.object({ paymentId: z.uuid() }))
    .output(z.object({
      paymentId: z.string(), state: z.enum(['waiting', 'paid', 'lapsed']), planTitle: z.string(), title: z.string().nullable(), referenceLabel: z.string().nullable(), amount: moneyOut, received: moneyOut.nullable(), reference: z.string(),
      expiresOn: dayOut, details: z.object({ beneficiary: z.string(), address: z.string(), iban: z.string(), bank: z.string(), swift: z.string().nullable() }),
    }))
    .query(({ ctx, input }) => transferSlip(ctx.scope, input.paymentId, ctx.locale, ctx.now)),

  slipFile: tenantProcedure
    .meta({ permission: 'payments.read' })
    .input(z.object({ paymentId: z.uuid() }))
    .output(z.object({ fileName: z.string(), base64: z.string() }))
    .query(({ ctx, input }) => transferSlipFile(ctx.scope, input.paymentId, ctx.locale, ctx.now)),

  overlay: siteProcedure
    .meta({ permission: 'public.read' })
    .input(z.void())
    .output(z.object({ clientToken: z.string(), environment: z.enum(['sandbox', 'production']) }).nullable())
    .query(({ ctx }) => overlaySettings(ctx.site, ctx.now)),

  list: branchProcedure
    .meta({ permission: 'payments.read' })
    .input(listPaymentsInput)
    .output(pageOf(paymentOut.extend({ memberId: z.string().nullable(), memberName: z.string().nullable(), memberNumber: z.string().nullable() })))
    .query(({ ctx, input }) => listPayments(ctx.scope, input, ctx.locale, ctx.now)),
});
