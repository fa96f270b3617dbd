import { isFields } from '../paddle/body';

/** What the service keeps of a document, by the key that came with it. */
export interface KeptDocument {
  readonly account: string;
  readonly key: string;
  readonly number: string;
  readonly receivedAt: string;
  readonly status: 'submitted' | 'cleared' | 'rejected';
  readonly id: string | null;
  readonly reason: string | null;
  readonly body: unknown;
}

export interface Submitted {
  readonly type: 'invoice' | 'creditNote';
  readonly number: string;
  /** Number that the service gave the corrected invoice. */
  readonly corrects: string | null;
}

const cents = (value: unknown): bigint | null => (typeof value === 'string' && /^-?\d+\.\d{2}$/u.test(value) ? BigInt(value.replace('.', '')) : null);

/** Why a document cannot be cleared whatever it says of itself; null: it can. */
export function faultOf(body: unknown): string | null {
  if (!isFields(body)) return 'not a document';
  const { type, number, seller, buyer, lines, vatTotals, corrects } = body;
  if (type !== 'invoice' && type !== 'creditNote') return 'type must be invoice or creditNote';
  if (typeof number !== 'string' || number === '') return 'number is missing';
  if (!isFields(seller) || typeof seller['taxId'] !== 'string' || seller['taxId'] === '') return 'seller.taxId is missing';
  if (!isFields(buyer) || typeof buyer['name'] !== 'string' || buyer['name'] === '') return 'buyer.name is missing';
  if (!Array.isArray(lines) || lines.length === 0) return 'lines are missing';
  if (type === 'creditNote' && typeof corrects !== 'string') return 'corrects is missing';
  const [net, vat, total] = [cents(body['net']), cents(body['vat']), cents(body['total'])];
  if (net === null || vat === null || total === null || net + vat !== total) return 'net and vat are not the total';
  const of = (rows: unknown[], field: string): bigint | null => rows.reduce<bigint | null>((sum, row) => {
    const one = isFields(row) ? cents(row[field]) : null;
    return sum === null || one === null ? null : sum + one;
  }, 0n);
  if (of(lines, 'total') !== total) return 'the lines are not the total';
  if (!Array.isArray(vatTotals) || of(vatTotals, 'vat') !== vat || of(vatTotals, 'net') !== net) return 'vatTotals are not the tax';
  return null;
}

/** What of a document the service looks at, once it has no fault. */
export function submittedOf(body: unknown): Submitted {
  if (!isFields(body)) throw new Error('not a document');
  return { type: body['type'] === 'creditNote' ? 'creditNote' : 'invoice', number: String(body['number']), corrects: typeof body['corrects'] === 'string' ? body['corrects'] : null };
}
