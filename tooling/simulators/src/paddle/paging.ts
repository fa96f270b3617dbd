import { badField } from './fault';

type Row = Readonly<Record<string, unknown>>;

/** Query words that select by equality with one of several values, and those that compare times. */
const equals = ['status', 'customer_id', 'id', 'email', 'transaction_id', 'subscription_id', 'action', 'product_id', 'origin', 'collection_mode', 'invoice_number'];
const times = ['created_at', 'updated_at', 'billed_at'];

function microsOf(text: string): number {
  const fraction = /\.(\d+)/u.exec(text)?.[1] ?? '';
  return Date.parse(text.replace(/\.\d+/u, '')) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

function inTime(row: Row, name: string, operator: string, limit: string): boolean {
  const value = row[name];
  if (typeof value !== 'string') return false;
  const difference = microsOf(value) - microsOf(limit);
  switch (operator) {
    case 'LT':
      return difference < 0;
    case 'LTE':
      return difference <= 0;
    case 'GT':
      return difference > 0;
    case 'GTE':
      return difference >= 0;
    default:
      return difference === 0;
  }
}

function matches(row: Row, query: URLSearchParams): boolean {
  for (const [name, value] of query) {
    if (equals.includes(name) && !value.split(',').includes(String(row[name]))) return false;
    if (name === 'search' && !JSON.stringify(row).toLowerCase().includes(value.toLowerCase())) return false;
    const [, field = '', operator = ''] = /^(\w+)(?:\[(LTE?|GTE?)\])?$/u.exec(name) ?? [];
    if (times.includes(field) && !inTime(row, field, operator, value)) return false;
  }
  return true;
}

/** One page in the provider's shape. `next` starts with the address that the caller used, as its SDK expects. */
export function page(rows: Iterable<object>, idOf: (row: object) => string, url: URL, base: string, standardSize: number, largest: number) {
  const query = url.searchParams;
  const asked = Number(query.get('per_page') ?? standardSize);
  if (!Number.isInteger(asked) || asked < 1) throw badField('per_page', 'per_page must be a positive whole number');
  const perPage = Math.min(asked, largest);
  const ascending = (query.get('order_by') ?? 'id[DESC]').endsWith('[ASC]');
  const after = query.get('after');
  const found = [...rows]
    .filter((row) => matches(row as Row, query))
    .map((row) => ({ id: idOf(row), row }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1) * (ascending ? 1 : -1));
  const rest = after === null ? found : found.filter(({ id }) => (ascending ? id > after : id < after));
  const shown = rest.slice(0, perPage);
  const next = new URL(`${base}${url.pathname}${url.search}`);
  next.searchParams.set('after', shown.at(-1)?.id ?? after ?? '');
  return {
    data: shown.map(({ row }) => row),
    pagination: { per_page: perPage, next: next.href, has_more: rest.length > shown.length, estimated_total: found.length },
  };
}
