import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, paymentAccounts } from '@interdomestik/db/schema';
import { maxWebhookSecrets, newId, randomToken } from '@interdomestik/rules';
import { answerPaddleNode } from '../http/paddle-webhook';
import { accountFor } from '../payments/accounts';
import { callerFor, deliver, eventOf, runJobs, scopeOf, systemScopeOf, useTestSettings, useWorld, usePaddle, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
/** The member portal's own door for the provider. */
let portal: Server;

const admin = async (tenant: TestTenant) => callerFor(await scopeOf(tenant, tenant.admin));
const newSecret = () => `pdl_ntfset_${randomToken(16)}`;
const newKey = (kind: 'live' | 'sdbx' = 'live') => `pdl_${kind}_apikey_${randomToken(24)}`;
const rowOf = async (tenant: TestTenant, id: string) =>
  (await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(paymentAccounts).where(and(eq(paymentAccounts.tenantId, tenant.id), eq(paymentAccounts.id, id)))))[0];
const event = () => eventOf('product.created', { id: 'pro_1' });
const seen = async (tenant: TestTenant, id: string) => {
  const found = (await (await admin(tenant)).paymentAccounts.list()).find((one) => one.id === id);
  if (found === undefined) throw new Error('the account is not listed');
  return found;
};

beforeAll(async () => {
  ({ mk, ks } = world.current);
  portal = createServer((request, response) => void answerPaddleNode(request, response));
  await new Promise<void>((resolve) => { portal.listen(0, '127.0.0.1', resolve); });
  useTestSettings({ MEMBER_PORT: (portal.address() as AddressInfo).port });
});
afterAll(async () => {
  useTestSettings({ MEMBER_PORT: 3000 });
  await new Promise((resolve) => { portal.close(resolve); });
});

describe('what is told of an account', () => {
  it('is its last four letters and days, never a key, to nobody but the tenant’s admin', async () => {
    const caller = await admin(ks);
    const apiKey = newKey();
    const secret = newSecret();
    const { id } = await caller.paymentAccounts.create({ slug: 'told', name: 'Second account', environment: 'production', key: apiKey, clientToken: 'live_0123456789', signingKey: secret });
    const list = await caller.paymentAccounts.list();
    const text = JSON.stringify(list, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    for (const hidden of [apiKey, secret, ks.card.apiKey, ks.card.webhookSecret]) expect(text).not.toContain(hidden.slice(-8));
    expect(list.find((one) => one.id === id)).toMatchObject({
      isActive: false, readable: true, key: { last: apiKey.slice(-4), setAt: expect.any(Date) }, secrets: [{ last: secret.slice(-4), addedAt: expect.any(Date) }],
      clientToken: 'live_0123456789', webhookUrl: expect.stringContaining('/api/webhooks/paddle/ks-told'), lastReportAt: null,
    });
    const row = await rowOf(ks, id);
    expect(`${row?.credentials ?? ''}${row?.webhookSecrets ?? ''}`).toMatch(/^s1\.[0-9a-f]{8}\..+s1\./u);
    await expect(callerFor(await scopeOf(ks, ks.branches[0].manager)).paymentAccounts.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const trail = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ action: auditLogs.action, actorId: auditLogs.actorId, after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.entityId, id))));
    expect(trail).toEqual([{ action: 'paymentAccounts.create', actorId: ks.admin.id, after: expect.objectContaining({ credentials: '***', webhook_secrets: '***' }) }]);
  });

  it('changes ask for a proof of the last ten minutes', async () => {
    const old = callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) });
    for (const asked of [old.paymentAccounts.addSecret({ id: ks.card.id, signingKey: newSecret() }), old.paymentAccounts.try({ id: ks.card.id }), old.paymentAccounts.switch({ id: ks.card.id, active: false })]) {
      await expect(asked).rejects.toMatchObject({ cause: { messageKey: 'errors.session.reauthenticate' } });
    }
    expect((await old.paymentAccounts.list()).length).toBeGreaterThan(0);
  });

  it('another tenant’s account is as one that never was', async () => {
    const foreign = await admin(mk);
    const ask = (id: string) => [
      foreign.paymentAccounts.addSecret({ id, signingKey: newSecret() }), foreign.paymentAccounts.update({ id, name: 'Mine', clientToken: '' }), foreign.paymentAccounts.switch({ id, active: false }), foreign.paymentAccounts.try({ id }),
    ].map((asked) => asked.then(() => 'done', (error: unknown) => String(error)));
    expect(await Promise.all(ask(ks.card.id))).toEqual(await Promise.all(ask(newId())));
    expect(await rowOf(ks, ks.card.id)).toMatchObject({ isActive: true, name: 'Paddle' });
  });
});

