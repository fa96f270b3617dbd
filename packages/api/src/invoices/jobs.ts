import { z } from 'zod';
import { defineJob } from '../jobs/registry';
import { renderInvoice } from './render';

/** Renders the PDF of an issued invoice and stores it, once. */
export const renderInvoiceJob = defineJob({
  name: 'invoices.render', payload: z.object({ invoiceId: z.uuid() }), retries: 8, atOnce: 2, heavy: true, run: (scope, { invoiceId }) => renderInvoice(scope, invoiceId),
});
