import { formatAmount } from '@interdomestik/rules';
import { autoTable } from 'jspdf-autotable';
import { oneLine } from '../mail/clean';
import { documentFont } from './fonts';
import { finishPages, footHeight, ink, muted, newPaper, speaker, tint } from './paper';
import type { ReportPdfInput } from './types';

/** Sets a report on A4 lying down: who it is of, what it holds and until when, and its rows over as many pages as they need, each currency with its own sums. Pure: the same input gives the same bytes. */
export async function renderReportPdf(input: ReportPdfInput): Promise<Uint8Array> {
  const voice = speaker({ primary: input.locale, secondary: null });
  const paper = await newPaper({ format: 'a4', orientation: 'landscape', title: input.title, author: input.seller.legalName, issuedAt: input.madeAt, accent: input.accent });
  const top = input.seller.demo ? 24 : 20;
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 4.8, 1.2, 11, 'F');
  paper.write(oneLine(input.title, 80), paper.margin + 4, top, { size: 15, bold: true });
  const { legalName, address, city, taxId } = input.seller;
  paper.write(oneLine([legalName, address, city, taxId].filter((part) => part !== '').join(', '), 140), paper.margin + 4, top + 5.4, { size: 8, colour: muted });
  let y = top + 13;
  for (const line of input.lines) y = paper.flow(oneLine(line, 200), paper.margin, y, paper.width - 2 * paper.margin, { size: 9 });
  const right = { halign: 'right' as const };
  const amounts = input.columns.length + 1;
  const cells = (labels: readonly string[], row: ReportPdfInput['rows'][number]['amounts']) => [
    ...labels.map((label) => oneLine(label, 200)), row[0]?.currency ?? '', ...row.map((amount) => formatAmount(amount, input.locale)),
  ];
  autoTable(paper.doc, {
    startY: y + 2,
    margin: { left: paper.margin, right: paper.margin, top: 22, bottom: footHeight },
    theme: 'plain',
    rowPageBreak: 'avoid',
    showFoot: 'lastPage',
    styles: { font: documentFont, fontSize: 8.5, textColor: ink, cellPadding: { top: 1.4, bottom: 1.4, left: 1.6, right: 1.6 }, valign: 'top', overflow: 'linebreak' },
    headStyles: { font: documentFont, fontStyle: 'bold', fontSize: 7.5, textColor: muted, fillColor: tint, valign: 'bottom' },
    footStyles: { font: documentFont, fontStyle: 'bold', fontSize: 8.5, textColor: ink, fillColor: tint },
    columnStyles: Object.fromEntries(Array.from({ length: amounts - 1 }, (_, index) => [input.heads.length + 1 + index, right])),
    head: [[...input.heads, input.currencyHead, ...input.columns].map((content, index) => ({ content, styles: index > input.heads.length ? right : {} }))],
    body: input.rows.map(({ labels, amounts: row }) => cells(labels, row)),
    foot: input.totals.map((row) => cells(input.heads.map((_, index) => (index === 0 ? input.totalHead : '')), row).map((content, index) => ({ content, styles: index > input.heads.length ? right : {} }))),
  });
  return finishPages(paper, voice, input.seller, input.title);
}