describe('P-01 webhook secrets are exchanged without a gap', () => {
  it('the new one and the old one both count until the old one is retired; the last one stays', async () => {
    const caller = await admin(mk);
    const [old] = (await seen(mk, mk.card.id)).secrets;
    const fresh = newSecret();
    expect(await deliver(mk, event(), { secret: fresh })).toEqual({ status: 401 });
    await Promise.all([caller.paymentAccounts.addSecret({ id: mk.card.id, signingKey: fresh }), caller.paymentAccounts.addSecret({ id: mk.card.id, signingKey: fresh })]);
    expect((await seen(mk, mk.card.id)).secrets).toHaveLength(2);
    for (const secret of [fresh, mk.card.webhookSecret]) expect(await deliver(mk, event(), { secret })).toEqual({ status: 200 });
    await caller.paymentAccounts.retireSecret({ id: mk.card.id, secretId: old?.id ?? '' });
    expect(await deliver(mk, event())).toEqual({ status: 401 });
    expect(await deliver(mk, event(), { secret: fresh })).toEqual({ status: 200 });
    const [last] = (await seen(mk, mk.card.id)).secrets;
    await expect(caller.paymentAccounts.retireSecret({ id: mk.card.id, secretId: last?.id ?? '' })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.lastSecret' } });
    await expect(caller.paymentAccounts.retireSecret({ id: mk.card.id, secretId: old?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (let more = 1; more < maxWebhookSecrets; more += 1) await caller.paymentAccounts.addSecret({ id: mk.card.id, signingKey: newSecret() });
    await expect(caller.paymentAccounts.addSecret({ id: mk.card.id, signingKey: newSecret() })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.tooManySecrets' } });
    // the tests after this one deliver as the tenant's provider does
    for (const { id } of (await seen(mk, mk.card.id)).secrets.slice(0, -1)) await caller.paymentAccounts.retireSecret({ id: mk.card.id, secretId: id });
    await caller.paymentAccounts.addSecret({ id: mk.card.id, signingKey: mk.card.webhookSecret });
  });
});

describe('an account', () => {
  it('takes a key of its own environment only, and keeps the old one when none is given', async () => {
    const caller = await admin(ks);
    const input = { slug: 'keys', name: 'Keys', environment: 'sandbox' as const, clientToken: '', signingKey: newSecret() };
    await expect(caller.paymentAccounts.create({ ...input, key: newKey('live') })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.keyEnvironment' } });
    const { id } = await caller.paymentAccounts.create({ ...input, key: ` ${newKey('sdbx')}\n` });
    await expect(caller.paymentAccounts.create({ ...input, key: newKey('sdbx') })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.slugTaken' } });
    const before = await rowOf(ks, id);
    await caller.paymentAccounts.update({ id, name: 'Renamed', clientToken: 'test_abc', key: '' });
    expect(await rowOf(ks, id)).toMatchObject({ name: 'Renamed', clientToken: 'test_abc', credentials: before?.credentials });
    await expect(caller.paymentAccounts.update({ id, name: 'Renamed', clientToken: '', key: newKey('live') })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.keyEnvironment' } });
    const apiKey = newKey('sdbx');
    await caller.paymentAccounts.update({ id, name: 'Renamed', clientToken: '', key: apiKey });
    expect(await seen(ks, id)).toMatchObject({ clientToken: null, key: { last: apiKey.slice(-4) } });
  });

  it('that is switched on takes the sales of its currency from the one before', async () => {
    const caller = await admin(ks);
    const { id } = await caller.paymentAccounts.create({ slug: 'aaa', name: 'New', environment: 'sandbox', key: newKey('sdbx'), clientToken: '', signingKey: newSecret() });
    const scope = await systemScopeOf(ks);
    expect((await accountFor(scope, 'paddle', 'EUR')).id).toBe(ks.card.id);
    await caller.paymentAccounts.switch({ id, active: true });
    expect((await accountFor(scope, 'paddle', 'EUR')).id).toBe(id);
    // what was begun with the old one is still reported to it
    expect(await deliver(ks, event())).toEqual({ status: 200 });
    await caller.paymentAccounts.switch({ id: ks.card.id, active: true });
    expect((await accountFor(scope, 'paddle', 'EUR')).id).toBe(ks.card.id);
    expect(await rowOf(ks, id)).toMatchObject({ isActive: false });
    await expect(caller.paymentAccounts.switch({ id: ks.cashAccountId, active: false })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('one takes the sales, whoever switches which on at the same moment', async () => {
    const caller = await admin(ks);
    const made = [];
    for (const slug of ['one', 'two', 'three']) made.push((await caller.paymentAccounts.create({ slug, name: slug, environment: 'sandbox', key: newKey('sdbx'), clientToken: '', signingKey: newSecret() })).id);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([ks.card.id, ...made].map((id) => caller.paymentAccounts.switch({ id, active: true })));
      const rows = await Promise.all([ks.card.id, ...made].map((id) => rowOf(ks, id)));
      expect(rows.filter((row) => row?.isActive === true)).toHaveLength(1);
    }
    await caller.paymentAccounts.switch({ id: ks.card.id, active: true });
  });

  it('sealed by a key that is gone says so, and is mended by bringing its secrets in anew', async () => {
    const caller = await admin(ks);
    const { id } = await caller.paymentAccounts.create({ slug: 'lost', name: 'Lost', environment: 'sandbox', key: newKey('sdbx'), clientToken: '', signingKey: newSecret() });
    await withTenant(await systemScopeOf(ks), async (tx) => { await tx.update(paymentAccounts).set({ credentials: 's1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA', webhookSecrets: 's1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA' }).where(and(eq(paymentAccounts.tenantId, ks.id), eq(paymentAccounts.id, id))); });
    expect(await seen(ks, id)).toMatchObject({ readable: false, key: null, secrets: [] });
    await caller.paymentAccounts.update({ id, name: 'Found', clientToken: '', key: newKey('sdbx') });
    await caller.paymentAccounts.addSecret({ id, signingKey: newSecret() });
    expect(await seen(ks, id)).toMatchObject({ readable: true, secrets: [{ last: expect.any(String) }] });
  });
});

describe('a trial', () => {
  it('sends a signed event through the portal’s own address into the inbox, and asks the provider with the key', async () => {
    const caller = await admin(ks);
    const trial = await caller.paymentAccounts.try({ id: ks.card.id });
    expect(trial).toMatchObject({ answer: 200, provider: 'works', eventRowId: expect.any(String) });
    await runJobs(world.current.database);
    expect(await caller.webhooks.get({ id: trial.eventRowId ?? '' })).toMatchObject({ status: 'done', reason: 'webhook.test', eventType: 'interdomestik.test' });
    expect((await seen(ks, ks.card.id)).lastReportAt).toEqual(expect.any(Date));
  });

  it('says when the provider does not take the key, and when our own address does not answer', async () => {
    const caller = await admin(ks);
    const { id } = await caller.paymentAccounts.create({ slug: 'stranger', name: 'Stranger', environment: 'sandbox', key: newKey('sdbx'), clientToken: '', signingKey: newSecret() });
    expect(await caller.paymentAccounts.try({ id })).toMatchObject({ answer: 200, provider: 'refused' });
    const { port } = portal.address() as AddressInfo;
    useTestSettings({ MEMBER_PORT: 9 });
    expect(await caller.paymentAccounts.try({ id })).toMatchObject({ answer: null, eventRowId: null });
    useTestSettings({ MEMBER_PORT: port });
  });
});
