import { legalFormats } from '@interdomestik/i18n';
import { printIban, printReference } from '@interdomestik/rules';
import { oneLine } from '../mail/clean';
import { finishPages, muted, newPaper, speaker, tint, together } from './paper';
import type { Pair, Paper, Speaker } from './paper';
import type { SlipPdfInput } from './types';

function head(paper: Paper, voice: Speaker, { titles, seller, until }: SlipPdfInput): number {
  const right = paper.width - paper.margin;
  const top = seller.demo ? 21 : 17;
  const title = titles === null ? voice.say((t) => t('pdf.slip.title')) : voice.pick(titles);
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 4.8, 1.2, 11, 'F');
  paper.write(title.first, paper.margin + 4, top, { size: 15, bold: true });
  if (title.second !== null) paper.write(title.second, paper.margin + 4, top + 5.4, { size: 10, colour: muted });
  paper.write(legalFormats.date(until), right, top, { size: 13, bold: true, align: 'right' });
  paper.write(together(voice.say((t) => t('pdf.slip.until'))), right, top + 4.8, { size: 7.5, colour: muted, align: 'right' });
  return top + 10;
}

/** What must be right to the letter: the account, the amount, the reference. */
function boxes(paper: Paper, voice: Speaker, input: SlipPdfInput, top: number): number {
  const width = paper.width - 2 * paper.margin;
  const reference = input.referenceLabels === null ? voice.say((t) => t('pdf.slip.reference')) : voice.pick(input.referenceLabels);
  const shown: readonly (readonly [Pair, string])[] = [
    [voice.say((t) => t('pdf.slip.account')), printIban(input.details.iban)],
    [voice.say((t) => t('pdf.slip.amount')), legalFormats.money(input.amount, input.languages.primary)],
    [reference, printReference(input.reference)],
  ];
  let y = top;
  for (const [label, value] of shown) {
    paper.doc.setFillColor(tint);
    paper.doc.rect(paper.margin, y, width, 11.5, 'F');
    paper.label(label, paper.margin + 4, y + 7, 7.5);
    paper.write(value, paper.width - paper.margin - 4, y + 7.6, { size: 13, bold: true, colour: paper.accent, align: 'right' });
    y += 13.5;
  }
  return y;
}

function fields(paper: Paper, voice: Speaker, { payer, purpose, details }: SlipPdfInput, top: number): number {
  const shown: readonly (readonly [Pair, string | null])[] = [
    [voice.say((t) => t('pdf.slip.beneficiary')), `${details.beneficiary}, ${details.address}`],
    [voice.say((t) => t('pdf.slip.bank')), details.swift === null ? details.bank : `${details.bank}, ${details.swift}`],
    [voice.say((t) => t('pdf.slip.payer')), payer],
    [voice.say((t) => t('pdf.slip.purpose')), purpose],
  ];
  const gap = 8;
  const width = (paper.width - 2 * paper.margin - gap) / 2;
  const filled = shown.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
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

/** Sets a payment slip on A5 landscape, labels in both languages. Pure: the same input gives the same bytes. */
export async function renderSlipPdf(input: SlipPdfInput): Promise<Uint8Array> {
  const voice = speaker(input.languages);
  const paper = await newPaper({ format: 'a5', orientation: 'landscape', title: input.reference, author: input.seller.legalName, issuedAt: input.issuedAt, accent: input.accent });
  const afterFields = fields(paper, voice, input, boxes(paper, voice, input, head(paper, voice, input) + 3) + 4);
  paper.flow(together(voice.say((t) => t('pdf.slip.note'))), paper.margin, afterFields + 2, paper.width - 2 * paper.margin, { size: 7.5, colour: muted });
  return finishPages(paper, voice, input.seller, printReference(input.reference));
}
