import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
// check-allow import-table: only tests load this folder, and they need the provider's other side
import { startPaddle } from '@interdomestik/simulators';
import { newId } from '@interdomestik/rules';
import { receivePaddleWebhook } from '../webhooks';
import { useTestSettings } from './settings';
import type { TestTenant, World } from './world';

/** Starts the payment simulator with both tenants' accounts, and lets the services speak to it. Call it after `useWorld`. */
export function usePaddle(world: { readonly current: World }): void {
  const dataDir = mkdtempSync(join(tmpdir(), 'paddle-'));
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const accounts = [world.current.mk, world.current.ks].map(({ slug, card }) => ({
      name: `${slug}-main`, apiKey: card.apiKey, clientToken: `test_${slug}`, webhookSecret: card.webhookSecret, webhookUrl: 'http://127.0.0.1:9/none',
    }));
    const simulator = await startPaddle({ port: 0, dataDir, accounts, firstRetryMs: 60_000, longestRetryMs: 60_000 });
    stop = () => simulator.close();
    useTestSettings({ PADDLE_API_BASE: `http://127.0.0.1:${String(simulator.port)}` });
  });
  afterAll(async () => {
    await stop?.();
    useTestSettings({ PADDLE_API_BASE: undefined });
    rmSync(dataDir, { recursive: true, force: true });
  });
}

/** One of the provider's messages. */
export interface TestEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly occurred_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function eventOf(type: string, data: Readonly<Record<string, unknown>>, occurredAt: Date = new Date()): TestEvent {
  return { event_id: `evt_${newId()}`, event_type: type, occurred_at: occurredAt.toISOString(), data };
}

export interface TransactionFacts {
  readonly id: string;
  readonly paymentId: string | null;
  readonly status: string;
  readonly minor: bigint;
  readonly currency?: string;
  readonly fee?: bigint;
  readonly custom?: Readonly<Record<string, unknown>>;
}

/** A transaction as the provider writes it. */
export function transactionData({ id, paymentId, status, minor, currency = 'EUR', fee = 150n, custom = {} }: TransactionFacts): Record<string, unknown> {
  const tax = (minor * 18n) / 118n;
  return {
    id, status, customer_id: 'ctm_test', subscription_id: null, currency_code: currency, invoice_number: null, checkout: null, payments: [],
    custom_data: { ...(paymentId === null ? {} : { reference: paymentId }), ...custom },
    details: { totals: { subtotal: String(minor - tax), tax: String(tax), total: String(minor), grand_total: String(minor), fee: status === 'completed' ? String(fee) : null }, line_items: [] },
  };
}

/** Delivers a message as the provider does: signed, to the account's address. */
export async function deliver(tenant: Pick<TestTenant, 'card'>, event: TestEvent | string, options: { secret?: string; path?: string; at?: Date } = {}) {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const at = options.at ?? new Date();
  const ts = String(Math.floor(at.getTime() / 1000));
  const h1 = createHmac('sha256', options.secret ?? tenant.card.webhookSecret).update(`${ts}:${body}`).digest('hex');
  return await receivePaddleWebhook({ accountPath: options.path ?? tenant.card.path, rawBody: Buffer.from(body), signature: `ts=${ts};h1=${h1}`, now: at });
}
