import { ApiError, EventName, LogLevel, Paddle, Webhooks } from '@paddle/paddle-node-sdk';
import type { Environment } from '@paddle/paddle-node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../http';
import { PortTaken } from '../http';
import { scratchDir, startReceiver, until } from '../testing';
import { startPaddle } from './server';

const ks = { name: 'Interdomestik Kosova', apiKey: 'pdl_sdbx_apikey_ks', clientToken: 'test_ks', webhookSecret: 'pdl_ntfset_ks' };
const mk = { name: 'Interdomestik', apiKey: 'pdl_sdbx_apikey_mk', clientToken: 'test_mk', webhookSecret: 'pdl_ntfset_mk' };

let simulator: Simulator;
let scratch: ReturnType<typeof scratchDir>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

const sdk = (apiKey: string) => new Paddle(apiKey, { environment: simulator.url as Environment, logLevel: LogLevel.none });
const accounts = () => [
  { ...ks, webhookUrl: `http://ks.localhost:${receiver.port}/api/webhooks/paddle/ks-main`, refundApprovalMs: 50 },
  { ...mk, webhookUrl: `http://localhost:${receiver.port}/api/webhooks/paddle/mk-main`, refundApprovalMs: 50 },
];
const start = (port = 0) => startPaddle({ port, dataDir: scratch.dir, accounts: accounts(), firstRetryMs: 20, longestRetryMs: 50 });
const control = async (path: string, body: object) => {
  const answer = await fetch(`${simulator.url}/_control/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const item = (amount: string, extra: object = {}) => ({
  quantity: 1,
  price: {
    name: 'Asistenca', description: 'Annual membership', taxMode: 'internal' as const, unitPrice: { amount, currencyCode: 'EUR' as const },
    product: { name: 'Asistenca', taxCategory: 'standard' as const }, ...extra,
  },
});

async function openSale(paddle: Paddle, email = 'arta@example.test', extra: object = {}) {
  const customer = await paddle.customers.create({ email, name: 'Arta Krasniqi', locale: 'sq' });
  return paddle.transactions.create({
    items: [item('2000', extra)],
    customerId: customer.id,
    customData: { reference: 'p1', success_url: 'http://ks.localhost:3000/done', cancel_url: 'http://ks.localhost:3000/plans' },
  });
}

const press = (url: string, action: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' });

beforeEach(async () => {
  scratch = scratchDir();
  receiver = await startReceiver();
  simulator = await start();
});

afterEach(async () => {
  await simulator.close();
  await receiver.close();
  scratch.remove();
});

describe('Paddle simulator', () => {
  it('sells through the hosted page and tells it by signed webhooks that the SDK understands', async () => {
    const transaction = await openSale(sdk(ks.apiKey));
    expect(transaction).toMatchObject({ status: 'draft', currencyCode: 'EUR', details: { totals: { grandTotal: '2000', tax: '305', subtotal: '1695', fee: null } } });
    const url = transaction.checkout?.url ?? '';
    expect(url).toBe(`${simulator.url}/pay/${transaction.id}`);

    const html = await (await fetch(url)).text();
    expect(html).toContain('<html lang="sq">');
    for (const shown of ['Interdomestik Kosova', '20,00\u00a0€', 'Paguaj', '4242 4242 4242 4242']) expect(html).toContain(shown);

    const paid = await press(url, 'pay');
    expect([paid.status, paid.headers.get('location')]).toEqual([303, 'http://ks.localhost:3000/done']);
    const again = await press(url, 'pay');
    expect(again.status).toBe(303);

    await until(() => receiver.received.length === 5);
    expect(receiver.types().toSorted()).toEqual(['customer.created', 'transaction.completed', 'transaction.created', 'transaction.paid', 'transaction.ready']);
    for (const { body, signature, host } of receiver.received) {
      expect(host).toBe(`ks.localhost:${receiver.port}`);
      await expect(new Webhooks().isSignatureValid(body, ks.webhookSecret, signature)).resolves.toBe(true);
      await expect(new Webhooks().isSignatureValid(body, mk.webhookSecret, signature)).resolves.toBe(false);
    }
    const last = receiver.received.find(({ event }) => event.event_type === 'transaction.completed');
    const event = await new Webhooks().unmarshal(last?.body ?? '', ks.webhookSecret, last?.signature ?? '');
    expect(event).toMatchObject({
      eventType: EventName.TransactionCompleted,
      data: { id: transaction.id, status: 'completed', customData: { reference: 'p1' }, invoiceNumber: '9000-10001', payments: [{ status: 'captured', amount: '2000' }] },
    });
    const stored = await sdk(ks.apiKey).transactions.get(transaction.id, { include: ['customer'] });
    expect(stored).toMatchObject({ status: 'completed', customer: { email: 'arta@example.test' }, details: { totals: { fee: '150', earnings: '1545' } } });
  });

  it('declines, lets the payer try again and lets them give up', async () => {
    const transaction = await openSale(sdk(ks.apiKey));
    const url = transaction.checkout?.url ?? '';
    expect(await (await press(url, 'decline')).text()).toContain('Kartela u refuzua');
    await until(() => receiver.types().includes('transaction.payment_failed'));
    const cancel = await press(url, 'cancel');
    expect(cancel.headers.get('location')).toBe('http://ks.localhost:3000/plans');
    expect((await sdk(ks.apiKey).transactions.get(transaction.id)).status).toBe('ready');
    await press(url, 'pay');
    await until(() => receiver.types().includes('transaction.completed'));
    expect((await fetch(`${simulator.url}/pay/txn_unknown`)).status).toBe(404);
  });

  it('keeps accounts apart and refuses a wrong key', async () => {
    const transaction = await openSale(sdk(ks.apiKey));
    await expect(sdk(mk.apiKey).transactions.get(transaction.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(sdk('pdl_sdbx_apikey_wrong').transactions.get(transaction.id)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await fetch(`${simulator.url}/transactions`, { headers: { authorization: 'Bearer nobody' } })).status).toBe(403);
    expect(await sdk(mk.apiKey).customers.list().next()).toEqual([]);
  });

  it('pages with a next address that the SDK follows', async () => {
    const bulk = await control('transactions/bulk', { apiKey: ks.apiKey, count: 70, amount: '2000' });
    const seen: string[] = [];
    for await (const transaction of sdk(ks.apiKey).transactions.list({ perPage: 30, orderBy: 'id[ASC]', status: ['completed'] })) seen.push(transaction.id);
    expect(seen).toEqual(bulk.body['ids']);
    const middle = await sdk(ks.apiKey).transactions.get(seen[40] ?? '');
    const rest = sdk(ks.apiKey).transactions.list({ 'createdAt[GTE]': middle.createdAt, orderBy: 'id[ASC]' });
    const found = await rest.next();
    expect([found[0]?.id, rest.estimatedTotal, rest.hasMore]).toEqual([seen[40], 30, false]);
    expect(receiver.received).toEqual([]);
  });

  it('refuses what the provider refuses', async () => {
    const paddle = sdk(ks.apiKey);
    const customer = await paddle.customers.create({ email: 'arta@example.test' });
    await expect(paddle.customers.create({ email: 'Arta@example.test' })).rejects.toMatchObject({ code: 'customer_already_exists', detail: expect.stringContaining(customer.id) as string });
    expect(await paddle.customers.list({ email: ['arta@example.test'] }).next()).toHaveLength(1);
    expect(await paddle.customers.update(customer.id, { name: 'Arta' })).toMatchObject({ name: 'Arta' });
    for (const amount of ['20.00', '-1', '']) await expect(paddle.transactions.create({ items: [item(amount)] })).rejects.toBeInstanceOf(ApiError);
    const denars = item('2000', { unitPrice: { amount: '2000', currencyCode: 'MKD' } });
    await expect(paddle.transactions.create({ items: [denars] })).rejects.toMatchObject({ errors: [{ field: 'currency_code' }] });
    await expect(paddle.transactions.create({ items: [] })).rejects.toBeInstanceOf(ApiError);
  });

  it('sells from the catalogue, and starts and ends a subscription for a recurring price', async () => {
    const paddle = sdk(ks.apiKey);
    const product = await paddle.products.create({ name: 'Asistenca', taxCategory: 'standard' });
    const price = await paddle.prices.create({
      productId: product.id, description: 'Annual', unitPrice: { amount: '2000', currencyCode: 'EUR' }, billingCycle: { interval: 'year', frequency: 1 },
    });
    const customer = await paddle.customers.create({ email: 'b@example.test' });
    const address = await paddle.addresses.create(customer.id, { countryCode: 'XK' });
    const transaction = await paddle.transactions.create({ items: [{ priceId: price.id, quantity: 2 }], customerId: customer.id, addressId: address.id });
    expect(transaction).toMatchObject({ status: 'ready', details: { totals: { grandTotal: '4000' } } });
    await control('transactions/pay', { apiKey: ks.apiKey, id: transaction.id });
    await until(() => receiver.types().includes('subscription.activated') && receiver.types().includes('subscription.created'));
    const { subscriptionId } = await paddle.transactions.get(transaction.id);
    expect(await paddle.subscriptions.get(subscriptionId ?? '')).toMatchObject({ status: 'active', items: [{ quantity: 2 }] });
    expect(await paddle.subscriptions.cancel(subscriptionId ?? '', { effectiveFrom: 'next_billing_period' })).toMatchObject({ status: 'active', scheduledChange: { action: 'cancel' } });
    expect(await paddle.subscriptions.cancel(subscriptionId ?? '', { effectiveFrom: 'immediately' })).toMatchObject({ status: 'canceled' });
  });

  it('refunds in parts, never more than was paid, and approves by itself', async () => {
    const paddle = sdk(ks.apiKey);
    const transaction = await openSale(paddle);
    const refund = (amount: string, itemId: string) =>
      paddle.adjustments.create({ action: 'refund', transactionId: transaction.id, reason: 'asked', items: [{ itemId, type: 'partial', amount }] });
    await expect(refund('500', 'x')).rejects.toMatchObject({ code: 'adjustment_transaction_invalid_status_for_refund' });
    await control('transactions/pay', { apiKey: ks.apiKey, id: transaction.id });
    const itemId = (await paddle.transactions.get(transaction.id)).details?.lineItems[0]?.id ?? '';
    expect(itemId).toBe(transaction.details?.lineItems[0]?.id);
    expect(await refund('500', itemId)).toMatchObject({ status: 'pending_approval', totals: { total: '500', tax: '76' } });
    await expect(refund('1501', itemId)).rejects.toMatchObject({ code: 'adjustment_amount_above_remaining_allowed' });
    const rest = await paddle.adjustments.create({ action: 'refund', transactionId: transaction.id, reason: 'asked', type: 'full' });
    expect(rest).toMatchObject({ type: 'full', totals: { total: '1500' } });
    await until(() => receiver.types().filter((type) => type === 'adjustment.updated').length === 2);
    expect(await paddle.adjustments.list({ transactionId: [transaction.id], status: ['approved'] }).next()).toHaveLength(2);
    expect((await control('chargebacks', { apiKey: ks.apiKey, transactionId: transaction.id })).status).toBe(400);
  });

  it('repeats a delivery until it is taken, and again over a restart', async () => {
    await receiver.close();
    receiver = await startReceiver((count) => (count <= 2 ? 500 : 200));
    for (const account of accounts()) await control('accounts', account);
    await sdk(ks.apiKey).customers.create({ email: 'a@example.test' });
    await until(() => receiver.received.length === 3);
    expect(new Set(receiver.received.map(({ event }) => event.event_id)).size).toBe(1);

    const { port } = receiver;
    await receiver.close();
    await sdk(ks.apiKey).customers.create({ email: 'b@example.test' });
    await simulator.close();
    receiver = await startReceiver();
    expect(port).not.toBe(0);
    simulator = await start();
    await until(() => receiver.received.length === 1);
    expect(receiver.received[0]?.event.data['email']).toBe('b@example.test');
    expect(await sdk(ks.apiKey).customers.list().next()).toHaveLength(2);
  });

  it('duplicates, shuffles, drops and signs wrongly on demand, and replays', async () => {
    const mode = (change: object) => control('webhooks', { apiKey: ks.apiKey, ...change });
    const create = (name: string) => sdk(ks.apiKey).customers.create({ email: `${name}@example.test` });
    await mode({ duplicates: 2 });
    await create('a');
    await until(() => receiver.received.length === 3);
    await mode({ duplicates: 0, paused: true });
    await create('b');
    await create('c');
    expect(receiver.received).toHaveLength(3);
    await mode({ paused: false });
    expect((await control('webhooks/flush', { apiKey: ks.apiKey, order: 'reversed' })).body).toEqual({ sent: 2 });
    await until(() => receiver.received.length === 5);
    await mode({ drop: 1 });
    const lost = await create('d');
    await mode({ wrongSignatures: 1 });
    await create('e');
    await until(() => receiver.received.length === 6);
    const wrong = receiver.received[5];
    await expect(new Webhooks().isSignatureValid(wrong?.body ?? '', ks.webhookSecret, wrong?.signature ?? '')).resolves.toBe(false);
    const events = await sdk(ks.apiKey).events.list({ perPage: 200 }).next();
    expect(events).toHaveLength(5);
    const eventId = events.find(({ data }) => 'id' in data && data.id === lost.id)?.eventId;
    await control('webhooks/replay', { apiKey: ks.apiKey, eventId, times: 2 });
    await until(() => receiver.received.length === 8);
    await mode({ shuffleMs: 60 });
    for (const name of ['f', 'g', 'h']) await create(name);
    await until(() => receiver.received.length === 11);
  });

  it('delivers to a further destination with its own secret', async () => {
    const setting = await sdk(ks.apiKey).notificationSettings.create({
      description: 'second', type: 'url', destination: `http://localhost:${receiver.port}/second`, subscribedEvents: ['customer.created'],
    });
    await sdk(ks.apiKey).customers.create({ email: 'a@example.test' });
    await until(() => receiver.received.length === 2);
    const valid = await Promise.all(receiver.received.map(({ body, signature }) => new Webhooks().isSignatureValid(body, setting.endpointSecretKey, signature)));
    expect(valid.filter(Boolean)).toHaveLength(1);
    expect(await sdk(ks.apiKey).notificationSettings.list()).toHaveLength(2);
  });

  it('calls no other machine, and takes no form of another site', async () => {
    expect((await control('accounts', { ...ks, webhookUrl: 'https://example.com/hook' })).status).toBe(400);
    const form = await fetch(`${simulator.url}/_control/reset`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect(form.status).toBe(405);
  });

  it('says that a port is taken', async () => {
    await expect(start(simulator.port)).rejects.toBeInstanceOf(PortTaken);
  });
});
