import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { queryIn, type Tx } from '@interdomestik/db';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** Writes many rows of a table in one statement: four times as fast as one value list, and as large as one parameter may be. All rows have the same keys. */
export async function insertRows<T extends PgTable>(tx: Tx, table: T, rows: readonly T['$inferInsert'][]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = getTableColumns(table) as Readonly<Record<string, { name: string }>>;
  const keys = Object.keys(first);
  const nameOf = (key: string): string => columns[key]?.name ?? key;
  const list = keys.map((key) => quoted(nameOf(key))).join(', ');
  const target = quoted(getTableName(table));
  const named = rows.map((row) => Object.fromEntries(Object.entries(row as Readonly<Record<string, unknown>>).map(([key, value]) => [nameOf(key), value])));
  await queryIn(tx, `insert into ${target} (${list}) select ${list} from jsonb_populate_recordset(null::${target}, $1::jsonb)`, [JSON.stringify(named, plain)]);
}
