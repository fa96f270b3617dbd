import { mkdtempSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { keptByLaw, maskedClasses, withTenant } from '@interdomestik/db';
import { auditLogs, claims, documents, erasureRequests, invoices, mails, payments, sessions, user } from '@interdomestik/db/schema';
import { fillPlace, seeded, type Row } from '@interdomestik/db/testing';
import { newId } from '@interdomestik/rules';
import { everythingAbout } from '../privacy/own-data';
import { dataOf, personalTables } from '../privacy/subject';
import { adminSql, callerFor, giveMembership, memoryStorage, runJobs, scopeOf, systemScopeOf, useTestSettings, useWorld, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { storagePath } from '../vendors/storage';
import { columnsThatGo } from './erase';
import { readErased, rememberErased } from './erased-list';
import { forgetLetters, reapplyErasures, runErasure } from './run';

useTestSettings();
const world = useWorld();
let ks: TestTenant;
let branch: TestTenant['branches'][0];
const storage = memoryStorage();
const folder = mkdtempSync(join(tmpdir(), 'erased-'));
const tools = { storage, folder };

beforeAll(() => {
  ({ ks } = world.current);
  [branch] = ks.branches;
});

const sql = (text: string, values: unknown[] = []) => adminSql(world.current.database.adminUrl, text, values);
const canary = () => `Kanarina${newId().slice(-8)}`;

/** A member with a life: a name that is nobody else's, a membership, a closed claim with a paper, an invoice's paper. */
async function memberWithLife(): Promise<{ readonly person: TestPerson; readonly name: string; readonly paper: string; readonly bill: string }> {
  const id = newId();
  const name = canary();
  const email = `${name.toLowerCase()}@example.com`;
  const paths = { paper: '', bill: '' };
  const claimId = newId();
  for (const [key, entity] of [['paper', 'claim'], ['bill', 'invoice']] as const) {
    paths[key] = storagePath({ tenantId: ks.id, entity, entityId: claimId, documentId: newId(), extension: 'pdf' });
    await storage.put({ tenantId: ks.id, path: paths[key], fileName: `${name}.pdf`, mime: 'application/pdf', bytes: Buffer.from(name) });
  }
  await withTenant(await systemScopeOf(ks), async (tx) => {
    await tx.insert(user).values({ tenantId: ks.id, id, branchId: branch.id, firstName: name, lastName: 'Hoxha', nameTokens: name.toLowerCase(), email, signInEmail: email, phone: '+38344123987', personalNumber: '1234567890', birthDate: '1980-05-06', address: name, city: name, locale: 'sq', memberNumber: `MEM-${name.slice(-8)}` });
    await tx.execute(`insert into user_roles (tenant_id, id, user_id, role) values ('${ks.id}', '${newId()}', '${id}', 'member')`);
    await tx.insert(claims).values({ tenantId: ks.id, id: claimId, userId: id, branchId: branch.id, category: 'vehicle', status: 'resolved', counterparty: name, description: name, currency: 'EUR' });
    for (const [key, entity] of [['paper', 'claim'], ['bill', 'invoice']] as const) {
      await tx.insert(documents).values({ tenantId: ks.id, id: newId(), userId: id, branchId: branch.id, entity, entityId: claimId, path: paths[key], storageKey: `key:${paths[key]}`, fileName: `${name}.pdf`, mime: 'application/pdf', status: 'stored', storedAt: new Date() });
    }
    await tx.insert(mails).values({ tenantId: ks.id, id: newId(), userId: id, toEmail: email, locale: 'sq', template: 'welcome-membership', subject: name, html: name, text: name, effectKey: newId(), status: 'mailbox' });
    await tx.insert(mails).values({ tenantId: ks.id, id: newId(), userId: branch.manager.id, toEmail: 'boss@example.com', locale: 'sq', template: 'claim-deadline', subject: `${name} Hoxha`, html: '', text: `${name} Hoxha waits`, effectKey: newId(), status: 'sent' });
  });
  await withTenant(await systemScopeOf(ks), (tx) => tx.insert(payments).values({
    tenantId: ks.id, id: newId(), userId: id, branchId: branch.id, paymentAccountId: ks.cashAccountId, method: 'cash', status: 'succeeded', amountMinor: 2000n, currency: 'EUR', taxDocumentIssuer: 'tenant', providerCustomerId: name, paidAt: new Date(),
  }).then(() => undefined));
  await giveMembership(ks, { id, role: 'member', branchId: branch.id, email, password: '' });
  return { person: { id, email, role: 'member', branchId: branch.id, password: '' }, name, ...paths };
}

/** Asked by the member, granted by the admin. */
async function approved(person: TestPerson): Promise<string> {
  const { id } = await callerFor(await scopeOf(ks, person), { locale: 'sq' }).erasures.ask({ note: 'I moved away' });
  await callerFor(await scopeOf(ks, ks.admin)).erasures.approve({ id });
  return id;
}

const run = async (id: string) => { await runErasure(await systemScopeOf(ks), id, new Date(), tools); };
const rowOf = async (id: string) => (await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(erasureRequests).where(and(eq(erasureRequests.tenantId, ks.id), eq(erasureRequests.id, id)))))[0];
const personOf = async (id: string) => (await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, id)))))[0];

