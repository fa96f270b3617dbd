import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '@interdomestik/db/schema';
import { adminSql } from '../testing';

/** Every table of the schema that belongs to tenants, with the names of its columns and of those that hold text. */
export const tenantTables = Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable))
  .map((table) => ({ name: getTableName(table), columns: getTableConfig(table).columns }))
  .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name), texts: columns.filter((column) => column.getSQLType() === 'text').map((column) => column.name) }))
  .filter(({ columns }) => columns.includes('tenant_id'));

const branchOf = (columns: readonly string[]): string => (columns.includes('branch_id') ? "coalesce(branch_id::text, '')" : "''");

const hashedBy = (rows: string) => tenantTables.map(({ name, columns }) =>
  `select '${name}' as "table", tenant_id, ${branchOf(columns)} as branch_id, count(*)::text || ' ' || md5(${rows}) as hash from "${name}" t group by 2, 3`).join(' union all ');
const contents = hashedBy("string_agg(md5(t::text), '' order by id)");
const versions = hashedBy("string_agg(t.ctid::text || t.xmin::text, ' ' order by t.ctid)");

/** What lies in the database: a hash for each table, tenant and branch. Read past row security, by whom no policy binds. */
export type Fingerprint = ReadonlyMap<string, string>;

const keyOf = (row: Record<string, unknown>): string => `${String(row['table'])} of ${String(row['tenant_id'])}${row['branch_id'] === '' ? '' : ` in ${String(row['branch_id'])}`}`;

export async function fingerprint(database: { readonly adminUrl: string }): Promise<Fingerprint> {
  return await hashes(database, contents);
}

/** The same over the version of each row, at a fifth of the cost: differs after any write, also one that is put back or says what stood there before. */
export async function rowVersions(database: { readonly adminUrl: string }): Promise<Fingerprint> {
  return await hashes(database, versions);
}

async function hashes({ adminUrl }: { readonly adminUrl: string }, statement: string): Promise<Fingerprint> {
  const rows = await adminSql(adminUrl, statement);
  return new Map(rows.map((row) => [keyOf(row), String(row['hash'])]));
}

/** Tables that differ, as `claims of tenant_mk in <branch>`; only those whose name `within` accepts. */
export function changedBetween(before: Fingerprint, after: Fingerprint, within: (key: string) => boolean = () => true): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key) && within(key)).toSorted();
}

/** Ids of all rows of a tenant, or of one branch of it in the tables that branches own; what nobody elsewhere may ever read. */
export async function idsOf(database: { readonly adminUrl: string }, tenantId: string, branchId?: string): Promise<Set<string>> {
  const owned = tenantTables.filter(({ columns }) => branchId === undefined || columns.includes('branch_id'));
  const text = owned.map(({ name }) => `select id::text as id from "${name}" where tenant_id = $1${branchId === undefined ? '' : ' and branch_id = $2'}`).join(' union all ');
  const rows = await adminSql(database.adminUrl, text, branchId === undefined ? [tenantId] : [tenantId, branchId]);
  return new Set(rows.map(({ id }) => String(id)));
}

/** What secret columns hold, each with its column: hashes, sealed keys, keys of stored files. */
export async function secretValues(database: { readonly adminUrl: string }): Promise<[value: string, column: string][]> {
  const secret = new Set(['password_hash', 'token_hash', 'code_hash', 'credentials', 'webhook_secrets', 'storage_key', 'secret', 'provider_customer_id']);
  const parts = tenantTables.flatMap(({ name, columns }) => columns.filter((column) => secret.has(column)).map((column) => `select "${column}"::text as value, '${column}' as "column" from "${name}" where "${column}" is not null`));
  return (await adminSql(database.adminUrl, parts.join(' union '))).map(({ value, column }) => [String(value), String(column)]);
}
