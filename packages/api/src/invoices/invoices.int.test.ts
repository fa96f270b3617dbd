import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { documents, invoices, tenantSettings, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { renderCashReceipt } from '../cash/render';
import { forgetRules } from '../settings/rules';
import { callerFor, enrolInputOf, memoryStorage, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { renderInvoice } from './render';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
const sell = async (changes: Record<string, unknown> = {}) => {
  const answer = await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks, changes));
  return { ...answer, invoiceId: answer.invoiceId ?? '', receiptId: answer.receiptId ?? '' };
};
/** The new member, who has accepted the invitation. */
const member = async (id: string) => {
  await withTenant(system, (tx) => tx.update(user).set({ status: 'active' }).where(and(eq(user.tenantId, ks.id), eq(user.id, id))).then(() => undefined));
  return callerFor(await scopeOf(ks, { id, role: 'member' }));
};
const stored = (entityId: string) => withTenant(system, (tx) => tx.select().from(documents).where(and(eq(documents.tenantId, ks.id), eq(documents.entityId, entityId))));
const invoiceRow = async (id: string) => (await withTenant(system, (tx) => tx.select().from(invoices).where(and(eq(invoices.tenantId, ks.id), eq(invoices.id, id)))))[0];

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('who may not', () => {
  it('other tenants, branches, agents and members find no invoice, by id or in a list', async () => {
    const { invoiceId } = await sell();
    for (const scope of [
      await scopeOf(mk, mk.admin), await scopeOf(mk, mk.branches[0].manager), await scopeOf(ks, ks.branches[1].manager), await scopeOf(ks, ks.branches[1].agent),
    ]) {
      const caller = callerFor(scope);
      await expect(caller.invoices.get({ id: invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await caller.invoices.list({ limit: 100 })).items.some(({ id }) => id === invoiceId)).toBe(false);
    }
    const stranger = callerFor(await scopeOf(ks, ks.branches[0].member));
    await expect(stranger.invoices.get({ id: invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await stranger.invoices.mine()).toEqual([]);
    await expect(stranger.invoices.list({ limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(callerFor(await scopeOf(ks, ks.promoter)).invoices.list({ limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(callerFor(await scopeOf(ks, ks.admin)).invoices.mine()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(renderInvoice(await systemScopeOf(mk), invoiceId, memoryStorage())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('invoices', () => {
  it('are read by their buyer, the seller, the manager and the admin', async () => {
    const { memberId, invoiceId, invoiceCode } = await sell({ firstName: 'Љупка', lastName: 'Његош', locale: 'sq' });
    expect(await (await member(memberId)).invoices.mine()).toMatchObject([{ id: invoiceId, code: invoiceCode, total: { minor: 2000n, currency: 'EUR' }, documentId: null, status: 'paid' }]);
    for (const person of [ks.branches[0].agent, ks.branches[0].manager, ks.admin]) {
      const caller = callerFor(await scopeOf(ks, person));
      expect((await caller.invoices.list({ limit: 100, search: 'ljupka' })).items).toMatchObject([{ id: invoiceId, memberId }]);
      expect((await caller.invoices.list({ limit: 100, search: invoiceCode?.toLowerCase() })).items).toMatchObject([{ id: invoiceId }]);
      expect(await caller.invoices.get({ id: invoiceId })).toMatchObject({ code: invoiceCode, method: 'cash', lines: [{ vatRateBp: 1800, total: { minor: 2000n } }], buyer: { name: 'Љупка Његош' } });
    }
  });

  it('a list goes on where its cursor says', async () => {
    await sell();
    await sell();
    const caller = callerFor(await scopeOf(ks, ks.admin));
    const all = (await caller.invoices.list({ limit: 100 })).items.map(({ id }) => id);
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await caller.invoices.list({ limit: 1, cursor });
      seen.push(...page.items.map(({ id }) => id));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(all);
  });
});

describe('the PDF', () => {
  it('P-15 is stored once under the tenant’s path with its hash, and running again changes nothing', async () => {
    const { invoiceId, invoiceCode, memberId } = await sell();
    const storage = memoryStorage();
    await renderInvoice(system, invoiceId, storage);
    await renderInvoice(system, invoiceId, storage);
    const [document, ...others] = await stored(invoiceId);
    expect(others).toEqual([]);
    expect(document).toMatchObject({ status: 'stored', entity: 'invoice', fileName: `${String(invoiceCode)}.pdf`, userId: memberId, path: `pii/tenants/tenant_ks/invoice/${invoiceId}/${document?.id ?? ''}.pdf` });
    const bytes = storage.files.get(document?.path ?? '') ?? new Uint8Array();
    expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await invoiceRow(invoiceId)).toMatchObject({ documentId: document?.id, pdfSha256: sha256 });
    expect([document?.sha256, storage.puts]).toEqual([sha256, 1]);
    const opened = await (await member(memberId)).invoices.mine();
    expect(opened[0]?.documentId).toBe(document?.id);
  });

  it('P-17 shows what was frozen, whatever the rules say by then', async () => {
    const { invoiceId } = await sell();
    const before = memoryStorage();
    const twin = memoryStorage();
    const [stillOld] = [await invoiceRow(invoiceId)];
    await renderInvoice(system, invoiceId, before);
    const from = new Date(Date.now() - 1000);
    const { invoicing, branding } = ks.pack.rules;
    await withTenant(system, (tx) => tx.insert(tenantSettings).values([
      { kind: 'invoicing', value: { ...invoicing, issuer: { ...invoicing.issuer, legalName: 'Somebody Else' } } }, { kind: 'branding', value: { ...branding, accent: '#aa0000' } },
    ].map((doc) => ({ ...doc, tenantId: ks.id, id: newId(), version: 9, status: 'published', effectiveFrom: from, publishedAt: from }))).then(() => undefined));
    forgetRules(ks.id);
    const { invoiceId: later } = await sell();
    await renderInvoice(system, later, twin);
    const text = (storage: typeof before) => [...storage.files.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(text(before)).toEqual([(await invoiceRow(invoiceId))?.pdfSha256]);
    expect((await invoiceRow(later))?.seller).toMatchObject({ legalName: 'Somebody Else' });
    expect((await invoiceRow(invoiceId))?.seller).toEqual(stillOld?.seller);
    await withTenant(system, (tx) => tx.update(tenantSettings).set({ status: 'withdrawn' }).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.version, 9))).then(() => undefined));
    forgetRules(ks.id);
  });

  it('is made again after the store was down, and of two workers one counts', async () => {
    const { invoiceId, receiptId } = await sell();
    const storage = memoryStorage();
    storage.failNext = true;
    await expect(renderInvoice(system, invoiceId, storage)).rejects.toThrow(/down/u);
    expect((await invoiceRow(invoiceId))?.documentId).toBeNull();
    await Promise.all([renderInvoice(system, invoiceId, storage), renderInvoice(system, invoiceId, storage), renderCashReceipt(system, receiptId, storage), renderCashReceipt(system, receiptId, storage)]);
    for (const id of [invoiceId, receiptId]) expect((await stored(id)).filter(({ status }) => status === 'stored')).toHaveLength(1);
    expect(storage.files.size).toBe(2);
  });

  it('is opened by the buyer and the seller, and each opening is on record', async () => {
    const { invoiceId, receiptId, memberId } = await sell();
    const storage = memoryStorage();
    await renderInvoice(system, invoiceId, storage);
    await renderCashReceipt(system, receiptId, storage);
    const mine = await (await member(memberId)).documents.mine();
    expect(mine.map(({ entity }) => entity).toSorted()).toEqual(['invoice', 'receipt']);
    const agent = callerFor(await scopeOf(ks, ks.branches[0].agent));
    expect(await agent.documents.forEntity({ entity: 'receipt', entityId: receiptId })).toHaveLength(1);
    expect((await agent.cash.list({ limit: 100 })).items.find(({ id }) => id === receiptId)?.documentId).toEqual(expect.any(String));
  });
});