/** Where a word still stands in any table of the tenant, the trail and the queue among them. */
async function placesOf(word: string): Promise<string[]> {
  const tables = await sql("select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'pgboss')");
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql(`select count(*)::int as count from ${String(name)} t where position($1 in t::text) > 0`, [word]);
    if (Number(row?.['count']) > 0) found.push(String(name));
  }
  return found;
}

describe('who may', () => {
  it('members ask for themselves, staff for members in reach, administrators decide, and the other tenant sees a missing one', async () => {
    const { mk } = world.current;
    const { person } = await memberWithLife();
    const member = callerFor(await scopeOf(ks, person));
    const manager = callerFor(await scopeOf(ks, branch.manager));
    const elsewhere = callerFor(await scopeOf(ks, ks.branches[1].manager));
    const foreign = callerFor(await scopeOf(mk, mk.admin));
    const note = 'By letter';
    expect(await refusalsOf([elsewhere.erasures.askFor({ memberId: person.id, note }), foreign.erasures.askFor({ memberId: person.id, note })])).toEqual(Array.from({ length: 2 }, () => 'NOT_FOUND errors.notFound'));
    const { id } = await manager.erasures.askFor({ memberId: person.id, note });
    expect(await refusalsOf([member.erasures.ask({ note: '' }), manager.erasures.approve({ id }), member.erasures.approve({ id }), foreign.erasures.approve({ id })])).toEqual([
      'CONFLICT errors.erasure.asked', 'FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden', 'NOT_FOUND errors.notFound',
    ]);
    expect((await foreign.erasures.list({})).items).toEqual([]);
    const admin = callerFor(await scopeOf(ks, ks.admin));
    expect((await admin.erasures.list({})).items.find((item) => item.id === id)).toMatchObject({ byMember: false, status: 'open', overdue: false, blockers: [] });
    await admin.erasures.refuse({ id, answer: 'Please come by' });
    expect((await member.erasures.mine()).request).toMatchObject({ status: 'refused', answer: 'Please come by' });
    const again = callerFor(await scopeOf(ks, person));
    await again.erasures.ask({ note: '' });
    await again.erasures.withdraw();
    expect((await again.erasures.mine()).request).toMatchObject({ status: 'withdrawn' });
  });

  it('A-08 nothing goes while a claim is open or money is owed, and an old proof of who is at the screen is not enough', async () => {
    const { person } = await memberWithLife();
    const { id } = await callerFor(await scopeOf(ks, person)).erasures.ask({ note: '' });
    const admin = callerFor(await scopeOf(ks, ks.admin));
    await sql("update claims set status = 'evaluation' where user_id = $1", [person.id]);
    expect(await refusalsOf([admin.erasures.approve({ id })])).toEqual(['CONFLICT errors.erasure.claim_open']);
    await sql("update claims set status = 'rejected' where user_id = $1", [person.id]);
    await sql("insert into instalments (tenant_id, id, membership_id, user_id, branch_id, code, number, due_on, amount_minor, vat_minor, currency, tax_document_issuer, status) select tenant_id, gen_random_uuid(), id, user_id, branch_id, 'x', 2, '2027-01-01', 100, 0, 'EUR', 'tenant', 'due' from memberships where user_id = $1", [person.id]);
    expect(await refusalsOf([admin.erasures.approve({ id })])).toEqual(['CONFLICT errors.erasure.money_owed']);
    await sql("update instalments set status = 'canceled' where user_id = $1", [person.id]);
    expect(await refusalsOf([callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) }).erasures.approve({ id })])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    expect((await rowOf(id))?.status).toBe('open');
  });
});

