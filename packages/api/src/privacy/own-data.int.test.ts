import { and, eq } from 'drizzle-orm';
import { unzipSync, strFromU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableFacts, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, documents } from '@interdomestik/db/schema';
import { fillPlace, seeded, type Row } from '@interdomestik/db/testing';
import { newId } from '@interdomestik/rules';
import type { Identity } from '../http/request-context';
import { adminSql, callerFor, giveMembership, memoryStorage, scopeOf, systemScopeOf, testPasswords, useTestSettings, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { storagePath } from '../vendors/storage';
import { createDownloadRoute } from './download-route';
import { everythingAbout } from './own-data';
import { dataOf, personalTables } from './subject';

useTestSettings();
const world = useWorld();
let ks: TestTenant;
let member: TestPerson;
const storage = memoryStorage();

/** Whose rows stand for nobody in particular, and why nothing of them is handed out. */
const nobodys: Readonly<Record<string, string>> = {
  rule_simulation_rows: 'figures of a trial by ids; goes after the trial', receipt_differences: 'figures of a check by ids', audit_logs: 'values are masked; what concerns a member is the list of looks', platform_entries: 'about super admins',
  import_batches: 'name of a file of the tenant', import_templates: 'texts that the tenant has replaced in any file', import_pieces: 'a whole file of many people; what it says of one is in import_lines and in the rows it made', bank_statements: 'name of a file of the bank', ledger_closings: 'why a month was opened again',
  payment_accounts: 'keys of the tenant', clearance_accounts: 'keys of the tenant',
};

beforeAll(async () => {
  ({ ks } = world.current);
  ({ member } = ks.branches[0]);
  await giveMembership(ks, member);
});

const callerOf = async (person: TestPerson) => callerFor(await scopeOf(ks, person), { locale: 'sq' });

async function archiveOf(scope: TenantScope | null, ticket: string, now = new Date()): Promise<Response> {
  const identity: Identity = { host: 'tenant', site: null, scope, platform: null, pending: null };
  return await createDownloadRoute({ app: 'member', identify: () => Promise.resolve(identity), passwords: testPasswords, storage, clock: () => now })(new Request('http://ks.localhost/api/my-data/x', { headers: { host: 'ks.localhost' } }), ticket);
}

describe('everything about one person', () => {
  it('covers every table of a tenant that says something of somebody: a new one is in it, or named here with its reason', () => {
    const speaking = Object.entries(tableFacts).filter(([, { scope, columns }]) => scope === 'tenant' && Object.values(columns).some(({ data }) => ['personal', 'sensitive', 'secret'].includes(data)));
    const handed = new Set(personalTables.map(({ name }) => name));
    expect(speaking.map(([name]) => name).filter((name) => !handed.has(name) && nobodys[name] === undefined)).toEqual([]);
    expect(Object.keys(nobodys).filter((name) => tableFacts[name] === undefined)).toEqual([]);
  });

  it('finds the row of each such table in a place where all are filled, with every column but the secret ones, and nothing of the place beside it', async () => {
    const admin = { query: (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values) };
    const rows: ReadonlyMap<string, Row>[] = [];
    for (const [index, branchId] of [newId(), newId()].entries()) rows.push(await fillPlace(admin, { tenantId: ks.id, branchId }, seeded(40 + index)));
    const [mine] = rows;
    const me = String(mine?.get('user')?.['id']);
    // what the generator cannot know: how these name somebody
    await admin.query('update idempotency_keys set actor = $1 where id = $2', [`user:${me}`, mine?.get('idempotency_keys')?.['id']]);
    await admin.query('update webhook_events set raw = $1 where id = $2', [JSON.stringify({ custom_data: { paymentId: mine?.get('payments')?.['id'] } }), mine?.get('webhook_events')?.['id']]);
    await admin.query('update import_lines set user_id = $1 where id = $2', [me, mine?.get('import_lines')?.['id']]);
    await admin.query('update reconciliation_differences set payment_id = $1 where id = $2', [mine?.get('payments')?.['id'], mine?.get('reconciliation_differences')?.['id']]);
    await admin.query('alter table ledger_transactions disable trigger ledger_transactions_append_only');
    await admin.query('update ledger_transactions set source_id = $1 where id = $2', [mine?.get('payments')?.['id'], mine?.get('ledger_transactions')?.['id']]);
    await admin.query('alter table ledger_transactions enable trigger ledger_transactions_append_only');
    await admin.query('alter table ledger_entries disable trigger ledger_entries_append_only');
    await admin.query('update ledger_entries set party_id = $1 where transaction_id = $2', [me, mine?.get('ledger_transactions')?.['id']]);
    await admin.query('alter table ledger_entries enable trigger ledger_entries_append_only');
    const held = await everythingAbout(await systemScopeOf(ks), me);
    const missing = personalTables.filter(({ name }) => !(held.get(name) ?? []).some(({ id }) => id === mine?.get(name)?.['id']));
    // rows of the generator that stand for staff are that person's too, so nothing is left over
    expect(missing.map(({ name }) => name)).toEqual([]);
    const strangers = [...held].flatMap(([name, found]) => found.filter(({ id }) => id === rows[1]?.get(name)?.['id']).map(() => name));
    expect(strangers).toEqual([]);
    const wrong = personalTables.flatMap(({ name, columns, facts }) => columns.filter((column) => column.name !== 'tenant_id')
      .filter((column) => Object.hasOwn(held.get(name)?.[0] ?? {}, column.name) === (dataOf(facts, column.name) === 'secret')).map((column) => `${name}.${column.name}`));
    expect(wrong).toEqual([]);
  });
});

describe('the archive', () => {
  async function storePaper(text: string): Promise<string> {
    const id = newId();
    const path = storagePath({ tenantId: ks.id, entity: 'member', entityId: member.id, documentId: id, extension: 'pdf' });
    const file = await storage.put({ tenantId: ks.id, path, fileName: 'leternjoftim.pdf', mime: 'application/pdf', bytes: Buffer.from(text) });
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(documents).values({
      tenantId: ks.id, id, userId: member.id, branchId: ks.branches[0].id, entity: 'member', entityId: member.id, path, storageKey: file.storageKey, fileName: 'leternjoftim.pdf', mime: 'application/pdf', status: 'stored', storedAt: new Date(), uploadedBy: member.id,
    }).then(() => undefined));
    return path;
  }

  it('is one ZIP with records as JSON and CSV and the documents, on record, with words in the reader’s language', async () => {
    await storePaper('a paper of mine');
    const gone = await storePaper('lost');
    storage.files.delete(gone);
    const scope = await scopeOf(ks, member);
    const { ticket } = await callerFor(scope, { locale: 'sq' }).privacy.beginDownload();
    const answer = await archiveOf(scope, ticket);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'application/zip', expect.stringContaining('no-store')]);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const data = JSON.parse(strFromU8(files['data.json'] ?? new Uint8Array())) as { tables: Record<string, Record<string, unknown>[]> };
    expect(data.tables['user']).toMatchObject([{ id: member.id, email: member.email }]);
    expect(data.tables['memberships']).toHaveLength(1);
    expect(JSON.stringify(data)).not.toMatch(/password_hash|token_hash/u);
    expect(strFromU8(files['csv/user.csv'] ?? new Uint8Array())).toContain(member.email);
    expect(Object.keys(files).filter((name) => name.startsWith('documents/')).map((name) => strFromU8(files[name] ?? new Uint8Array()))).toEqual(['a paper of mine']);
    const readme = strFromU8(files['README.txt'] ?? new Uint8Array());
    expect(readme).toContain('Të dhënat Tuaja');
    expect(readme).toContain('nuk ishin më në depo');
    const trail = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ operation: auditLogs.operation, entityId: auditLogs.entityId }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.action, 'privacy.beginDownload'))));
    expect(trail).toEqual([{ operation: 'EXPORT', entityId: member.id }]);
  });

  it('I-23 the door to one’s own data opens for the person of the ticket alone, within ten minutes, with a fresh proof', async () => {
    const scope = await scopeOf(ks, member);
    const { ticket } = await callerFor(scope).privacy.beginDownload();
    const { mk } = world.current;
    const others = await Promise.all([scopeOf(ks, ks.branches[1].member), scopeOf(ks, ks.admin), scopeOf(mk, mk.branches[0].member), scopeOf(mk, mk.admin)]);
    const statuses = [...(await Promise.all(others.map(async (other) => (await archiveOf(other, ticket)).status))), (await archiveOf(null, ticket)).status, (await archiveOf(scope, newId())).status, (await archiveOf(scope, `${ticket}'`)).status];
    expect(statuses).toEqual([404, 403, 404, 403, 401, 404, 404]);
    const later = new Date(Date.now() + 11 * 60_000);
    expect((await archiveOf(scope, ticket, later)).status).toBe(403);
    expect(await refusalsOf([callerFor(scope, { now: later }).privacy.beginDownload()])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
  });
});

