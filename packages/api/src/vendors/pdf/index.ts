export { renderErasureLetterPdf } from './erasure-letter';
export { renderInvoicePdf } from './invoice';
export { renderReceiptPdf } from './receipt';
export { renderReportPdf } from './report';
export { renderSlipPdf } from './slip';
export { renderStatementPdf } from './statement';
export type { DocumentLanguages, ErasureLetterPdfInput, InvoicePdfInput, InvoicePdfLine, InvoicePdfPayment, PdfBuyer, PdfSeller, ReceiptPdfInput, ReportPdfInput, SlipPdfInput, StatementPdfInput, StatementPdfLine } from './types';
