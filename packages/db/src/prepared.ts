import { Column, fillPlaceholders, is, SQL, sql, type Placeholder, type SQLWrapper } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { types, type QueryArrayConfig } from 'pg';
import { readOnce } from './one-message';
import { remembersStatements, runtimePool } from './pools';
import type { TenantScope } from './scope';
import { settingsOf } from './tenant';

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

/** A select of drizzle's `QueryBuilder` with a flat list of fields. */
interface Built extends SQLWrapper {
  readonly _: { readonly selectedFields: object; readonly result: readonly unknown[] };
}

/**
 * A select that was built once, run in a read-only transaction of the scope's tenant: one round trip. `values` holds what its
 * placeholders stand for; one that is missing throws.
 */
export type PreparedRead<Row> = (scope: TenantScope, values: Readonly<Record<string, unknown>>) => Promise<Row[]>;

const dialect = new PgDialect();

// As drizzle reads them: days and instants stay text, their columns make what they promise of it.
const asText = (value: string): string => value;
const textTypes = new Set([1082, 1114, 1182, 1115, 1184, 1185, 1186, 1187, 1231]);
const driverTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown => (textTypes.has(oid) ? asText : types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text')),
};

function decoderOf(field: unknown, key: string): Decoder {
  if (is(field, Column)) return field;
  if (is(field, SQL)) return (field as unknown as { readonly decoder: Decoder }).decoder;
  if (is(field, SQL.Aliased)) return (field.sql as unknown as { readonly decoder: Decoder }).decoder;
  throw new Error(`prepareRead takes columns and expressions only: ${key}`);
}

// every connection keeps a plan for each name, so there is an end to them
const mostNames = 200;
let names = 0;

/**
 * Builds a select once, so that running it costs neither drizzle's building nor, where connections keep statements, the database's
 * planning: it is planned for any values, so take it where one plan is right for all, such as a page of a list by its index. The query must hold placeholders (`visibleTo`, `sql.placeholder`) where values of a call stand and no value of any
 * scope: what is in it stays in it for everybody.
 */
export function prepareRead<Q extends Built>(query: Q): PreparedRead<Q['_']['result'][number]> {
  const { sql: text, params } = dialect.sqlToQuery(query.getSQL());
  const decoders = Object.entries(query._.selectedFields).map(([key, field]) => [key, decoderOf(field, key)] as const);
  let runs = 0;
  let name: string | undefined;
  const toRow = (cells: readonly unknown[]): Q['_']['result'][number] => {
    const row: Record<string, unknown> = {};
    let at = 0;
    for (const [key, decoder] of decoders) {
      const cell = cells[at];
      row[key] = cell === null ? null : decoder.mapFromDriverValue(cell);
      at += 1;
    }
    return row;
  };
  return async (scope, values) => {
    runs += 1;
    // a statement that is asked once is not worth a name
    if (runs === 2 && names < mostNames) name = `read_${(names += 1)}`;
    const remembers = remembersStatements();
    const planned = name !== undefined && remembers;
    const statement: QueryArrayConfig<unknown[]> = { ...(planned ? { name } : {}), text, values: fillPlaceholders(params, values), rowMode: 'array', types: driverTypes };
    const { rows } = await readOnce<never>(runtimePool(), { settings: settingsOf(scope), statement, planned, remembers });
    return (rows as readonly (readonly unknown[])[]).map(toRow);
  };
}

/** A number of rows as part of the statement's text: the plan of a remembered statement depends on it. Throws unless it is a whole number. */
export function literalLimit(rows: number): Placeholder {
  if (!Number.isSafeInteger(rows) || rows < 1) throw new Error('a limit is a whole number of rows');
  // drizzle takes an expression here, which only its types do not say
  // check-allow no-raw-sql: a whole number, proven one line above
  return sql.raw(String(rows)) as unknown as Placeholder;
}
