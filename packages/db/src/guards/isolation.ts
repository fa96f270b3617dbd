import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { Client } from 'pg';
import { openingStatement } from '../opening';
import { tableFacts, type Grant } from '../schema/facts';
import { rowOf, seeded, tenantTablesInOrder, type Place, type Row } from '../testing/factories';

/** A place with one row of every tenant table. */
export interface Filled extends Place {
  readonly rows: ReadonlyMap<string, Row>;
}

/** What a connection claims to be: the settings of its transaction. */
export interface Claim {
  readonly tenantId: string;
  readonly branch: string;
  readonly actorId: string;
}

/** How one statement ended: rows touched, or the database's refusal. */
type Outcome = { readonly rows: number } | { readonly refused: string; readonly why: string };

const idOf = (row: Row | undefined): string => String(row?.id);
/** The person of a place. */
export const memberOf = (place: Filled): string => idOf(place.rows.get('user'));

async function attempt(app: Client, claim: Claim, sql: string, values: unknown[]): Promise<Outcome> {
  await app.query(openingStatement({ tenantId: claim.tenantId, branch: claim.branch, actorKind: 'user', actorId: claim.actorId, action: 'guard', requestId: '' }, 'read write'));
  try {
    const { rowCount } = await app.query(sql, values);
    return { rows: rowCount ?? 0 };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { refused: code ?? '', why: message };
  } finally {
    await app.query('rollback');
  }
}

const denied = (outcome: Outcome): boolean => 'refused' in outcome && outcome.refused === '42501' && /row-level security|permission denied/u.test(outcome.why);
const told = (outcome: Outcome): string => ('rows' in outcome ? `touched ${String(outcome.rows)} rows` : `answered ${outcome.refused} ${outcome.why}`);

/** Why a claim must not see a row of the victim's place; null when it may, or when the table has no branch to tell by. */
export function foreignness(table: string, claim: Claim, victim: Filled): string | null {
  if (claim.tenantId !== victim.tenantId) return 'another tenant';
  if (tableFacts[table]?.branchScoped !== true || claim.branch === '*') return null;
  const ownPerson = tableOwners.has(table) && claim.branch === 'self' && claim.actorId === memberOf(victim);
  if (ownPerson) return null;
  return claim.branch === victim.branchId ? null : `branch setting ${claim.branch}`;
}

/** Branch-owned tables whose rows a member sees as their own: those with a person, and the person. */
const tableOwners: ReadonlySet<string> = new Set(
  tenantTablesInOrder().filter((table) => getTableConfig(table).policies.some(({ name, using }) => name.endsWith('_branch') && JSON.stringify(using?.queryChunks ?? []).includes('self'))).map((table) => getTableName(table)),
);

/**
 * I-08: what a claim can do to the victim's row of a table, when it should be able to do nothing: read it, count it, change it, delete it,
 * write one beside it, or move an own row over.
 */
export async function attack(app: Client, table: string, claim: Claim, victim: Filled, own: Filled, seed: number): Promise<string[]> {
  const grants: readonly Grant[] = tableFacts[table]?.appGrants ?? [];
  const name = `"${table}"`;
  const faults: string[] = [];
  const expectNothing = (what: string, grant: Grant, outcome: Outcome): void => {
    const fine = grants.includes(grant) ? 'rows' in outcome && outcome.rows === 0 : denied(outcome);
    if (!fine) faults.push(`${table}: ${what} ${told(outcome)}`);
  };
  const expectDenied = (what: string, outcome: Outcome): void => {
    if (!denied(outcome)) faults.push(`${table}: ${what} ${told(outcome)}`);
  };
  const target = [victim.tenantId, idOf(victim.rows.get(table))];
  const here = 'where tenant_id = $1 and id = $2';
  expectNothing('select', 'select', await attempt(app, claim, `select id from ${name} ${here}`, target));
  expectNothing('select by id alone', 'select', await attempt(app, claim, `select id from ${name} where id = $1`, target.slice(1)));
  // a condition on columns needs the right to read them, so these need select as well
  if (grants.includes('select')) {
    expectNothing('update', 'update', await attempt(app, claim, `update ${name} set id = id ${here}`, target));
    expectNothing('delete', 'delete', await attempt(app, claim, `delete from ${name} ${here}`, target));
  }
  const row = rowOf(tableNamed(table), victim, victim.rows, seeded(seed), table === 'branches' ? { id: idOf(victim.rows.get('claims')) } : {});
  expectDenied('insert', await attempt(app, claim, insertSql(name, row), Object.values(row)));
  const mine = own.rows.get(table);
  if (mine !== undefined && foreignness(table, claim, own) === null && claim.tenantId === own.tenantId) {
    const moved = victim.tenantId === own.tenantId ? 'branch_id' : 'tenant_id';
    if (moved in mine) {
      // a member's own row stays the member's in another branch: only services move people
      if (!(moved === 'branch_id' && claim.branch === 'self')) {
        expectDenied(`update of ${moved}`, await attempt(app, claim, `update ${name} set ${moved} = $3 ${here}`, [own.tenantId, idOf(mine), moved === 'tenant_id' ? victim.tenantId : victim.branchId]));
      }
    }
  }
  return faults;
}

/** The other side: what a rightful claim sees of its own row. Without it every guard would be green on a database that shows nothing. */
export async function sees(app: Client, table: string, claim: Claim, place: Filled): Promise<boolean> {
  const outcome = await attempt(app, claim, `select id from "${table}" where tenant_id = $1 and id = $2`, [place.tenantId, idOf(place.rows.get(table))]);
  return 'rows' in outcome && outcome.rows === 1;
}

function tableNamed(name: string) {
  const table = tenantTablesInOrder().find((candidate) => getTableName(candidate) === name);
  if (table === undefined) throw new Error(`no tenant table ${name}`);
  return table;
}

function insertSql(name: string, row: Row): string {
  const columns = Object.keys(row);
  return `insert into ${name} (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map((_, index) => `$${String(index + 1)}`).join(', ')})`;
}

