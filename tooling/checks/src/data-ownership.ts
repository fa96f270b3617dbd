import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repoRoot } from './repository';

/** What the document says of one table; the shape of `tableFacts` in packages/db. */
export interface Facts {
  scope: string;
  branchScoped: boolean;
  owner: string;
  personal: readonly string[];
  basis: string;
  retention: string;
  audited: boolean;
  columns: Readonly<Record<string, Tag>>;
  subject: unknown;
}

/** What is said of one column. */
export interface Tag {
  data: string;
  basis: string;
  retention: string;
}

/** Whose value names, describes or opens something; `about` and `link` only say something by an id. */
const held = ['personal', 'sensitive', 'secret'];

export const document = 'docs/data-ownership.md';

/** Facts and columns of every table, from the schema itself. Throws when packages/db has no facts. */
export async function readSchema(): Promise<{ facts: Record<string, Facts>; columns: Record<string, string[]> }> {
  const load = async (file: string): Promise<Record<string, unknown>> => {
    const path = join(repoRoot, 'packages/db/src/schema', file);
    if (!existsSync(path)) throw new Error(`packages/db/src/schema/${file} does not exist: the document of data ownership is made from it`);
    return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Record<string, unknown>;
  };
  const facts = (await load('facts.ts'))['tableFacts'] as Record<string, Facts>;
  const columns: Record<string, string[]> = {};
  for (const table of Object.values(await load('index.ts'))) {
    // Drizzle marks its tables with these symbols; reading them needs no dependency on it
    const marks = table as Record<symbol, unknown> | null;
    if (typeof marks !== 'object' || marks?.[Symbol.for('drizzle:IsDrizzleTable')] !== true) continue;
    const name = marks[Symbol.for('drizzle:Name')] as string;
    columns[name] = Object.values(marks[Symbol.for('drizzle:Columns')] as Record<string, { name: string }>).map((column) => column.name);
  }
  return { facts, columns };
}

/** Tables without facts, facts without a table, columns without a tag, and tags without a column. */
export function factFaults(facts: Record<string, Facts>, columns: Record<string, string[]>): string[] {
  const faults: string[] = [];
  for (const table of Object.keys(columns)) if (facts[table] === undefined) faults.push(`${table} has no facts: say whose it is, what is personal in it and how long it is kept`);
  for (const [table, { personal, scope, basis, columns: tagged, subject }] of Object.entries(facts)) {
    const own = columns[table];
    if (own === undefined) {
      faults.push(`${table} has facts but is not in the schema`);
      continue;
    }
    for (const column of own) if (tagged[column] === undefined) faults.push(`${table}.${column} has no tag: say in column-tags.ts what it says of a person`);
    for (const column of Object.keys(tagged)) if (!own.includes(column)) faults.push(`${table}.${column} is tagged but does not exist`);
    const masked = Object.entries(tagged).filter(([, tag]) => held.includes(tag.data)).map(([column]) => column);
    if (masked.join() !== personal.join()) faults.push(`${table} does not mask exactly what is personal, sensitive or secret in it`);
    const linked = masked.length > 0 && scope === 'tenant' && Object.entries(tagged).some(([column, tag]) => tag.data === 'link' && own.includes(column) && column === 'user_id');
    if (linked && subject === 'nobody') faults.push(`${table} holds personal data of a person and does not say how the rows of one are found`);
    if (scope === 'tenant' && !own.includes('tenant_id')) faults.push(`${table} is called a tenant's but has no tenant_id`);
    if (personal.length > 0 && basis === 'none' && scope === 'tenant' && personal.some((column) => /name|mail|phone|birth|address/u.test(column))) faults.push(`${table} holds personal data without a legal basis`);
  }
  return faults;
}

const inCode = (columns: readonly string[]): string => (columns.length === 0 ? '-' : columns.map((column) => `\`${column}\``).join(', '));

function foundBy(subject: unknown): string {
  if (typeof subject === 'string') return subject === 'nobody' ? '-' : `\`${subject}\``;
  const { through, column, within, of, actor } = subject as Readonly<Record<string, string>>;
  if (through !== undefined) return `\`${column ?? ''}\` of \`${through}\``;
  return within === undefined ? `\`${actor ?? ''}\`` : `\`${within}\` names \`${of ?? ''}\``;
}

/** One line for each table: its columns by what they say of a person. */
function columnLine([table, one]: [string, Facts]): string {
  const of = (data: string): string => inCode(Object.entries(one.columns).filter(([column, tag]) => tag.data === data && !['created_at', 'updated_at'].includes(column)).map(([column]) => column));
  const other = Object.entries(one.columns).filter(([, tag]) => tag.basis !== one.basis || tag.retention !== one.retention).map(([column, tag]) => `\`${column}\`: ${tag.basis.replaceAll('_', ' ')}, ${tag.retention}`);
  return `| \`${table}\` | ${foundBy(one.subject)} | ${of('link')} | ${of('about')} | ${of('personal')} | ${of('sensitive')} | ${of('secret')} | ${other.length === 0 ? '-' : other.join('; ')} |`;
}

const yes = (value: boolean): string => (value ? 'yes' : '-');

/** The document, whole. */
export function renderOwnership(facts: Record<string, Facts>): string {
  const rows = Object.entries(facts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([table, one]) => {
      const scope = one.scope === 'tenant' ? 'tenant' : 'global';
      const personal = one.personal.length === 0 ? '-' : one.personal.map((column) => `\`${column}\``).join(', ');
      return `| \`${table}\` | ${scope} | ${yes(one.branchScoped)} | ${one.owner} | ${personal} | ${one.basis.replaceAll('_', ' ')} | ${one.retention} | ${yes(one.audited)} |`;
    });
  const tenants = Object.values(facts).filter((one) => one.scope === 'tenant').length;
  return `# Data ownership

Generated from the schema (\`facts.ts\` and \`column-tags.ts\` in \`packages/db/src/schema\`) by \`npm run generate\`; a check fails when it is stale. Do not edit.

${rows.length} tables, ${tenants} of them a tenant's own: those carry \`tenant_id\` and are walled by row level security. A global table
is read before or outside any tenant. *Branch* says whether rows belong to one branch of the tenant. *Owner* is the noun whose
service alone writes the table. *Personal* columns are masked in the audit log. *Kept* names the tenant's retention rule; its
length is part of the published rules, per country.

| table | scope | branch | owner | personal | legal basis | kept | audited |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

## Every column

Each column of the schema has a tag; a check fails on one without, and on a tag whose column is gone. What is not listed here says nothing of anybody, or when a row was written. *Found by*: the column by which the rows
about one person are found. *Links* are ids that stand for a person; *facts* are somebody's only by such an id. *Personal*, *sensitive* (national numbers, accounts, what happened to somebody) and *secret* values are masked in
the audit trail. A member is handed everything but the secrets; an erasure empties all three. *Otherwise*: columns held on another basis or for another time than their table.

| table | found by | links | facts | personal | sensitive | secret | otherwise |
|---|---|---|---|---|---|---|---|
${Object.entries(facts).toSorted(([a], [b]) => a.localeCompare(b)).map(columnLine).join('\n')}
`;
}
