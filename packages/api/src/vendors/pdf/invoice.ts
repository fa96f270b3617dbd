import { formatPercent, legalFormats } from '@interdomestik/i18n';
import { divideHalfUp, formatAmount, money } from '@interdomestik/rules';
import type { Money } from '@interdomestik/rules';
import { oneLine } from '../mail/clean';
import { invoiceTable } from './invoice-table';
import { finishPages, footHeight, ink, muted, newPaper, speaker, together } from './paper';
import type { Pair, Paper, Speaker } from './paper';
import { drawCode } from './code';
import type { InvoicePdfInput } from './types';

// i18n-keys: pdf.invoice.* pdf.invoice.method.*

/** What an invoice line costs apiece without VAT, rounded for the eye; the line's own net amount is what counts. */
function unitPrice(net: Money, quantity: number): Money {
  return money(divideHalfUp(net.minor, BigInt(Math.max(1, quantity))), net.currency);
}

function head(paper: Paper, voice: Speaker, input: InvoicePdfInput): number {
  const right = paper.width - paper.margin;
  const title = voice.say((t) => t(input.type === 'invoice' ? 'pdf.invoice.title' : 'pdf.invoice.creditNote'));
  const top = input.seller.demo || input.sample === true ? 25 : 21;
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(paper.margin, top - 6.2, 1.4, 13.4, 'F');
  paper.write(title.first, paper.margin + 4.5, top, { size: 21, bold: true });
  if (title.second !== null) paper.write(title.second, paper.margin + 4.5, top + 6.4, { size: 12, colour: muted });
  paper.write(oneLine(input.number, 40), right, top, { size: 15, bold: true, align: 'right' });
  const number = voice.say((t) => t('pdf.invoice.number'));
  paper.write(together(number), right, top + 5.4, { size: 8, colour: muted, align: 'right' });
  return top + 14;
}

function facts(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): number {
  const shown: readonly (readonly [Pair, string | null])[] = [
    [voice.say((t) => t('pdf.invoice.issuedOn')), legalFormats.date(input.issuedOn)],
    [voice.say((t) => t('pdf.invoice.suppliedOn')), legalFormats.date(input.suppliedOn)],
    [voice.say((t) => t('pdf.invoice.dueOn')), input.dueOn === null ? null : legalFormats.date(input.dueOn)],
    [voice.say((t) => t('pdf.invoice.creditOf')), input.creditOf],
  ];
  const columns = shown.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  const width = (paper.width - 2 * paper.margin) / Math.max(3, columns.length);
  paper.rule(top);
  for (const [index, { label, value }] of columns.entries()) {
    const x = paper.margin + index * width;
    paper.write(label.first, x, top + 5.2, { size: 7.5, bold: true, colour: muted });
    if (label.second !== null) paper.write(label.second, x, top + 8.7, { size: 7, colour: muted });
    paper.write(oneLine(value, 36), x, top + 14.2, { size: 11, bold: true });
  }
  paper.rule(top + 18);
  return top + 25;
}

/** Labelled lines of a party; a value of null leaves its line out. */
function party(paper: Paper, title: Pair, name: string, lines: readonly (readonly [Pair | null, string | null])[], x: number, top: number, width: number): number {
  paper.label(title, x, top, 8);
  let y = paper.flow(oneLine(name, 160), x, top + 6.2, width, { size: 11.5, bold: true }) + 0.4;
  for (const [label, value] of lines) {
    if (value === null || value.trim() === '') continue;
    const text = label === null ? oneLine(value) : `${together(label)}: ${oneLine(value)}`;
    y = paper.flow(text, x, y, width, { size: 8.5, colour: label === null ? ink : muted });
  }
  return y;
}

