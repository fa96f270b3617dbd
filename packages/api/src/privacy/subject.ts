import { and, eq, getTableName, inArray, is, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, PgTable, type PgColumn } from 'drizzle-orm/pg-core';
import { tableFacts, type DataClass, type TableFacts } from '@interdomestik/db';
import * as schema from '@interdomestik/db/schema';

/** A table of the tenant with rows about one person, as the tags of its columns say. */
export interface PersonalTable {
  readonly name: string;
  readonly table: PgTable;
  readonly facts: TableFacts;
  readonly columns: readonly PgColumn[];
  /** The rows of the tenant that are about the person. */
  readonly about: (tenantId: string, userId: string) => SQL;
}

const tables: ReadonlyMap<string, PgTable> = new Map(Object.values<unknown>(schema).filter((value): value is PgTable => is(value, PgTable)).map((table) => [getTableName(table), table]));

function columnOf(table: PgTable, name: string): PgColumn {
  const column = getTableConfig(table).columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`${getTableName(table)} has no column ${name}`);
  return column;
}

/** What a column says of a person; `none` for one without a tag, which the checks refuse. */
export const dataOf = (facts: TableFacts, column: string): DataClass => facts.columns[column]?.data ?? 'none';

function tableOf(name: string): PgTable {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

function subjectOf(table: PgTable, facts: TableFacts, tenantId: string, userId: string): SQL {
  const { subject } = facts;
  if (typeof subject === 'string') return eq(columnOf(table, subject), userId);
  if ('actor' in subject) return eq(columnOf(table, subject.actor), `user:${userId}`);
  const name = 'through' in subject ? subject.through : subject.of;
  const parent = tableOf(name);
  const theirs = and(eq(columnOf(parent, 'tenant_id'), tenantId), subjectOf(parent, factsOf(name), tenantId, userId));
  const ids = sql`(select ${columnOf(parent, 'id')} from ${parent} where ${theirs})`;
  if ('through' in subject) return inArray(columnOf(table, subject.column), ids);
  return sql`exists (select from ${ids} as theirs(id) where position(theirs.id::text in ${columnOf(table, subject.within)}) > 0)`;
}

function factsOf(name: string): TableFacts {
  const facts = tableFacts[name];
  if (facts === undefined) throw new Error(`no facts of ${name}`);
  return facts;
}

/** Every table of a tenant with rows about one person, by its name. A new one is here by its tags alone. */
export const personalTables: readonly PersonalTable[] = [...tables].flatMap(([name, table]) => {
  const facts = factsOf(name);
  if (facts.scope !== 'tenant' || facts.subject === 'nobody') return [];
  const about = (tenantId: string, userId: string): SQL => sql`${eq(columnOf(table, 'tenant_id'), tenantId)} and ${subjectOf(table, facts, tenantId, userId)}`;
  return [{ name, table, facts, columns: getTableConfig(table).columns, about }];
}).toSorted((a, b) => a.name.localeCompare(b.name));
