import { z } from 'zod';
import { byIdInput, clearanceProblems, clearanceStates, invoiceStatuses, listInputOf, localeSchema } from '@interdomestik/rules';
import { dayOut, moneyOut, pageOf } from '../shapes';
import { branchProcedure, router, tenantProcedure } from '../trpc';
import { getInvoice, invoiceFilters, listInvoices, myInvoices } from './service';

const invoiceOut = z.object({
  id: z.string(), code: z.string(), status: z.enum(invoiceStatuses), issuedOn: dayOut, dueOn: dayOut, net: moneyOut, vat: moneyOut, total: moneyOut, documentId: z.string().nullable(), clearance: z.enum(clearanceStates).nullable(),
});

const lineOut = z.object({ description: z.string(), quantity: z.number(), vatRateBp: z.number(), net: moneyOut, vat: moneyOut, total: moneyOut });

export const invoicesRouter = router({
  mine: tenantProcedure
    .meta({ permission: 'invoices.read' })
    .input(z.void())
    .output(z.array(invoiceOut))
    .query(({ ctx }) => myInvoices(ctx.scope)),

  list: branchProcedure
    .meta({ permission: 'invoices.read' })
    .input(listInputOf(['issuedAt'], invoiceFilters))
    .output(pageOf(invoiceOut.extend({ memberId: z.string().nullable(), memberName: z.string(), memberNumber: z.string().nullable() })))
    .query(({ ctx, input }) => listInvoices(ctx.scope, input)),

  get: tenantProcedure
    .meta({ permission: 'invoices.read' })
    .input(byIdInput)
    .output(invoiceOut.extend({
      memberId: z.string().nullable(), issuedDocumentId: z.string().nullable(),
      clearing: z.object({ problem: z.enum(clearanceProblems).nullable(), sentAt: z.date().nullable(), decidedAt: z.date().nullable(), clearanceId: z.string().nullable(), qr: z.string().nullable(), reason: z.string().nullable() }).nullable(), issuedAt: z.date(), method: z.string().nullable(), languages: z.array(localeSchema),
      seller: z.object({ demo: z.boolean(), legalName: z.string(), address: z.string(), city: z.string(), taxId: z.string(), vatId: z.string().nullable() }),
      buyer: z.object({ name: z.string(), address: z.string().nullable(), city: z.string().nullable(), taxId: z.string().nullable(), memberNumber: z.string().nullable() }),
      lines: z.array(lineOut),
    }))
    .query(({ ctx, input }) => getInvoice(ctx.scope, input.id, ctx.locale)),
});
