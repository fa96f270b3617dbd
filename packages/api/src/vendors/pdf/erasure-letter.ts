import { translator } from '@interdomestik/i18n';
import { letterParagraphs, letterRows } from '../mail/erasure-letter';
import { oneLine } from '../mail/clean';
import { finishPages, muted, newPaper, speaker, tint } from './paper';
import type { ErasureLetterPdfInput } from './types';

/** Sets the letter to somebody who was erased on A4. It names nobody: the member knows the number. Pure: the same input gives the same bytes. */
export async function renderErasureLetterPdf({ number, issuedAt, languages, seller, accent, letter }: ErasureLetterPdfInput): Promise<Uint8Array> {
  const t = translator(languages.primary);
  const paper = await newPaper({ format: 'a4', orientation: 'portrait', title: number, author: seller.legalName, issuedAt, accent });
  const width = paper.width - 2 * paper.margin;
  const top = seller.demo ? 26 : 22;
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 4.8, 1.2, 7, 'F');
  paper.write(t('privacy.letter.title'), paper.margin + 4, top, { size: 15, bold: true });
  let y = paper.flow(oneLine([seller.legalName, seller.address, seller.city].filter((part) => part !== '').join(', ')), paper.margin, top + 9, width, { size: 8, colour: muted }) + 6;
  for (const [label, value] of [[t('privacy.letter.number'), number], [t('privacy.letter.memberNumber'), letter.memberNumber]] as const) {
    if (value === null) continue;
    paper.write(label, paper.margin, y, { size: 8, colour: muted, bold: true });
    paper.write(value, paper.margin + 50, y, { size: 10 });
    y += 6;
  }
  y += 4;
  for (const paragraph of letterParagraphs(t, letter, seller.legalName)) y = paper.flow(paragraph, paper.margin, y, width, { size: 10.5 }) + 4;
  for (const [what, until] of letterRows(t, letter)) {
    paper.doc.setFillColor(tint);
    paper.doc.rect(paper.margin, y - 5, width, 8, 'F');
    paper.write(what, paper.margin + 3, y, { size: 10, bold: true });
    paper.write(until, paper.width - paper.margin - 3, y, { size: 10, align: 'right' });
    y += 9.5;
  }
  paper.flow(t('privacy.letter.note'), paper.margin, y + 4, width, { size: 9, colour: muted });
  return finishPages(paper, speaker(languages), seller, number);
}
