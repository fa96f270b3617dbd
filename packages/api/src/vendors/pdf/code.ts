import { create } from 'qrcode';
import { ink, type Paper } from './paper';

/** Draws a QR code as squares, `side` millimetres wide: sharp in print, and the same bytes each time. */
export function drawCode(paper: Paper, text: string, x: number, y: number, side: number): void {
  const { modules: { size, data } } = create(text, { errorCorrectionLevel: 'M' });
  const dot = side / size;
  paper.doc.setFillColor(ink);
  for (let row = 0; row < size; row += 1) {
    for (let from = 0; from < size; from += 1) {
      if (data[row * size + from] !== 1) continue;
      let to = from;
      while (to + 1 < size && data[row * size + to + 1] === 1) to += 1;
      // a little over the edge, so that no hairline stands between two rows
      paper.doc.rect(x + from * dot, y + row * dot, (to - from + 1) * dot, dot * 1.02, 'F');
      from = to;
    }
  }
}
