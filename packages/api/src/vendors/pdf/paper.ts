import { createHash } from 'node:crypto';
import { assertNothingWaits } from '@interdomestik/db';
import { translator } from '@interdomestik/i18n';
import type { Translator } from '@interdomestik/i18n';
import { inLocale } from '@interdomestik/rules';
import type { Localized } from '@interdomestik/rules';
import { jsPDF } from 'jspdf';
import { accentColours } from '../mail/branding';
import { oneLine } from '../mail/clean';
import { documentFont, embedFonts } from './fonts';
import type { DocumentLanguages } from './types';

/** Colours on white paper. */
export const ink = '#10201f';
export const muted = '#5c6967';
export const line = '#d5d8d3';
export const tint = '#f4f6f4';
const signal = '#8a4510';
const signalTint = '#fdf1e6';

/** A text in both languages of a document; `second` is null for one language, or when both are the same. */
export type Pair = { readonly first: string; readonly second: string | null };

/** Says the same in both languages of the document. */
export type Speaker = {
  say(message: (t: Translator) => string): Pair;
  pick(text: Localized<string>): Pair;
};

function pair(first: string, second: string | null): Pair {
  return { first, second: second === first ? null : second };
}

/** The voice of a document in its one or two languages. */
export function speaker({ primary, secondary }: DocumentLanguages): Speaker {
  return {
    say: (message) => pair(message(translator(primary)), secondary === null ? null : message(translator(secondary))),
    pick: (text) => pair(oneLine(inLocale(text, primary), 1000), secondary === null ? null : oneLine(inLocale(text, secondary, [primary]), 1000)),
  };
}

/** Both languages in one line. */
export function together({ first, second }: Pair, between = ' / '): string {
  return second === null ? first : `${first}${between}${second}`;
}

type Style = { readonly size: number; readonly bold?: boolean; readonly colour?: string; readonly align?: 'left' | 'right' | 'center' };

/** A sheet that is being written: millimetres from the top left. */
export type Paper = {
  readonly doc: jsPDF;
  readonly accent: string;
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  /** Writes one line with its baseline at `y`. */
  write(text: string, x: number, y: number, style: Style): void;
  /** Writes text broken to `width`; gives the baseline after the last line. */
  flow(text: string, x: number, y: number, width: number, style: Style): number;
  /** Primary words in ink and secondary beside them in grey, one line. */
  label(words: Pair, x: number, y: number, size: number): void;
  rule(y: number, from?: number, to?: number): void;
  /** How wide a line is, in millimetres. */
  measure(text: string, style: Style): number;
};

const pointToMm = 25.4 / 72;
/** Distance of two lines, in sizes. Tables measure their cells with the same value. */
const leading = 1.4;

/** A new document whose bytes depend only on `seed` and on what is written. */
export async function newPaper(options: {
  format: 'a4' | 'a5';
  orientation: 'portrait' | 'landscape';
  title: string;
  author: string;
  issuedAt: Date;
  accent: string | null;
}): Promise<Paper> {
  assertNothingWaits('a paper');
  const doc = new jsPDF({ unit: 'mm', format: options.format, orientation: options.orientation, compress: true, putOnlyUsedFonts: true });
  const stamp = options.issuedAt.toISOString();
  // Given as text in UTC, because jsPDF would print a Date in the zone of the machine.
  doc.setCreationDate(`D:${stamp.replace(/\D/gu, '').slice(0, 14)}+00'00'`);
  doc.setFileId(createHash('sha256').update(`${options.title}\n${options.author}\n${stamp}`).digest('hex').slice(0, 32));
  doc.setProperties({ title: oneLine(options.title), author: oneLine(options.author), creator: 'Interdomestik' });
  await embedFonts(doc);
  doc.setLineHeightFactor(leading);

  const use = ({ size, bold = false, colour = ink }: Style): void => {
    doc.setFont(documentFont, bold ? 'bold' : 'normal');
    doc.setFontSize(size);
    doc.setTextColor(colour);
  };
  const paper: Paper = {
    doc,
    accent: accentColours(options.accent ?? '').light,
    width: doc.internal.pageSize.getWidth(),
    height: doc.internal.pageSize.getHeight(),
    margin: options.format === 'a4' ? 18 : 12,
    write(text, x, y, style) {
      use(style);
      doc.text(text, x, y, { align: style.align ?? 'left' });
    },
    flow(text, x, y, width, style) {
      use(style);
      const lines = doc.splitTextToSize(text, width) as string[];
      const step = style.size * pointToMm * leading;
      for (const [index, each] of lines.entries()) paper.write(each, x, y + index * step, style);
      return y + lines.length * step;
    },
    label({ first, second }, x, y, size) {
      paper.write(first, x, y, { size, colour: muted, bold: true });
      if (second === null) return;
      const after = x + paper.measure(`${first} `, { size, bold: true });
      paper.write(`/ ${second}`, after, y, { size, colour: muted });
    },
    rule(y, from = paper.margin, to = paper.width - paper.margin) {
      doc.setDrawColor(line);
      doc.setLineWidth(0.2);
      doc.line(from, y, to, y);
    },
    measure(text, style) {
      use(style);
      return doc.getTextWidth(text);
    },
  };
  return paper;
}

/** Space at the foot of a page that content leaves free. */
export const footHeight = 22;

/** Puts page numbers, the brand line and, for samples and invented legal details, the warning on every page. Call it last. */
export function finishPages(paper: Paper, voice: Speaker, seller: { readonly demo: boolean; readonly legalName: string }, number: string, sample = false): Uint8Array {
  const { doc, width, height, margin } = paper;
  const total = doc.getNumberOfPages();
  for (let page = 1; page <= total; page += 1) {
    doc.setPage(page);
    const pageWords = voice.say((t) => t('pdf.common.page', { page, total }));
    paper.rule(height - 14);
    paper.write(`${oneLine(seller.legalName, 60)}, ${oneLine(number, 40)}`, margin, height - 9, { size: 7, colour: muted });
    paper.write(together(pageWords), width - margin, height - 9, { size: 7, colour: muted, align: 'right' });
    if (sample) sampleMark(paper, voice);
    if (sample || seller.demo) warningBand(paper, voice.say((t) => t(sample ? 'pdf.common.sample' : 'pdf.common.demo')));
  }
  return new Uint8Array(doc.output('arraybuffer'));
}

function warningBand(paper: Paper, { first, second }: Pair): void {
  const { doc, width } = paper;
  doc.setFillColor(signalTint);
  doc.rect(0, 0, width, second === null ? 7.5 : 11, 'F');
  paper.write(first, width / 2, 4.8, { size: 7, bold: true, colour: signal, align: 'center' });
  if (second !== null) paper.write(second, width / 2, 8.6, { size: 7, colour: signal, align: 'center' });
}

/** One word across the page, faint enough to read what lies below and too large to be cut off. */
function sampleMark(paper: Paper, voice: Speaker): void {
  const { doc, width, height } = paper;
  const { first } = voice.say((t) => t('pdf.common.sampleMark'));
  const size = height > width ? 92 : 64;
  const half = paper.measure(first, { size, bold: true }) / 2;
  const angle = height > width ? 52 : 28;
  const turn = (angle * Math.PI) / 180;
  doc.saveGraphicsState();
  doc.setGState(doc.GState({ opacity: 0.1 }));
  doc.setTextColor(signal);
  doc.text(first, width / 2 - half * Math.cos(turn) + 8, height / 2 + half * Math.sin(turn) + 8, { angle });
  doc.restoreGraphicsState();
}