function parties(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): number {
  const { seller, buyer } = input;
  const gap = 10;
  const width = (paper.width - 2 * paper.margin - gap) / 2;
  const label = (key: 'taxId' | 'vatId' | 'registrationNumber' | 'phone' | 'email' | 'memberNumber') => voice.say((t) => t(`pdf.invoice.${key}`));
  const left = party(paper, voice.say((t) => t('pdf.invoice.seller')), seller.legalName, [
    [null, [seller.address, seller.city].filter((part) => part !== '').join(', ')],
    [label('taxId'), seller.taxId],
    [label('vatId'), seller.vatId],
    [label('registrationNumber'), seller.registrationNumber],
    [label('phone'), seller.phone],
    [label('email'), seller.email],
  ], paper.margin, top, width);
  const right = party(paper, voice.say((t) => t('pdf.invoice.buyer')), buyer.name, [
    [null, [buyer.address, buyer.city].filter((part) => part !== null && part !== '').join(', ')],
    [label('taxId'), buyer.taxId],
    [label('memberNumber'), buyer.memberNumber],
  ], paper.margin + width + gap, top, width);
  return Math.max(left, right) + 4;
}

function totals(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): number {
  const { primary } = input.languages;
  const right = paper.width - paper.margin;
  const left = right - 82;
  const grossKey = input.type === 'creditNote' ? 'totalCredited' : input.payment.status === 'paid' ? 'totalPaid' : 'totalGross';
  let y = top + 5;
  for (const [key, amount] of [['totalNet', input.net], ['totalVat', input.vat]] as const) {
    paper.label(voice.say((t) => t(`pdf.invoice.${key}`)), left, y, 8);
    paper.write(legalFormats.money(amount, primary), right - 4, y, { size: 10, align: 'right' });
    y += 6.2;
  }
  paper.doc.setFillColor(paper.accent);
  paper.doc.rect(left - 4, y - 2.6, right - left + 4, 14, 'F');
  const words = voice.say((t) => t(`pdf.invoice.${grossKey}`));
  paper.write(words.first, left, words.second === null ? y + 5.6 : y + 3.4, { size: 10, bold: true, colour: '#ffffff' });
  if (words.second !== null) paper.write(words.second, left, y + 7.8, { size: 8.5, colour: '#ffffff' });
  paper.write(legalFormats.money(input.gross, primary), right - 4, y + 6.2, { size: 15, bold: true, colour: '#ffffff', align: 'right' });
  return y + 15;
}

function vatSummary(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): number {
  const { primary } = input.languages;
  const x = paper.margin;
  const ends = [x + 48, x + 76] as const;
  paper.label(voice.say((t) => t('pdf.invoice.vatSummary')), x, top + 5, 8);
  const columns = [voice.say((t) => t('pdf.invoice.base')), voice.say((t) => t('pdf.invoice.vat'))] as const;
  let y = top + 10.2;
  for (const [index, words] of columns.entries()) {
    paper.write(together(words), ends[index] ?? x, y, { size: 7, colour: muted, align: 'right' });
  }
  for (const { rateBp, net, vat } of input.vatTotals) {
    y += 5;
    const rate = rateBp === 0 ? together(voice.say((t) => t('pdf.invoice.exempt'))) : formatPercent(rateBp, primary);
    paper.write(rate, x, y, { size: 8.5 });
    paper.write(formatAmount(net, primary), ends[0], y, { size: 8.5, align: 'right' });
    paper.write(formatAmount(vat, primary), ends[1], y, { size: 8.5, align: 'right' });
  }
  return y + 4;
}

function paymentWords(voice: Speaker, input: InvoicePdfInput): Pair {
  const { status, method, paidOn } = input.payment;
  const how = method === null ? null : voice.say((t) => t(`pdf.invoice.method.${method}`));
  const state = voice.say((t) => {
    if (status === 'paid') return paidOn === null ? t('pdf.invoice.paid') : t('pdf.invoice.paidOn', { date: legalFormats.date(paidOn) });
    if (status === 'partly_paid') return t('pdf.invoice.partlyPaid');
    if (status === 'credited') return t('pdf.invoice.credited');
    return t('pdf.invoice.unpaid', { date: legalFormats.date(input.dueOn ?? input.issuedOn) });
  });
  if (how === null || status === 'unpaid') return state;
  const second = state.second === null && how.second === null ? null : `${state.second ?? state.first} ${how.second ?? how.first}`;
  return { first: `${state.first} ${how.first}`, second };
}

