export { renderInvoicePdf } from './invoice';
export { renderReceiptPdf } from './receipt';
export { renderReportPdf } from './report';
export { renderSlipPdf } from './slip';
export { renderStatementPdf } from './statement';
export type { DocumentLanguages, InvoicePdfInput, InvoicePdfLine, InvoicePdfPayment, PdfBuyer, PdfSeller, ReceiptPdfInput, ReportPdfInput, SlipPdfInput, StatementPdfInput, StatementPdfLine } from './types';
