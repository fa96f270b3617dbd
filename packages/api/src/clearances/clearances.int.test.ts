import { and, eq, inArray } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { clearanceAccounts, documents, invoiceClearances, invoices, notifications } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { renderInvoice } from '../invoices/render';
import { callerFor, enrolInputOf, memoryStorage, runJobs, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { useEfaktura } from '../testing/efaktura';
import { renderCleared } from './render';
import { submitClearance } from './submit';
import { watchClearances } from './watch';

const key = 'efk_test_of_mk';
const world = useWorld();
const service = useEfaktura([key]);
const storage = memoryStorage();
let mk: TestTenant;
let system: TenantScope;

const admin = async () => callerFor(await scopeOf(mk, mk.admin));
const row = async (invoiceId: string) => {
  const [found] = await withTenant(system, (tx) => tx.select().from(invoiceClearances).where(and(eq(invoiceClearances.tenantId, mk.id), eq(invoiceClearances.invoiceId, invoiceId))));
  if (found === undefined) throw new Error('the invoice waits for nobody');
  return found;
};
/** A sale whose invoice has its paper and waits to be sent. */
const sold = async () => {
  const sale = await callerFor(await scopeOf(mk, mk.branches[0].agent), { ip: newId() }).enrolments.enrol(enrolInputOf(mk));
  const invoiceId = sale.invoiceId ?? '';
  await renderInvoice(system, invoiceId, storage);
  return { ...sale, invoiceId, clearance: await row(invoiceId) };
};
const submit = (id: string) => submitClearance(system, id, new Date());
const atService = async (id: string) => (await service.documents()).filter((one) => one.key.startsWith(id));
const bytesOf = async (id: string | null) => {
  const [document] = await withTenant(system, (tx) => tx.select().from(documents).where(and(eq(documents.tenantId, mk.id), eq(documents.id, id ?? newId()))));
  return storage.files.get(document?.path ?? '');
};

beforeAll(async () => {
  ({ mk } = world.current);
  system = await systemScopeOf(mk);
});

it('without a key invoices wait, and say so; with one they go, those that waited too; a country whose rule names no service has none', async () => {
  const { invoiceId, clearance } = await sold();
  await submit(clearance.id);
  expect(await row(invoiceId)).toMatchObject({ status: 'waiting', sentAt: null });
  const api = await admin();
  expect(await api.clearances.access()).toEqual([{ service: 'efaktura', inUse: true, key: null, reachable: true }]);
  await api.clearances.setAccess({ service: 'efaktura', key });
  expect(await api.clearances.access()).toMatchObject([{ key: { last: 'f_mk' } }]);
  const [account] = await withTenant(system, (tx) => tx.select().from(clearanceAccounts).where(eq(clearanceAccounts.tenantId, mk.id)));
  expect(account?.credentials).not.toContain(key);
  await runJobs(world.current.database, { only: ['clearances.submit'] });
  expect(await row(invoiceId)).toMatchObject({ status: 'cleared' });
  const { ks } = world.current;
  const there = await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks));
  await renderInvoice(await systemScopeOf(ks), there.invoiceId ?? '', storage);
  expect(await callerFor(await scopeOf(ks, ks.admin)).invoices.get({ id: there.invoiceId ?? '' })).toMatchObject({ clearance: null, clearing: null });
});

it('P-15 a cleared invoice has a second paper with number and code; the one of the day of issue stays as it was', async () => {
  const { invoiceId, clearance } = await sold();
  const api = await admin();
  const issued = await api.invoices.get({ id: invoiceId });
  const before = await bytesOf(issued.documentId);
  for (let time = 0; time < 2; time += 1) {
    await submit(clearance.id);
    await renderCleared(system, clearance.id, storage);
  }
  const cleared = await api.invoices.get({ id: invoiceId });
  expect(cleared).toMatchObject({ clearance: 'cleared', issuedDocumentId: issued.documentId, clearing: { reason: null, clearanceId: expect.stringMatching(/^EF-/u) as unknown, qr: expect.stringContaining('/verify/EF-') as unknown } });
  expect(cleared.documentId).not.toBe(issued.documentId);
  expect(await bytesOf(issued.documentId)).toEqual(before);
  expect((await bytesOf(cleared.documentId))?.length).toBeGreaterThan(1000);
  expect(await atService(clearance.id)).toHaveLength(1);
  expect((await atService(clearance.id))[0]?.body).toMatchObject({ type: 'invoice', number: cleared.code, corrects: null, currency: 'MKD', total: `${String(cleared.total.minor / 100n)}.${String(cleared.total.minor % 100n).padStart(2, '0')}` });
  const [listed] = (await api.invoices.list({ limit: 5, filters: { clearance: ['cleared'] } })).items;
  expect(listed).toMatchObject({ clearance: 'cleared' });
  // what was cleared nobody changes, whoever tries
  for (const change of [{ status: 'waiting', clearanceId: null, qr: null, decidedAt: null }, { clearanceId: 'EF-OTHER' }, { invoiceId: newId() }]) {
    await expect(withTenant(system, (tx) => tx.update(invoiceClearances).set(change).where(eq(invoiceClearances.id, clearance.id)).then(() => undefined))).rejects.toThrow();
  }
});

