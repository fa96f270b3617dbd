import { adminSql } from '../testing';
import { rightful, type Actor } from './actors';
import { ask, procedures } from './ask';
import { attacks } from './entries';
import { tenantTables } from './fingerprint';
import type { Place } from './place';

/** Where rows are changed: a whole tenant, or one branch of it. */
export interface Target {
  readonly tenantId: string;
  readonly branchId?: string;
}

/** Texts that are unique in a tenant: a copy needs others. */
const unique = ['code', 'sign_in_email', 'member_number', 'token_hash', 'code_hash', 'effect_key', 'event_id', 'slug', 'provider_transaction_id', 'path', 'key'];
/** Texts that people read, search and sort by. */
const read = ['first_name', 'last_name', 'name', 'name_tokens', 'surname_tokens', 'counterparty', 'description', 'note', 'insurer', 'policy_number', 'city', 'address', 'phone', 'email', 'subject', 'reason'];

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function whereOf({ tenantId, branchId }: Target, columns: readonly string[]): string | null {
  if (branchId === undefined) return `tenant_id = ${literal(tenantId)}`;
  return columns.includes('branch_id') ? `tenant_id = ${literal(tenantId)} and branch_id = ${literal(branchId)}` : null;
}

const each = (target: Target, make: (name: string, where: string, texts: readonly string[]) => string[]): string =>
  ["set session_replication_role = 'replica'", ...tenantTables.flatMap(({ name, columns, texts }) => {
    const where = whereOf(target, columns);
    return where === null ? [] : make(`"${name}"`, where, texts);
  })].join(';\n');

/** Twice as many rows in every table, and other words in all of them: what counts, totals, searches and orders would show. Goes round triggers and keys. */
export async function doubleRows(database: { readonly adminUrl: string }, target: Target): Promise<void> {
  await adminSql(database.adminUrl, each(target, (name, where, texts) => {
    const others = unique.filter((column) => texts.includes(column)).map((column) => `'${column}', t.${column} || '-' || substr(gen_random_uuid()::text, 1, 8)`);
    const copy = `insert into ${name} select (jsonb_populate_record(null::${name}, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid()${others.map((other) => `, ${other}`).join('')}))).* from ${name} t where ${where} on conflict do nothing`;
    const words = read.filter((column) => texts.includes(column)).map((column) => `${column} = ${column} || ' zz'`);
    return words.length === 0 ? [copy] : [copy, `update ${name} set ${words.join(', ')} where ${where}`];
  }));
}

/** Nothing is left of it. Goes round triggers and keys. */
export async function deleteRows(database: { readonly adminUrl: string }, target: Target): Promise<void> {
  await adminSql(database.adminUrl, each(target, (name, where) => [`delete from ${name} where ${where}`]));
}

/** Every mutation of the product at a place, each by who may; gives the names of those that were refused. */
export async function doEverything(place: Place, actors: readonly Actor[]): Promise<string[]> {
  const refused: string[] = [];
  for (const [path, attack] of attacks) {
    if (procedures[path]?._def.type !== 'mutation' || attack.by === 'root' || attack.by === 'entered') continue;
    const { code } = await ask(rightful(actors, attack), path, await attack.input?.(place));
    if (code !== null) refused.push(path);
    await attack.restore?.(place);
  }
  return refused;
}
