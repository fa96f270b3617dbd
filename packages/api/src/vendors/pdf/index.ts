export { renderInvoicePdf } from './invoice';
export { renderReceiptPdf } from './receipt';
export type { DocumentLanguages, InvoicePdfInput, InvoicePdfLine, InvoicePdfPayment, PdfBuyer, PdfSeller, ReceiptPdfInput } from './types';