describe('who looked', () => {
  it('A-09 is told by name and role: records, claims and papers, once an hour, and nothing that the member opened', async () => {
    const { manager } = ks.branches[0];
    const staff = await callerOf(manager);
    await staff.members.get({ id: member.id });
    await staff.members.get({ id: member.id });
    await (await callerOf(ks.admin)).members.get({ id: member.id });
    const own = await callerOf(member);
    const { items } = await own.privacy.accessLog({});
    expect(items.map(({ what, role, from }) => ({ what, role, from })).toSorted((a, b) => String(a.role).localeCompare(String(b.role)))).toEqual([
      { what: 'record', role: 'branch_manager', from: 'tenant' }, { what: 'record', role: 'tenant_admin', from: 'tenant' },
    ]);
    expect(items.every(({ name }) => name !== null && name.length > 3)).toBe(true);
    const page = await own.privacy.accessLog({ limit: 1 });
    const next = await own.privacy.accessLog({ limit: 1, cursor: page.nextCursor ?? '' });
    expect([...page.items, ...next.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect((await (await callerOf(ks.branches[1].member)).privacy.accessLog({})).items).toEqual([]);
    expect(await refusalsOf([staff.privacy.accessLog({})])).toEqual(['FORBIDDEN errors.forbidden']);
  });
});
