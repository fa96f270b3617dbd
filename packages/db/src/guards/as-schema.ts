import { getTableName, is, SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { drizzleTables } from '../testing/factories';
import type { Guard } from './structure';

type Config = ReturnType<typeof getTableConfig>;

const inPublic = "c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')";

function fromSchema(lines: (table: string, config: Config) => string[]): Set<string> {
  return new Set([...drizzleTables.values()].flatMap((table: PgTable) => lines(getTableName(table), getTableConfig(table))));
}

/** A guard that compares lines of the catalog with lines of the Drizzle schema and names what only one of them has. */
function compared(sql: string, wanted: () => Set<string>): Guard {
  return async (client) => {
    const { rows } = await client.query<{ line: string }>(sql);
    const [there, here] = [new Set(rows.map(({ line }) => line)), wanted()];
    return [...[...here].filter((line) => !there.has(line)).map((line) => `the database lacks ${line}`), ...[...there].filter((line) => !here.has(line)).map((line) => `the schema lacks ${line}`)].toSorted();
  };
}

/** columns by name, type, null and default. */
export const columnsAsSchema = compared(
  `select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end || case when a.atthasdef then ' default' else '' end as line
   from pg_attribute a join pg_class c on c.oid = a.attrelid where ${inPublic} and a.attnum > 0 and not a.attisdropped`,
  () => fromSchema((table, { columns }) => columns.map((column) => `${table}.${column.name} ${column.getSQLType()}${column.notNull ? ' not null' : ''}${column.hasDefault ? ' default' : ''}`)),
);

/** indexes and unique keys with their columns. */
export const keysAsSchema = compared(
  `select c.relname || '.' || i.relname || case when x.indisunique then ' unique' else '' end || ' ' ||
     (select string_agg(coalesce(a.attname, '?'), ',' order by k.n) from unnest(x.indkey) with ordinality k(num, n) left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num and k.num > 0) as line
   from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid where ${inPublic}`,
  () => fromSchema((table, config) => [
    ...config.indexes.map(({ config: { name, columns, unique } }) => `${table}.${name ?? ''}${unique ? ' unique' : ''} ${columns.map((column) => (is(column, SQL) ? '?' : 'name' in column ? column.name : '?')).join(',')}`),
    ...config.primaryKeys.map((key) => `${table}.${key.getName()} unique ${key.columns.map(({ name }) => name).join(',')}`),
    ...config.columns.filter(({ primary }) => primary).map(({ name }) => `${table}.${table}_pkey unique ${name}`),
    ...config.uniqueConstraints.map((key) => `${table}.${key.name ?? ''} unique ${key.columns.map(({ name }) => name).join(',')}`),
    ...config.columns.filter(({ isUnique }) => isUnique).map(({ name, uniqueName }) => `${table}.${uniqueName ?? ''} unique ${name}`),
  ]),
);

/** foreign keys with the columns of both sides. */
export const foreignKeysAsSchema = compared(
  `select c.relname || '.' || k.conname || ' ' || (select string_agg(a.attname, ',' order by n) from unnest(k.conkey) with ordinality u(num, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num)
     || ' -> ' || f.relname || ' ' || (select string_agg(a.attname, ',' order by n) from unnest(k.confkey) with ordinality u(num, n) join pg_attribute a on a.attrelid = f.oid and a.attnum = u.num) as line
   from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid where ${inPublic} and k.contype = 'f'`,
  () => fromSchema((table, { foreignKeys }) => foreignKeys.map((key) => {
    const { columns, foreignColumns, foreignTable } = key.reference();
    return `${table}.${key.getName()} ${columns.map(({ name }) => name).join(',')} -> ${getTableName(foreignTable)} ${foreignColumns.map(({ name }) => name).join(',')}`;
  })),
);

/** checks by name. */
export const checksAsSchema = compared(
  `select c.relname || '.' || k.conname as line from pg_constraint k join pg_class c on c.oid = k.conrelid where ${inPublic} and k.contype = 'c'`,
  () => fromSchema((table, { checks }) => checks.map(({ name }) => `${table}.${name}`)),
);
