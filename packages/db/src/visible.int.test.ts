import { Client } from 'pg';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase, prepareRead, resolveScope, visible, visibleTo, visibleValues, withTenant, type Reach, type ScopedTable, type TenantScope } from './index';
import { branches, claims, leads, memberships, user } from './schema';
import { useDatabase } from './testing';
import { drizzleTables, fillPlace, insertRow, insertTenant, rowOf, seeded, type Place, type Row } from './testing/factories';

/*
 * The filter alone: the policies of the tables below are switched off, so whatever stays hidden here, the WHERE of `visible` has hidden. Two
 * tenants; the first has two branches. In the first branch an agent has one member and one lead; beside them stand a member, a lead and their
 * rows of nobody, and in the second branch a member whom the same agent once had.
 */
const database = useDatabase();
const watched = { user, memberships, claims, leads, branches } as const;
type Table = keyof typeof watched;
const ids: Record<string, Record<Table, string>> = {};
const place = (tenant: string): Place => ({ tenantId: `tenant_${tenant}`, branchId: newId() });
const here = place('a');
let scope: TenantScope;

const idsOf = (rows: ReadonlyMap<string, Row>): Record<Table, string> =>
  Object.fromEntries(Object.keys(watched).map((table) => [table, String(rows.get(table)?.id)])) as Record<Table, string>;

/** A second member of a place with a lead, a claim and a membership that the agent once sold: that alone shows nothing of it. */
async function addMember(admin: Client, at: Place, rows: ReadonlyMap<string, Row>, random: () => number, agentId: string | null): Promise<Record<Table, string>> {
  const own = new Map(rows);
  for (const name of ['user', 'leads', 'memberships', 'claims']) {
    const table = drizzleTables.get(name);
    if (table === undefined) throw new Error(`no table ${name}`);
    const row = rowOf(table, at, own, random, name === 'user' ? { agent_id: agentId } : name === 'memberships' ? { agent_id: ids.own?.user } : {});
    await insertRow(admin, name, row);
    own.set(name, row);
  }
  return idsOf(own);
}

beforeAll(async () => {
  const admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  const random = seeded(29);
  for (const slug of ['a', 'b']) await insertTenant(admin, { id: `tenant_${slug}`, slug });
  // the other tenant's branch has the very id of ours: only the tenant tells them apart
  const [next, foreign] = [place('a'), { ...place('b'), branchId: here.branchId }];
  const rows = await fillPlace(admin, here, random);
  ids.own = idsOf(rows);
  // the generated person of a place is agent and member in one
  await admin.query('update "user" set agent_id = id where id = $1', [ids.own.user]);
  ids.beside = await addMember(admin, here, rows, random, null);
  const nextRows = await fillPlace(admin, next, random);
  ids.next = idsOf(nextRows);
  ids.moved = { ...await addMember(admin, next, nextRows, random, ids.own.user), branches: next.branchId };
  ids.foreign = idsOf(await fillPlace(admin, foreign, random));
  for (const table of [...Object.keys(watched), 'audit_logs']) await admin.query(`alter table "${table}" disable row level security`);
  await admin.end();
  await connectDatabase({ appUrl: database.current.appUrl });
  const found = await resolveScope({ kind: 'job', tenantId: here.tenantId, job: 'test' });
  if (found === null) throw new Error('no such tenant');
  scope = found;
});
afterAll(async () => { await closeDatabase(); });

/** Whose rows of a table a reach sees, over a query of the moment and over one that is built once. */
async function seenBy(reach: Reach, table: ScopedTable & (typeof watched)[Table]): Promise<string[]> {
  const asking = { ...scope, reach };
  const rows = await withTenant(asking, async (tx) => await tx.select({ id: table.id }).from(table).where(visible(asking, table)));
  const prepared = prepareRead(new QueryBuilder().select({ id: table.id }).from(table).where(visibleTo(reach.kind, table)));
  const again = await prepared(asking, visibleValues(asking));
  expect(again.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  return rows.map(({ id }) => id).toSorted();
}

describe('I-30 the filter alone', () => {
  const everything = ['own', 'beside', 'next', 'moved'];
  it.each<readonly [string, () => Reach, Readonly<Record<Table, readonly string[]>>]>([
    ['the tenant', () => ({ kind: 'tenant' }), { user: everything, memberships: everything, claims: everything, leads: everything, branches: ['own', 'next'] }],
    ['a branch', () => ({ kind: 'branch', branchId: here.branchId }), { user: ['own', 'beside'], memberships: ['own', 'beside'], claims: ['own', 'beside'], leads: ['own', 'beside'], branches: [] }],
    ['an agent', () => ({ kind: 'own', branchId: here.branchId, agentId: ids.own?.user ?? '' }), { user: ['own'], memberships: ['own'], claims: ['own'], leads: ['own'], branches: [] }],
    ['a member', () => ({ kind: 'self', userId: ids.beside?.user ?? '' }), { user: ['beside'], memberships: ['beside'], claims: ['beside'], leads: ['beside'], branches: [] }],
    ['a visitor', () => ({ kind: 'public' }), { user: [], memberships: [], claims: [], leads: [], branches: [] }],
    ['somebody of no branch', () => ({ kind: 'branch', branchId: newId() }), { user: [], memberships: [], claims: [], leads: [], branches: [] }],
  ])('I-30 shows %s those rows and no others', async (_, reach, expected) => {
    for (const name of Object.keys(watched) as Table[]) {
      const wanted = new Set(expected[name].map((whose) => ids[whose]?.[name] ?? 'nobody'));
      expect({ [name]: await seenBy(reach(), watched[name]) }).toEqual({ [name]: [...wanted].toSorted((one, other) => one.localeCompare(other)) });
    }
  });
});
