import { formatPercent, legalFormats } from '@interdomestik/i18n';
import { formatAmount } from '@interdomestik/rules';
import { autoTable } from 'jspdf-autotable';
import { oneLine } from '../mail/clean';
import { documentFont } from './fonts';
import { finishPages, footHeight, ink, muted, newPaper, speaker, tint, together } from './paper';
import type { Pair, Paper, Speaker } from './paper';
import type { StatementPdfInput } from './types';

// i18n-keys: pdf.statement.*
const stacked = ({ first, second }: Pair): string => (second === null ? first : `${first}\n${second}`);

function head(paper: Paper, voice: Speaker, input: StatementPdfInput): number {
  const right = paper.width - paper.margin;
  const top = input.seller.demo ? 24 : 20;
  const title = voice.say((t) => t('pdf.statement.title'));
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 4.8, 1.2, 11, 'F');
  paper.write(title.first, paper.margin + 4, top, { size: 15, bold: true });
  if (title.second !== null) paper.write(title.second, paper.margin + 4, top + 5.4, { size: 10, colour: muted });
  paper.write(oneLine(input.number, 40), right, top, { size: 13, bold: true, align: 'right' });
  paper.write(together(voice.say((t) => t('pdf.statement.number'))), right, top + 4.8, { size: 7.5, colour: muted, align: 'right' });
  const { legalName, address, city, taxId } = input.seller;
  return paper.flow(oneLine([legalName, address, city, taxId].filter((part) => part !== '').join(', ')), paper.margin, top + 14, paper.width - 2 * paper.margin, { size: 8, colour: muted });
}

function fields(paper: Paper, voice: Speaker, input: StatementPdfInput, top: number): number {
  const shown: readonly (readonly [Pair, string | null])[] = [
    [voice.say((t) => t('pdf.statement.payee')), input.payee],
    [voice.say((t) => t('pdf.statement.branch')), input.branch],
    [voice.say((t) => t('pdf.statement.paidOn')), legalFormats.date(input.paidOn)],
    [voice.say((t) => t('pdf.statement.reference')), input.reference],
  ];
  const width = (paper.width - 2 * paper.margin) / 4;
  for (const [index, [label, value]] of shown.entries()) {
    const x = paper.margin + index * width;
    paper.write(label.first, x, top, { size: 7.5, colour: muted, bold: true });
    if (label.second !== null) paper.write(label.second, x, top + 3.4, { size: 7, colour: muted });
    paper.flow(oneLine(value ?? '–', 80), x, top + 8.6, width - 4, { size: 9.5 });
  }
  return top + 18;
}

function table(paper: Paper, voice: Speaker, input: StatementPdfInput, top: number): number {
  const { primary } = input.languages;
  const right = { halign: 'right' as const };
  const titles = (['date', 'plan', 'kind', 'net', 'rate', 'amount'] as const).map((key) => voice.say((t) => t(`pdf.statement.${key}`)));
  let bottom = top;
  autoTable(paper.doc, {
    startY: top,
    margin: { left: paper.margin, right: paper.margin, top: 22, bottom: footHeight },
    theme: 'plain',
    rowPageBreak: 'avoid',
    styles: { font: documentFont, fontSize: 8.5, textColor: ink, cellPadding: { top: 1.6, bottom: 1.6, left: 1.6, right: 1.6 }, valign: 'top', overflow: 'linebreak' },
    headStyles: { font: documentFont, fontStyle: 'bold', fontSize: 7, textColor: muted, fillColor: tint, valign: 'middle' },
    columnStyles: { 0: { cellWidth: 21 }, 3: { ...right, cellWidth: 26 }, 4: { ...right, cellWidth: 16 }, 5: { ...right, cellWidth: 28, fontStyle: 'bold' } },
    head: [titles.map((title, index) => ({ content: stacked(title), styles: index < 3 ? {} : right }))],
    body: input.lines.map((line) => [
      // i18n-keys: common.commissionKinds.*
      legalFormats.date(line.on), stacked(voice.pick(line.plan)), stacked(voice.say((t) => t(`common.commissionKinds.${line.kind}`))), formatAmount(line.net, primary), formatPercent(line.rateBp, primary), formatAmount(line.amount, primary),
    ]),
    didDrawPage: ({ cursor }) => { bottom = cursor?.y ?? bottom; },
  });
  return bottom;
}

function totalBox(paper: Paper, voice: Speaker, input: StatementPdfInput, after: number): void {
  let top = after + 4;
  if (top + 15 > paper.height - footHeight) {
    paper.doc.addPage();
    top = 22;
  }
  paper.doc.setFillColor(tint);
  paper.doc.rect(paper.margin, top, paper.width - 2 * paper.margin, 15, 'F');
  const words = voice.say((t) => t('pdf.statement.total'));
  paper.write(words.first, paper.margin + 5, words.second === null ? top + 9 : top + 7, { size: 9, bold: true });
  if (words.second !== null) paper.write(words.second, paper.margin + 5, top + 11.2, { size: 8, colour: muted });
  paper.write(legalFormats.money(input.total, input.languages.primary), paper.width - paper.margin - 5, top + 10, { size: 17, bold: true, colour: paper.accent, align: 'right' });
}

/** Sets the statement of a payout of commissions on A4, labels in both languages, over as many pages as its lines need. Pure: the same input gives the same bytes. */
export async function renderStatementPdf(input: StatementPdfInput): Promise<Uint8Array> {
  const voice = speaker(input.languages);
  const paper = await newPaper({ format: 'a4', orientation: 'portrait', title: input.number, author: input.seller.legalName, issuedAt: input.issuedAt, accent: input.accent });
  const top = fields(paper, voice, input, head(paper, voice, input) + 6);
  totalBox(paper, voice, input, table(paper, voice, input, top));
  return finishPages(paper, voice, input.seller, input.number);
}
