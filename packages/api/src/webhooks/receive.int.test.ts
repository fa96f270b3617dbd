import { beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { adminSql, deliver, eventOf, inboxOf, pendingSale, transactionData, useWorld, visitorOf, type TestTenant } from '../testing';
import { receivePaddleWebhook } from './receive';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;

const rejections = async () => Object.fromEntries((await adminSql(world.current.database.adminUrl, 'select reason, sum(count)::int as n from webhook_rejections group by reason')).map(({ reason, n }) => [String(reason), Number(n)]));
const stored = async () => Number((await adminSql(world.current.database.adminUrl, 'select count(*)::int as n from webhook_events'))[0]?.n);

beforeAll(() => {
  ({ mk, ks } = world.current);
});

describe('P-01 what is not proven', () => {
  it('is refused by signature, time or account; nothing is stored but a counter', async () => {
    const event = eventOf('transaction.ready', { id: 'txn_1' });
    const before = await stored();
    expect(await deliver(mk, event, { secret: ks.card.webhookSecret })).toEqual({ status: 401 });
    expect(await deliver(mk, event, { secret: 'pdl_ntfset_guess' })).toEqual({ status: 401 });
    const raw = Buffer.from(JSON.stringify(event));
    expect(await deliver(mk, event)).toEqual({ status: 200 });
    expect(await receivePaddleWebhook({ accountPath: mk.card.path, rawBody: raw, signature: null, now: new Date() })).toEqual({ status: 401 });
    expect(await receivePaddleWebhook({ accountPath: mk.card.path, rawBody: raw, signature: 'ts=1;h1=', now: new Date() })).toEqual({ status: 401 });
    for (const path of ['mk-other', 'xx-main', 'mk', '', 'mk-main/../ks-main', 'MK-main', `${mk.slug}-main' or 1=1`]) expect(await deliver(mk, event, { path })).toEqual({ status: 404 });
    expect(await stored()).toBe(before + 1);
    expect(await rejections()).toEqual({ signature: 4, unknown_account: 7 });
  });

  it('is refused as malformed when the signature is right and the body says nothing', async () => {
    const before = await stored();
    for (const body of ['', '{', '[]', '{"event_id":"evt_1"}', '"text"']) expect(await deliver(ks, body)).toEqual({ status: 400 });
    expect(await stored()).toBe(before);
    expect((await rejections())['malformed']).toBe(5);
  });
});

describe('P-02 the tenant of a message', () => {
  it('is the address and its secret, whatever the body says', async () => {
    const sale = await pendingSale(mk);
    const event = eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n, custom: { tenantId: mk.id } }));
    expect(await deliver(ks, event)).toEqual({ status: 200 });
    expect(await inboxOf(mk, event.event_id)).toHaveLength(0);
    expect(await inboxOf(ks, event.event_id)).toHaveLength(1);
  });
});

describe('P-03 the same message', () => {
  it('200 times over is answered 200 each time and stored once, with one job', async () => {
    const sale = await pendingSale(ks);
    const event = eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n }));
    for (let wave = 0; wave < 8; wave += 1) {
      const answers = await Promise.all(Array.from({ length: 25 }, () => deliver(ks, event)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
    }
    const inbox = await inboxOf(ks, event.event_id);
    expect(inbox).toHaveLength(1);
    const [jobs] = await adminSql(world.current.database.adminUrl, `select count(*)::int as n from pgboss.job where name = 'webhooks.process' and data -> 'payload' ->> 'eventRowId' = $1`, [inbox[0]?.id]);
    expect(jobs?.n).toBe(1);
  });
});

describe('P-09 without a database', () => {
  it('answers 503 within five seconds, so that the provider tries again', async () => {
    await visitorOf(ks);
    const { appUrl, platformUrl } = world.current.database;
    const nowhere = new URL(appUrl);
    nowhere.port = '9';
    await closeDatabase();
    await connectDatabase({ appUrl: nowhere.toString() });
    const started = Date.now();
    expect(await deliver(ks, eventOf('transaction.ready', { id: 'txn_2' }))).toEqual({ status: 503 });
    expect(Date.now() - started).toBeLessThan(5000);
    await connectDatabase({ appUrl, platformUrl });
    expect(await deliver(ks, eventOf('transaction.ready', { id: 'txn_2' }))).toEqual({ status: 200 });
  });
});
