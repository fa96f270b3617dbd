import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// check-allow import-table: the test needs the vendor's other side
import { startPaddle } from '@interdomestik/simulators';
// check-allow import-table: the test needs the vendor's other side
import type { Simulator } from '@interdomestik/simulators';
import { isDomainError, money } from '@interdomestik/rules';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../payment-provider';
import { CircuitBreaker } from './breaker';
import { createPaddleClient } from './client';
import type { PaddleClientOptions } from './client';
import { parsePaddleEvent } from './events';

const ks = { name: 'KS', apiKey: 'pdl_sdbx_apikey_ks', clientToken: 'test_ks', webhookSecret: 'pdl_ntfset_ks', webhookUrl: 'http://localhost:9/none', refundApprovalMs: null };
const mk = { ...ks, name: 'MK', apiKey: 'pdl_sdbx_apikey_mk' };
const settings = { APP_ENV: 'test', PADDLE_API_BASE: undefined } as const;

let simulator: Simulator;
let dataDir: string;
let waits: number[];

function client(apiKey = ks.apiKey, options: PaddleClientOptions = {}): PaymentProvider {
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  return createPaddleClient({ apiKey, baseUrl: simulator.url }, { settings, breaker: new CircuitBreaker(Date.now, 100), random: () => 0.5, sleep, ...options });
}