describe('A-08 an erasure', () => {
  it('A-08 leaves the name nowhere but on papers of the tax law, ends every way in, and keeps invoices, payments and the books', async () => {
    const { person, name, paper, bill } = await memberWithLife();
    const id = await approved(person);
    expect((await personOf(person.id))?.status).toBe('disabled');
    expect(await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(sessions).where(and(eq(sessions.tenantId, ks.id), eq(sessions.userId, person.id))))).toEqual([]);
    await run(id);
    expect(await personOf(person.id)).toMatchObject({ firstName: '–', email: null, signInEmail: null, phone: null, personalNumber: null, birthDate: null, nameTokens: '', erasedAt: expect.any(Date) });
    expect([storage.files.has(paper), storage.files.has(bill)]).toEqual([false, true]);
    // the letter names its reader until it has left; the paper of an invoice carries its file's name by law
    expect(await placesOf(name)).toEqual(['public.documents', 'public.mails']);
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(mails).set({ status: 'mailbox' }).where(eq(mails.effectKey, `erasure:${id}`)).then(() => undefined));
    await forgetLetters(await systemScopeOf(ks), new Date(Date.now() + 2 * 86_400_000));
    expect(await placesOf(name)).toEqual(['public.documents']);
    expect((await rowOf(id))).toMatchObject({ status: 'done', note: '', letter: { claims: 1, files: 1, kept: expect.arrayContaining([expect.objectContaining({ what: 'payments' })]) } });
    const trail = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ action: auditLogs.action, after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entity, 'user'), eq(auditLogs.entityId, person.id), eq(auditLogs.action, 'erasures.run'))));
    expect(trail).toHaveLength(1);
  });

  it('A-08 writes a letter in the member’s language: what went, what is kept, why and until when, as a mail and as a paper', async () => {
    const { person, name } = await memberWithLife();
    const id = await approved(person);
    await run(id);
    const [mail] = await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.effectKey, `erasure:${id}`))));
    expect(mail).toMatchObject({ toEmail: person.email, locale: 'sq', subject: expect.stringContaining('të dhënat Tuaja u fshinë') });
    expect(mail?.text).toContain(name);
    expect(mail?.text).toMatch(/ruhet deri më 31\.12\.\d{4}/u);
    const { pdf } = await callerFor(await scopeOf(ks, ks.admin)).erasures.letter({ id });
    expect(Buffer.from(pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    await runJobs(world.current.database, { only: ['mails.send'] });
  });

  it('A-08 empties every column that the tags say, of every table, and nothing that the law keeps', async () => {
    const admin = { query: (text: string, values: unknown[] = []) => sql(text, values) };
    const [mine, theirs]: ReadonlyMap<string, Row>[] = [await fillPlace(admin, { tenantId: ks.id, branchId: newId() }, seeded(71)), await fillPlace(admin, { tenantId: ks.id, branchId: newId() }, seeded(72))];
    const me = String(mine?.get('user')?.['id']);
    await sql("update user_roles set role = 'member' where user_id = $1", [me]);
    await sql('update import_lines set user_id = $1 where id = $2', [me, mine?.get('import_lines')?.['id']]);
    await sql('update idempotency_keys set actor = $1 where id = $2', [`user:${me}`, mine?.get('idempotency_keys')?.['id']]);
    await sql('update webhook_events set raw = $1 where id = $2', [JSON.stringify({ paymentId: mine?.get('payments')?.['id'] }), mine?.get('webhook_events')?.['id']]);
    const scope = await systemScopeOf(ks);
    const others = await everythingAbout(scope, String(theirs?.get('user')?.['id']));
    await sql("update erasure_requests set status = 'approved' where id = $1", [mine?.get('erasure_requests')?.['id']]);
    const before = await everythingAbout(scope, me);
    await runErasure(scope, String(mine?.get('erasure_requests')?.['id']), new Date(), { storage, folder: null });
    const after = await everythingAbout(scope, me);
    const blank = (value: unknown): boolean => value === null || value === undefined || value === '' || value === '–' || JSON.stringify(value) === '{}' || value === '{}';
    const full: string[] = [];
    const lost: string[] = [];
    for (const one of personalTables) {
      const names = new Set(columnsThatGo(one).map(({ name }) => name));
      for (const row of after.get(one.name) ?? []) {
        const was = (before.get(one.name) ?? []).find(({ id }) => id === row['id']);
        for (const { name } of one.columns) {
          if (names.has(name) && !blank(row[name]) && !(one.name === 'cards' && row[name] === row['id']) && !(one.name === 'user' && name === 'last_name') && one.name !== 'mails' && !(one.name === 'documents' && ['invoice', 'receipt', 'deposit', 'payout'].includes(String(row['entity'])))) full.push(`${one.name}.${name}`);
          const held = maskedClasses.includes(dataOf(one.facts, name)) && keptByLaw.includes(one.facts.columns[name]?.retention ?? one.facts.retention);
          if (held && JSON.stringify(row[name]) !== JSON.stringify(was?.[name])) lost.push(`${one.name}.${name}`);
        }
      }
    }
    expect([full, lost]).toEqual([[], []]);
    expect(await sql('select u.password_hash, p.checkout_url from "user" u join payments p on p.user_id = u.id where u.id = $1', [me])).toEqual([{ password_hash: null, checkout_url: null }]);
    for (const name of ['sessions', 'family_members', 'policies', 'user_tokens', 'notifications', 'second_factors', 'recovery_codes', 'idempotency_keys']) expect([name, after.get(name) ?? []]).toEqual([name, []]);
    expect(await everythingAbout(scope, String(theirs?.get('user')?.['id']))).toEqual(others);
  });

  it('A-08 is the same wherever it was stopped, and running it again repeats nothing', async () => {
    for (const stop of ['list', 'letter', 'rows'] as const) {
      const { person, name } = await memberWithLife();
      const id = await approved(person);
      const dead = { ...storage, remove: () => Promise.reject(new Error('killed')) };
      if (stop === 'list') await rememberErased(folder, { at: new Date().toISOString(), tenant: ks.id, user: person.id, request: id });
      if (stop === 'letter') await expect(runErasure(await systemScopeOf(ks), id, new Date(), { storage: dead, folder })).rejects.toThrow('killed');
      if (stop === 'rows') {
        await sql("create or replace function no_mark() returns trigger language plpgsql as $$ begin if new.status = 'done' then raise exception 'killed'; end if; return new; end $$; create trigger no_mark before update on erasure_requests for each row execute function no_mark()");
        await expect(run(id)).rejects.toThrow();
        await sql('drop trigger no_mark on erasure_requests');
      }
      await run(id);
      await run(id);
      expect(await personOf(person.id)).toMatchObject({ erasedAt: expect.any(Date) });
      expect((await placesOf(name)).filter((place) => !['public.documents', 'public.mails'].includes(place))).toEqual([]);
      const letters = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ id: mails.id }).from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.effectKey, `erasure:${id}`))));
      expect(letters).toHaveLength(1);
      expect((await readErased(folder, ks.id)).erased.filter((one) => one.user === person.id)).toHaveLength(1);
    }
  });

  it('A-08 nobody writes a name or a way in back into the row of an erased person', async () => {
    const { person } = await memberWithLife();
    await run(await approved(person));
    await expect(withTenant(await systemScopeOf(ks), (tx) => tx.update(user).set({ firstName: 'Back' }).where(and(eq(user.tenantId, ks.id), eq(user.id, person.id))).then(() => undefined))).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

describe('after the restore of an older backup', () => {
  it('A-08 the list outside the database is applied again, without a second letter, and forged lines erase nobody', async () => {
    const { person, name } = await memberWithLife();
    const backup = await sql('select * from "user" where id = $1', [person.id]);
    const id = await approved(person);
    await run(id);
    // the backup is from before the wish: the person is whole again, and of the wish nothing is known
    await sql('alter table "user" disable trigger user_stays_erased');
    await sql('alter table erasure_requests disable trigger erasure_requests_never_deleted');
    const [was] = backup;
    await sql('update "user" set erased_at = null, status = \'active\', first_name = $2, last_name = $3, email = $4, sign_in_email = $4, name_tokens = $5 where id = $1', [person.id, was?.['first_name'], was?.['last_name'], was?.['email'], was?.['name_tokens']]);
    await sql('delete from erasure_requests where id = $1', [id]);
    await sql('alter table erasure_requests enable trigger erasure_requests_never_deleted');
    await sql('alter table "user" enable trigger user_stays_erased');
    const bystander = await memberWithLife();
    const forged = { at: new Date().toISOString(), tenant: ks.id, user: bystander.person.id, request: newId(), key: 'x', sign: 'x' };
    await appendFile(join(folder, `${ks.id}.erased.jsonl`), `${JSON.stringify(forged)}\n{"cut`);
    const lettersBefore = await sql("select count(*)::int as count from mails where template = 'erasure-letter'");
    expect(await reapplyErasures(await systemScopeOf(ks), new Date(), tools)).toBe(1);
    expect(await reapplyErasures(await systemScopeOf(ks), new Date(), tools)).toBe(0);
    expect((await placesOf(name)).filter((place) => !['public.documents', 'public.mails'].includes(place))).toEqual([]);
    expect(await personOf(person.id)).toMatchObject({ firstName: '–', erasedAt: expect.any(Date) });
    expect(await personOf(bystander.person.id)).toMatchObject({ firstName: bystander.name });
    expect(await sql("select count(*)::int as count from mails where template = 'erasure-letter'")).toEqual(lettersBefore);
    expect(await sql("select status from erasure_requests where user_id = $1", [person.id])).toEqual([{ status: 'done' }]);
    expect((await readErased(folder, ks.id)).foreign).toHaveLength(1);
    expect(await readFile(join(folder, `${ks.id}.erased.jsonl`), 'utf8')).not.toContain(name);
  });
});

it('A-08 invoices of somebody who was erased stay as they were issued', async () => {
  const { person } = await memberWithLife();
  await withTenant(await systemScopeOf(ks), (tx) => tx.insert(invoices).values({
    tenantId: ks.id, id: newId(), userId: person.id, branchId: branch.id, series: 'T', fiscalYear: 2026, number: 900_001, code: 'T-900001', status: 'issued', issuedOn: '2026-03-01', dueOn: '2026-03-01', currency: 'EUR', netMinor: 100n, vatMinor: 0n, totalMinor: 100n,
    seller: {}, buyer: { name: 'Kept By Law' }, languages: ['sq'], issuedAt: new Date('2026-03-01T10:00:00Z'),
  }).then(() => undefined));
  const id = await approved(person);
  await run(id);
  expect(await withTenant(await systemScopeOf(ks), (tx) => tx.select({ buyer: invoices.buyer }).from(invoices).where(and(eq(invoices.tenantId, ks.id), eq(invoices.userId, person.id))))).toEqual([{ buyer: { name: 'Kept By Law' } }]);
  expect((await rowOf(id))?.letter).toMatchObject({ kept: expect.arrayContaining([{ what: 'invoices', count: 1, until: '2032-12-31' }]) });
});