function closing(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): void {
  const width = paper.width - 2 * paper.margin;
  const { seller, payment } = input;
  const words = paymentWords(voice, input);
  paper.rule(top);
  let y = top + 6;
  paper.label(voice.say((t) => t('pdf.invoice.payment')), paper.margin, y, 8);
  y = paper.flow(words.first, paper.margin, y + 5.6, width, { size: 10.5, bold: true });
  if (words.second !== null) y = paper.flow(words.second, paper.margin, y, width, { size: 9, colour: muted });
  if (input.later !== undefined && input.later.length > 0) {
    const days = input.later.map(({ dueOn, amount }) => `${legalFormats.date(dueOn)}: ${legalFormats.money(amount, input.languages.primary)}`);
    y = paper.flow(`${together(voice.say((t) => t('pdf.invoice.later')))}: ${days.join('; ')}`, paper.margin, y + 0.8, width, { size: 9 });
  }
  if (payment.status === 'unpaid' || payment.status === 'partly_paid') {
    const bank = [`IBAN ${seller.iban}`, seller.bank, payment.reference === null ? '' : `${together(voice.say((t) => t('pdf.invoice.paymentReference')))}: ${payment.reference}`];
    y = paper.flow(bank.filter((part) => part !== '').map((part) => oneLine(part)).join('   '), paper.margin, y + 0.8, width, { size: 9 });
  }
  if (input.exemption !== null) {
    const text = voice.pick(input.exemption);
    paper.label(voice.say((t) => t('pdf.invoice.exemption')), paper.margin, y + 4, 8);
    y = paper.flow(text.first, paper.margin, y + 9, width, { size: 8.5 });
    if (text.second !== null) y = paper.flow(text.second, paper.margin, y, width, { size: 8.5, colour: muted });
  }
  if (input.footer === null) return;
  const footer = voice.pick(input.footer);
  y = paper.flow(footer.first, paper.margin, y + 5, width, { size: 7.5, colour: muted });
  if (footer.second !== null) paper.flow(footer.second, paper.margin, y + 0.6, width, { size: 7.5, colour: muted });
}

const clearedHeight = 32;

/** The number and the code of the tax authority's service, on a cleared document. */
function cleared(paper: Paper, voice: Speaker, input: InvoicePdfInput, top: number): number {
  if (input.clearance === undefined) return top;
  const { id, qr } = input.clearance;
  const side = 26;
  paper.rule(top);
  drawCode(paper, qr, paper.margin, top + 3, side);
  const x = paper.margin + side + 6;
  paper.label(voice.say((t) => t('pdf.invoice.fiscalId')), x, top + 8, 8);
  paper.write(oneLine(id, 60), x, top + 14, { size: 11, bold: true });
  const words = voice.say((t) => t('pdf.invoice.cleared'));
  const y = paper.flow(words.first, x, top + 20, paper.width - paper.margin - x, { size: 8, colour: muted });
  if (words.second !== null) paper.flow(words.second, x, y, paper.width - paper.margin - x, { size: 8, colour: muted });
  return top + clearedHeight;
}

/**
 * Sets an invoice or credit note on A4, labels in both languages. Pure: the same input gives the same bytes, in any
 * time zone. Amounts are printed as given, nothing is computed again but the price apiece.
 */
export async function renderInvoicePdf(input: InvoicePdfInput): Promise<Uint8Array> {
  const voice = speaker(input.languages);
  const paper = await newPaper({
    format: 'a4',
    orientation: 'portrait',
    title: input.number,
    author: input.seller.legalName,
    issuedAt: input.issuedAt,
    accent: input.accent,
  });
  const afterHead = parties(paper, voice, input, facts(paper, voice, input, head(paper, voice, input)));
  let y = invoiceTable(paper, voice, input, afterHead, unitPrice);
  const needed = 62 + input.vatTotals.length * 5 + (input.exemption === null ? 0 : 18) + (input.clearance === undefined ? 0 : clearedHeight);
  if (y + needed > paper.height - footHeight) {
    paper.doc.addPage();
    y = 22;
  }
  const afterVat = vatSummary(paper, voice, input, y);
  closing(paper, voice, input, cleared(paper, voice, input, Math.max(afterVat, totals(paper, voice, input, y)) + 4));
  return finishPages(paper, voice, input.seller, input.number, input.sample);
}
