export { renderInvoicePdf } from './invoice';
export { renderReceiptPdf } from './receipt';
export { renderStatementPdf } from './statement';
export type { DocumentLanguages, InvoicePdfInput, InvoicePdfLine, InvoicePdfPayment, PdfBuyer, PdfSeller, ReceiptPdfInput, StatementPdfInput, StatementPdfLine } from './types';