async function control(path: string, body: object) {
  const answer = await fetch(`${simulator.url}/_control/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ apiKey: ks.apiKey, ...body }) });
  return (await answer.json()) as Record<string, unknown>;
}
const fault = (plan: object) => control('faults', plan);
const refusal = (promise: Promise<unknown>) => promise.then(() => 'done', (error: unknown) => (isDomainError(error) ? `${error.code} ${error.messageKey}` : String(error)));
const unavailable = 'UNAVAILABLE errors.payment.providerUnavailable';

async function openSale(paddle = client(), price = money(2000n, 'EUR')) {
  const customer = await paddle.createCustomer({ email: 'arta@example.test', name: 'Arta Krasniqi', locale: 'sq' });
  return paddle.createTransaction({
    customerId: customer.id,
    items: [{ name: 'Asistenca', description: 'Annual membership', price }],
    reference: 'payment-1',
    returnTo: { success: 'http://ks.localhost:3000/done', cancel: 'http://ks.localhost:3000/plans' },
  });
}

beforeEach(async () => {
  waits = [];
  dataDir = mkdtempSync(join(tmpdir(), 'paddle-'));
  simulator = await startPaddle({ port: 0, dataDir, accounts: [ks, mk] });
});

afterEach(async () => {
  await simulator.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('createPaddleClient', () => {
  it('opens a sale at the price given, tax included, to be paid on the page of its address', async () => {
    const sale = await openSale();
    expect(sale).toMatchObject({
      status: 'draft', currency: 'EUR', totals: { grandTotal: 2000n, tax: 305n, fee: null }, customData: { reference: 'payment-1' },
      checkoutUrl: `${simulator.url}/pay/${sale.id}`,
    });
    const paid = await fetch(sale.checkoutUrl ?? '', { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
    expect(paid.headers.get('location')).toBe('http://ks.localhost:3000/done');
    const done = await client().getTransaction(sale.id);
    expect(done).toMatchObject({ status: 'completed', totals: { grandTotal: 2000n, fee: 150n }, payments: [{ status: 'captured', amount: 2000n }] });
  });

  it('opens the page where a payer keeps cards, for a customer that there is', async () => {
    const customer = await client().createCustomer({ email: 'keeps@ks.example', name: 'Arta Krasniqi', locale: 'sq' });
    const url = await client().openPortal(customer.id);
    expect(url).toBe(`${simulator.url}/portal/${customer.id}`);
    expect((await fetch(url)).status).toBe(200);
    await expect(client().openPortal('ctm_01h00000000000000000000000')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('reads an event and an answer of the API as the same thing', async () => {
    const sale = await openSale();
    await control('transactions/pay', { id: sale.id });
    const answer = await fetch(`${simulator.url}/events?per_page=200`, { headers: { authorization: `Bearer ${ks.apiKey}` } });
    const { data } = (await answer.json()) as { data: { event_type: string }[] };
    const event = parsePaddleEvent(JSON.stringify(data.find(({ event_type }) => event_type === 'transaction.completed')));
    expect(event.kind === 'transaction' && event.transaction).toEqual(await client().getTransaction(sale.id));
  });

  it('finds the customer that has the e-mail already', async () => {
    const first = await client().createCustomer({ email: 'arta@example.test', name: 'Arta', locale: 'sq' });
    const again = await client().createCustomer({ email: 'Arta@Example.test', name: 'Other', locale: 'en' });
    expect(again.id).toBe(first.id);
    await fetch(`${simulator.url}/customers/${first.id}`, {
      method: 'PATCH', headers: { authorization: `Bearer ${ks.apiKey}` }, body: JSON.stringify({ status: 'archived' }),
    });
    expect(await client().createCustomer({ email: 'arta@example.test', name: 'Arta', locale: 'sq' })).toMatchObject({ id: first.id, status: 'active' });
    const elsewhere = await client(mk.apiKey).createCustomer({ email: 'arta@example.test', name: 'Arta', locale: 'mk' });
    expect(elsewhere.id).not.toBe(first.id);
  });

  it('refuses currencies that Paddle lacks, mixed ones and empty sales before any call', async () => {
    await fault({ kind: 'reset', path: '/transactions', times: 100 });
    const paddle = client();
    const sell = (items: Parameters<PaymentProvider['createTransaction']>[0]['items']) =>
      refusal(paddle.createTransaction({ customerId: 'ctm_1', items, reference: 'r', returnTo: { success: 'http://a', cancel: 'http://a' } }));
    const item = (minor: bigint, currency: 'EUR' | 'MKD') => ({ name: 'a', description: 'a', price: money(minor, currency) });
    expect(await sell([item(2000n, 'MKD')])).toBe('INVALID errors.payment.currencyUnsupported');
    expect(await sell([item(2000n, 'EUR'), item(2000n, 'MKD')])).toBe('INVALID errors.money.currencyMismatch');
    expect(await sell([item(0n, 'EUR')])).toBe('INVALID errors.tooSmall');
    expect(await sell([])).toBe('INVALID errors.tooFew');
  });

  it('P-18 knows nothing of another account', async () => {
    const sale = await openSale();
    expect(await refusal(client(mk.apiKey).getTransaction(sale.id))).toBe('NOT_FOUND errors.notFound');
    expect(await refusal(client(mk.apiKey).createRefund({ transactionId: sale.id, reason: 'x' }))).toBe('NOT_FOUND errors.notFound');
    expect(await refusal(client('pdl_sdbx_apikey_wrong').getTransaction(sale.id))).toBe(unavailable);
  });

  it('refunds a part, then the rest, and no more', async () => {
    const sale = await openSale();
    const refund = (amount?: bigint) => client().createRefund({ transactionId: sale.id, reason: 'asked', ...(amount !== undefined && { amount }) });
    expect(await refusal(refund())).toBe('CONFLICT errors.payment.providerRefused');
    await control('transactions/pay', { id: sale.id });
    for (const amount of [0n, -1n, 2001n]) expect(await refusal(refund(amount))).toBe('INVALID errors.payment.refundAmount');
    expect(await refund(500n)).toMatchObject({ action: 'refund', status: 'pending_approval', total: 500n, tax: 76n, transactionId: sale.id });
    expect(await refusal(refund(1600n))).toBe('CONFLICT errors.payment.providerRefused');
    expect(await refund()).toMatchObject({ total: 1500n });
    expect(await refusal(refund())).toBe('CONFLICT errors.payment.providerRefused');
  });

  it('P-10 lists every page, through 429 and 5xx', async () => {
    const { ids } = await control('transactions/bulk', { count: 65, amount: '2000' });
    await fault({ kind: 'status', status: 429, path: '/transactions', retryAfter: 2 });
    await fault({ kind: 'status', status: 503, path: '/transactions' });
    const seen: string[] = [];
    for await (const transaction of client().listTransactions({ statuses: ['completed'], createdFrom: new Date(0) })) seen.push(transaction.id);
    expect(seen).toEqual(ids);
    expect(waits).toEqual([2000, 400]);
    const none = client().listTransactions({ createdBefore: new Date(0) });
    for await (const transaction of none) expect(transaction).toBeUndefined();
  });

  it('P-19 repeats what is safe, after a growing pause', async () => {
    const sale = await openSale();
    for (const kind of ['status', 'html', 'reset']) {
      waits = [];
      await fault({ kind, status: 502, times: 2 });
      expect((await client().getTransaction(sale.id)).id).toBe(sale.id);
      expect(waits).toEqual([200, 400]);
    }
    await fault({ kind: 'status', status: 500, times: 3 });
    expect(await refusal(client().getTransaction(sale.id))).toBe(unavailable);
    await control('faults/clear', {});
  });

  it('P-19 never creates a sale twice after an unclear answer', async () => {
    await fault({ kind: 'reset', path: '/transactions', afterEffect: true, times: 3 });
    expect(await refusal(openSale())).toBe(unavailable);
    await control('faults/clear', {});
    const all: string[] = [];
    for await (const { id } of client().listTransactions()) all.push(id);
    expect(all).toHaveLength(1);
    await fault({ kind: 'status', status: 429, path: '/transactions', retryAfter: 0 });
    expect((await openSale()).status).toBe('draft');
  });

  it('P-19 ends a call that hangs, in its time', async () => {
    await fault({ kind: 'hang', ms: 5_000 });
    const start = Date.now();
    expect(await refusal(client(ks.apiKey, { timeoutMs: 150 }).getTransaction('txn_1'))).toBe(unavailable);
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it('P-19 stops calling a provider that is down and tries again later', async () => {
    let now = 0;
    const breaker = new CircuitBreaker(() => now, 3, 1000);
    const paddle = client(ks.apiKey, { breaker });
    const sale = await openSale(paddle);
    await fault({ kind: 'status', status: 503, times: 4 });
    const ask = () => refusal(paddle.getTransaction(sale.id));
    expect(await ask()).toBe(unavailable);
    expect(await ask()).toBe(unavailable);
    now = 1000;
    expect(await ask()).toBe(unavailable);
    expect(await ask()).toBe(unavailable);
    now = 2000;
    expect(await ask()).toBe('done');
    expect(await ask()).toBe('done');
  });

  it('counts a refusal as an answer, not as a failure', async () => {
    const breaker = new CircuitBreaker(Date.now, 2);
    const paddle = client(ks.apiKey, { breaker });
    for (let times = 0; times < 5; times += 1) expect(await refusal(paddle.getTransaction('txn_none'))).toBe('NOT_FOUND errors.notFound');
  });

  it('says unavailable when nobody listens', async () => {
    await simulator.close();
    expect(await refusal(client().getTransaction('txn_1'))).toBe(unavailable);
    expect(waits).toEqual([200, 400]);
    simulator = await startPaddle({ port: 0, dataDir, accounts: [ks, mk] });
  });
});
