import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgDialect, PgTable } from 'drizzle-orm/pg-core';
import type { Client } from 'pg';
import { newId, xkPack } from '@interdomestik/rules';
import * as schema from '../schema';

/** A row by column names of the database. */
export type Row = Readonly<Record<string, unknown>>;

/** Where generated rows stand: one branch of one tenant. */
export interface Place {
  readonly tenantId: string;
  readonly branchId: string;
}

/** Every table of the Drizzle schema, by its name in the database. */
export const drizzleTables: ReadonlyMap<string, PgTable> = new Map(
  Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable)).map((table) => [getTableName(table), table]),
);

const dialect = new PgDialect();
type Config = ReturnType<typeof getTableConfig>;
type ColumnOf = Config['columns'][number];

/** Tables with a tenant in an order in which every parent comes before its children. */
export function tenantTablesInOrder(): PgTable[] {
  const done = new Set<string>(['tenants']);
  const ordered: PgTable[] = [];
  let left = [...drizzleTables.values()].filter((table) => getTableConfig(table).columns.some(({ name }) => name === 'tenant_id'));
  while (left.length > 0) {
    const ready = left.filter((table) => getTableConfig(table).foreignKeys.every((key) => {
      const parent = getTableName(key.reference().foreignTable);
      return parent === getTableName(table) || done.has(parent);
    }));
    if (ready.length === 0) throw new Error(`foreign keys in a circle: ${left.map((table) => getTableName(table)).join(', ')}`);
    ordered.push(...ready);
    for (const table of ready) done.add(getTableName(table));
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const alphabets = ['abcxyz', 'ëçËÇ', 'ѓќљњџ', "'\";--", '٣漢🙂', '%_\\'];

/** The words that a CHECK allows in a column; empty when any will do. */
function wordsFor(config: Config, column: ColumnOf): string[] {
  for (const { value } of config.checks) {
    const { sql } = dialect.sqlToQuery(value);
    const list = new RegExp(`"${column.name}" in \\((.*)\\)$`, 'u').exec(sql)?.[1];
    if (list !== undefined) return [...list.matchAll(/'((?:[^']|'')*)'/gu)].map(([, word]) => (word ?? '').replaceAll("''", "'"));
  }
  return [];
}

function textFor(column: ColumnOf, row: { tenantId: string; id: string }, random: () => number): string {
  if (column.name === 'currency') return 'EUR';
  if (column.name === 'path') return `pii/tenants/${row.tenantId}/any/${row.id}`;
  const letters = alphabets[Math.floor(random() * alphabets.length)] ?? 'abc';
  // the id keeps unique keys unique, whatever the letters are
  return `${[...letters].filter(() => random() > 0.4).join('')}-${row.id}`;
}

function numberFor(column: ColumnOf, base: number): number {
  // net + vat = total, refunds stay below amounts, spans of days within a year, everything else is positive
  if (column.name === 'vat_minor') return 180;
  if (column.name === 'refunded_minor') return 0;
  if (column.name === 'size') return 2;
  if (column.name === 'days') return 1 + (base % 365);
  return column.name === 'total_minor' ? base + 180 : base;
}

function valueFor(config: Config, column: ColumnOf, row: { tenantId: string; id: string }, base: number, random: () => number): unknown {
  const type = column.getSQLType();
  if (type === 'text') {
    const words = wordsFor(config, column);
    if (words.length > 0) return words[Math.floor(random() * words.length)];
    return !column.notNull && random() < 0.2 ? null : textFor(column, row, random);
  }
  if (type === 'uuid') return newId();
  if (type === 'integer' || type === 'bigint') return numberFor(column, base);
  if (type === 'boolean') return random() < 0.5;
  if (type === 'date') return /^(ends|due)/u.test(column.name) ? '2027-03-01' : '2026-03-01';
  if (type === 'timestamp with time zone') return new Date(1_780_000_000_000 + base);
  if (type === 'jsonb') return JSON.stringify({ any: textFor(column, row, random) });
  if (type === 'bytea') return Buffer.from(textFor(column, row, random));
  if (type === 'text[]') return ['mk', 'sq'];
  if (type === 'uuid[]') return [newId(), newId()];
  throw new Error(`no generated value for ${config.name}.${column.name} of type ${type}`);
}

/**
 * A valid row of any tenant table: parents by its foreign keys from `parents` (rows of the same place), words by its CHECKs, everything
 * else from the seed. A reference to the own table stays null.
 */
export function rowOf(table: PgTable, place: Place, parents: ReadonlyMap<string, Row>, random: () => number, fixed: Row = {}): Row {
  const config = getTableConfig(table);
  const id = config.name === 'branches' ? place.branchId : newId();
  const base = 1 + Math.floor(random() * 100_000);
  const row: Record<string, unknown> = {};
  for (const column of config.columns) row[column.name] = valueFor(config, column, { tenantId: place.tenantId, id }, base, random);
  row.tenant_id = place.tenantId;
  row.id = id;
  if ('branch_id' in row) row.branch_id = place.branchId;
  for (const key of config.foreignKeys) {
    const { columns, foreignColumns, foreignTable } = key.reference();
    const parent = parents.get(getTableName(foreignTable));
    for (const [index, column] of columns.entries()) {
      if (column.name !== 'tenant_id') row[column.name] = parent?.[foreignColumns[index]?.name ?? ''] ?? null;
    }
  }
  return { ...row, ...fixed };
}

/** A connection as far as a generated row needs it. */
export interface Asked {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** Inserts a generated row. */
export async function insertRow(client: Asked, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  await client.query(
    `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    Object.values(row),
  );
}

// an issued invoice is frozen by its own trigger, and so is a closed branch: both would hide whether the policies hold; of imports one at a time is at work; a month is closed once and by nobody else; what is not decided has no
// decision, and only the bank pays out to an account
const open: Readonly<Record<string, Row | undefined>> = {
  invoices: { status: 'draft' }, branches: { is_active: true }, import_batches: { status: 'uploaded' }, user: { erased_at: null }, erasure_requests: { status: 'open', done_at: null }, ledger_closings: { reopened_by: null, reopened_at: new Date('2026-06-01T00:00:00Z'), reason: '-' },
  invoice_clearances: { status: 'waiting', clearance_id: null, qr: null, reason: null, decided_at: null }, refunds: { source: 'branch', payout_account: null, payout_reference: null },
};

/**
 * One row of every tenant table at a place, written as a login that row security does not bind. Gives them by table name. The tenant must
 * exist.
 */
export async function fillPlace(admin: Asked, place: Place, random: () => number): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>();
  await admin.query('begin');
  for (const table of tenantTablesInOrder()) {
    const name = getTableName(table);
    const row = rowOf(table, place, rows, random, open[name]);
    await insertRow(admin, name, row);
    rows.set(name, row);
    if (name === 'ledger_entries') await insertRow(admin, name, { ...row, id: newId(), position: Number(row.position) + 1, amount_minor: -Number(row.amount_minor) });
  }
  await admin.query('commit');
  return rows;
}

/** A tenant's own row, for tests that need no more of it. */
export async function insertTenant(admin: Client, tenant: { id: string; slug: string }): Promise<void> {
  await admin.query(
    "insert into tenants (id, slug, name, country_code, country, currency, time_zone, default_locale, locales) values ($1, $2, $2, $3, $4, 'EUR', 'Europe/Belgrade', 'sq', '{sq,en}')",
    [tenant.id, tenant.slug, xkPack.country.code, JSON.stringify(xkPack.country)],
  );
}
