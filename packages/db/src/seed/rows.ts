import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { escapeIdentifier, type Client } from 'pg';

const atOnce = 2_000;

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

async function insert(client: Client, table: PgTable, rows: readonly object[], keys: readonly string[]): Promise<void> {
  const columns = getTableColumns(table) as Readonly<Record<string, { name: string }>>;
  const nameOf = (key: string): string => {
    const column = columns[key];
    if (column === undefined) throw new Error(`${getTableName(table)} has no column ${key}`);
    return column.name;
  };
  const list = keys.map((key) => escapeIdentifier(nameOf(key))).join(', ');
  const target = escapeIdentifier(getTableName(table));
  const text = `insert into ${target} (${list}) select ${list} from jsonb_populate_recordset(null::${target}, $1)`;
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce).map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [nameOf(key), value as unknown])));
    await client.query(text, [JSON.stringify(part, plain)]);
  }
}

/** Rows to be written, table by table. Parents are written before children by the order in which tables are first named. */
export class Rows {
  readonly #byTable = new Map<PgTable, object[]>();

  constructor(order: readonly PgTable[]) {
    for (const table of order) this.#byTable.set(table, []);
  }

  add<T extends PgTable>(table: T, ...rows: readonly T['$inferInsert'][]): void {
    const known = this.#byTable.get(table);
    if (known === undefined) throw new Error(`${getTableName(table)} has no place in the order of the seed`);
    known.push(...rows);
  }

  /** Writes everything inside the transaction that `client` is in. */
  async write(client: Client): Promise<void> {
    for (const [table, rows] of this.#byTable) {
      // an absent key keeps the column's default, so rows with the same keys travel together
      const groups = new Map<string, object[]>();
      for (const row of rows) {
        const key = Object.keys(row).join();
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [row]);
        else group.push(row);
      }
      for (const [keys, group] of groups) await insert(client, table, group, keys.split(','));
    }
  }
}
