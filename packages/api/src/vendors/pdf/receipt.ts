import { legalFormats } from '@interdomestik/i18n';
import { addDays, formatInstant } from '@interdomestik/rules';
import { oneLine } from '../mail/clean';
import { finishPages, muted, newPaper, speaker, tint, together } from './paper';
import type { Pair, Paper, Speaker } from './paper';
import type { ReceiptPdfInput } from './types';

function head(paper: Paper, voice: Speaker, input: ReceiptPdfInput): number {
  const right = paper.width - paper.margin;
  const top = input.seller.demo || input.sample === true ? 21 : 17;
  const title = voice.say((t) => t('pdf.receipt.title'));
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 4.8, 1.2, 11, 'F');
  paper.write(title.first, paper.margin + 4, top, { size: 15, bold: true });
  if (title.second !== null) paper.write(title.second, paper.margin + 4, top + 5.4, { size: 10, colour: muted });
  paper.write(oneLine(input.number, 40), right, top, { size: 13, bold: true, align: 'right' });
  paper.write(together(voice.say((t) => t('pdf.receipt.number'))), right, top + 4.8, { size: 7.5, colour: muted, align: 'right' });
  const { legalName, address, city, taxId } = input.seller;
  const details = [legalName, address, city, taxId].filter((part) => part !== '').join(', ');
  return paper.flow(oneLine(details), paper.margin, top + 13, paper.width - 2 * paper.margin, { size: 8, colour: muted });
}

function amountBox(paper: Paper, voice: Speaker, input: ReceiptPdfInput, top: number): number {
  const width = paper.width - 2 * paper.margin;
  paper.doc.setFillColor(tint);
  paper.doc.rect(paper.margin, top, width, 15, 'F');
  const words = voice.say((t) => t('pdf.receipt.amount'));
  paper.write(words.first, paper.margin + 5, words.second === null ? top + 9 : top + 7, { size: 9, bold: true });
  if (words.second !== null) paper.write(words.second, paper.margin + 5, top + 11.2, { size: 8, colour: muted });
  paper.write(legalFormats.money(input.amount, input.languages.primary), paper.width - paper.margin - 5, top + 10, {
    size: 19,
    bold: true,
    colour: paper.accent,
    align: 'right',
  });
  return top + 15;
}

function fields(paper: Paper, voice: Speaker, input: ReceiptPdfInput, top: number): number {
  const purpose = voice.pick(input.purpose);
  const { period } = input;
  const range = period === null ? null : `${legalFormats.date(period.start)} – ${legalFormats.date(addDays(period.end, -1))}`;
  const shown: readonly (readonly [Pair, string | null])[] = [
    [voice.say((t) => t('pdf.receipt.receivedFrom')), input.payer.name],
    [voice.say((t) => t('pdf.receipt.memberNumber')), input.payer.memberNumber],
    [voice.say((t) => t('pdf.receipt.purpose')), together(purpose)],
    [voice.say((t) => t('pdf.receipt.period')), range],
    [voice.say((t) => t('pdf.receipt.invoice')), input.invoiceNumber],
    [voice.say((t) => t('pdf.receipt.date')), formatInstant(input.issuedAt, input.timeZone)],
    [voice.say((t) => t('pdf.receipt.agent')), input.agent],
    [voice.say((t) => t('pdf.receipt.branch')), input.branch],
  ];
  const filled = shown.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  const gap = 8;
  const width = (paper.width - 2 * paper.margin - gap) / 2;
  let y = top;
  for (let index = 0; index < filled.length; index += 2) {
    const ends = filled.slice(index, index + 2).map(({ label, value }, column) => {
      const x = paper.margin + column * (width + gap);
      paper.label(label, x, y, 7.5);
      return paper.flow(oneLine(value), x, y + 4.6, width, { size: 9.5 });
    });
    y = Math.max(...ends) + 2.6;
  }
  return y;
}

function signatures(paper: Paper, voice: Speaker): void {
  const y = paper.height - 25;
  const width = (paper.width - 2 * paper.margin - 16) / 2;
  for (const [index, words] of [voice.say((t) => t('pdf.receipt.signatureAgent')), voice.say((t) => t('pdf.receipt.signatureMember'))].entries()) {
    const x = paper.margin + index * (width + 16);
    paper.rule(y, x, x + width);
    paper.label(words, x, y + 3.8, 7);
  }
  paper.write(together(voice.say((t) => t('pdf.receipt.keep'))), paper.margin, paper.height - 16.4, { size: 6.8, colour: muted });
}

/**
 * Sets a cash receipt on A5 landscape, labels in both languages. Pure: the same input gives the same bytes.
 * The time is printed on the clock of `timeZone`.
 */
export async function renderReceiptPdf(input: ReceiptPdfInput): Promise<Uint8Array> {
  const voice = speaker(input.languages);
  const paper = await newPaper({
    format: 'a5',
    orientation: 'landscape',
    title: input.number,
    author: input.seller.legalName,
    issuedAt: input.issuedAt,
    accent: input.accent,
  });
  const afterHead = head(paper, voice, input);
  fields(paper, voice, input, amountBox(paper, voice, input, afterHead + 2) + 7);
  signatures(paper, voice);
  return finishPages(paper, voice, input.seller, input.number, input.sample);
}