it('P-19 an answer that was lost is asked for and not sent again; a service that is down is tried later; the document is there once', async () => {
  const lost = await sold();
  const down = await sold();
  await service.next([{ answer: 'lose' }, { answer: 'down' }]);
  await expect(submit(lost.clearance.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(submit(down.clearance.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  for (const { invoiceId } of [lost, down]) expect(await row(invoiceId)).toMatchObject({ status: 'waiting', problem: 'unavailable' });
  // their jobs are gone: the watch takes them up, once a turn
  const later = new Date(Date.now() + 3 * 3_600_000);
  expect(await watchClearances(system, later)).toBeGreaterThanOrEqual(2);
  expect(await watchClearances(system, later)).toBe(0);
  await Promise.all([submit(lost.clearance.id), submit(lost.clearance.id), submit(down.clearance.id)]);
  for (const { invoiceId, clearance } of [lost, down]) {
    expect(await row(invoiceId)).toMatchObject({ status: 'cleared', problem: null });
    expect(await atService(clearance.id)).toHaveLength(1);
  }
});

it('a rejected one says why, the admin hears of it once, and who issues invoices there sends it again', async () => {
  const { invoiceId, clearance, invoiceCode } = await sold();
  await service.next([{ answer: 'reject', reason: 'Непознат издавач' }]);
  await submit(clearance.id);
  await submit(clearance.id);
  const api = await admin();
  expect(await api.invoices.get({ id: invoiceId })).toMatchObject({ clearance: 'rejected', clearing: { reason: 'Непознат издавач' } });
  expect((await api.invoices.list({ limit: 5, filters: { clearance: ['rejected'] } })).items.map(({ id }) => id)).toEqual([invoiceId]);
  const told = await withTenant(system, (tx) => tx.select().from(notifications).where(and(eq(notifications.tenantId, mk.id), eq(notifications.kind, 'invoice.rejected'))));
  expect(told).toMatchObject([{ userId: mk.admin.id, params: { code: invoiceCode, reason: 'Непознат издавач' } }]);
  const { branches: [here, next] } = mk;
  await expect(callerFor(await scopeOf(mk, next.manager)).clearances.sendAgain({ invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(callerFor(await scopeOf(mk, here.agent)).clearances.sendAgain({ invoiceId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const manager = callerFor(await scopeOf(mk, here.manager));
  await manager.clearances.sendAgain({ invoiceId });
  await expect(manager.clearances.sendAgain({ invoiceId })).rejects.toMatchObject({ code: 'CONFLICT' });
  await runJobs(world.current.database, { only: ['clearances.submit'] });
  expect(await row(invoiceId)).toMatchObject({ status: 'cleared', attempt: 2, reason: null, askedBy: here.manager.id });
  expect((await atService(clearance.id)).map(({ status }) => status)).toEqual(['rejected', 'cleared']);
});

it('what the service still looks at is asked for again; a credit note goes once its invoice is cleared, and names it', async () => {
  const { invoiceId, membershipId, clearance } = await sold();
  const api = await admin();
  const { amount } = await api.refunds.offer({ membershipId });
  await api.refunds.give({ membershipId, shown: { minor: String(amount?.minor), currency: 'MKD' }, from: 'collector', note: 'Changed their mind', idempotencyKey: newId() });
  const [note] = await withTenant(system, (tx) => tx.select().from(invoices).where(and(eq(invoices.tenantId, mk.id), inArray(invoices.creditOf, [invoiceId]))));
  await renderInvoice(system, note?.id ?? '', storage);
  const ofNote = await row(note?.id ?? '');
  await submit(ofNote.id);
  expect(await atService(ofNote.id)).toEqual([]);
  await service.next([{ answer: 'later' }]);
  await submit(clearance.id);
  expect(await row(invoiceId)).toMatchObject({ status: 'submitted', decidedAt: null });
  await submit(ofNote.id);
  expect(await atService(ofNote.id)).toEqual([]);
  await service.decide(`${clearance.id}:1`);
  await submit(clearance.id);
  const cleared = await row(invoiceId);
  expect(cleared.status).toBe('cleared');
  await runJobs(world.current.database, { only: ['clearances.submit'] });
  expect(await row(note?.id ?? '')).toMatchObject({ status: 'cleared' });
  expect((await atService(ofNote.id))[0]?.body).toMatchObject({ type: 'creditNote', corrects: cleared.clearanceId });
});

it('a key that the service does not know is said on the invoice, and nothing is lost', async () => {
  const api = await admin();
  await api.clearances.setAccess({ service: 'efaktura', key: 'efk_of_nobody' });
  const { invoiceId, clearance } = await sold();
  await expect(submit(clearance.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await api.invoices.get({ id: invoiceId })).toMatchObject({ clearance: 'waiting', clearing: { problem: 'access' } });
  await api.clearances.setAccess({ service: 'efaktura', key });
  await submit(clearance.id);
  expect(await row(invoiceId)).toMatchObject({ status: 'cleared', problem: null });
});
