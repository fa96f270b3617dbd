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
}

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

/** Tables without facts, facts without a table, and personal columns that do not exist. */
export function factFaults(facts: Record<string, Facts>, columns: Record<string, string[]>): string[] {
  const faults: string[] = [];
  for (const table of Object.keys(columns)) if (facts[table] === undefined) faults.push(`${table} has no facts: say whose it is, what is personal in it and how long it is kept`);
  for (const [table, { personal, scope, basis }] of Object.entries(facts)) {
    const own = columns[table];
    if (own === undefined) {
      faults.push(`${table} has facts but is not in the schema`);
      continue;
    }
    for (const column of personal) if (!own.includes(column)) faults.push(`${table}.${column} is called personal but does not exist`);
    if (scope === 'tenant' && !own.includes('tenant_id')) faults.push(`${table} is called a tenant's but has no tenant_id`);
    if (personal.length > 0 && basis === 'none' && scope === 'tenant' && personal.some((column) => /name|mail|phone|birth|address/u.test(column))) faults.push(`${table} holds personal data without a legal basis`);
  }
  return faults;
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

Generated from the schema (\`packages/db/src/schema/facts.ts\`) by \`npm run generate\`; a check fails when it is stale. Do not edit.

${rows.length} tables, ${tenants} of them a tenant's own: those carry \`tenant_id\` and are walled by row level security. A global table
is read before or outside any tenant. *Branch* says whether rows belong to one branch of the tenant. *Owner* is the noun whose
service alone writes the table. *Personal* columns are masked in the audit log. *Kept* names the tenant's retention rule; its
length is part of the published rules, per country.

| table | scope | branch | owner | personal | legal basis | kept | audited |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
