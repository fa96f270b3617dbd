import { formatPercent } from '@interdomestik/i18n';
import { formatAmount } from '@interdomestik/rules';
import type { Money } from '@interdomestik/rules';
import { autoTable } from 'jspdf-autotable';
import { documentFont } from './fonts';
import { footHeight, ink, muted, tint } from './paper';
import type { Pair, Paper, Speaker } from './paper';
import type { InvoicePdfInput } from './types';

// i18n-keys: pdf.invoice.*
const descriptionColumn = 1;

/** Both languages below each other, as one cell. */
function stacked({ first, second }: Pair): string {
  return second === null ? first : `${first}\n${second}`;
}

/** Draws the lines of an invoice, over as many pages as they need. Gives where the table ends on the last one. */
export function invoiceTable(
  paper: Paper,
  voice: Speaker,
  input: InvoicePdfInput,
  top: number,
  unitPrice: (net: Money, quantity: number) => Money,
): number {
  const { primary } = input.languages;
  const titles = (['description', 'quantity', 'unitPrice', 'vatRate', 'net', 'vat', 'gross'] as const).map((key) =>
    voice.say((t) => t(`pdf.invoice.${key}`)),
  );
  const descriptions = input.lines.map(({ description }) => voice.pick(description));
  const amount = (value: Money): string => formatAmount(value, primary);
  const right = { halign: 'right' as const };
  let bottom = top;

  autoTable(paper.doc, {
    startY: top,
    margin: { left: paper.margin, right: paper.margin, top: 22, bottom: footHeight },
    theme: 'plain',
    rowPageBreak: 'avoid',
    styles: { font: documentFont, fontSize: 8.5, textColor: ink, cellPadding: { top: 2, bottom: 2, left: 1.6, right: 1.6 }, valign: 'top', overflow: 'linebreak' },
    headStyles: { font: documentFont, fontStyle: 'bold', fontSize: 7, textColor: muted, fillColor: tint, valign: 'middle' },
    columnStyles: {
      0: { cellWidth: 7, textColor: muted },
      2: { ...right, cellWidth: 12 },
      3: { ...right, cellWidth: 24 },
      4: { ...right, cellWidth: 13 },
      5: { ...right, cellWidth: 20 },
      6: { ...right, cellWidth: 18 },
      7: { ...right, cellWidth: 22, fontStyle: 'bold' },
    },
    head: [['', ...titles.map((title, index) => ({ content: stacked(title), styles: index === 0 ? {} : right }))]],
    body: input.lines.map((each, index) => [
      String(index + 1),
      stacked(descriptions[index] ?? { first: '', second: null }),
      String(each.quantity),
      amount(unitPrice(each.net, each.quantity)),
      each.rateBp === 0 ? '0' : formatPercent(each.rateBp, primary),
      amount(each.net),
      amount(each.vat),
      amount(each.gross),
    ]),
    // The second language is set in grey below the first, which one style a cell cannot do.
    willDrawCell: ({ section, column, cell }) => {
      if (section === 'body' && column.index === descriptionColumn) cell.text = [];
    },
    didDrawCell: ({ section, column, row, cell }) => {
      if (section !== 'body') return;
      paper.rule(cell.y + cell.height, cell.x, cell.x + cell.width);
      if (column.index !== descriptionColumn) return;
      const words = descriptions[row.index] ?? { first: '', second: null };
      const x = cell.x + cell.padding('left');
      const width = cell.width - cell.padding('horizontal');
      const after = paper.flow(words.first, x, cell.y + cell.padding('top') + 2.8, width, { size: 8.5 });
      if (words.second !== null) paper.flow(words.second, x, after, width, { size: 8.5, colour: muted });
    },
    didDrawPage: ({ cursor }) => {
      bottom = cursor?.y ?? bottom;
    },
  });
  return bottom + 5;
}
