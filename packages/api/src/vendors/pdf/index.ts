export { renderInvoicePdf } from './invoice';
export { renderReceiptPdf } from './receipt';
export { renderReportPdf } from './report';
export { renderStatementPdf } from './statement';
export type { DocumentLanguages, InvoicePdfInput, InvoicePdfLine, InvoicePdfPayment, PdfBuyer, PdfSeller, ReceiptPdfInput, ReportPdfInput, StatementPdfInput, StatementPdfLine } from './types';
