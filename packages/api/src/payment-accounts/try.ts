import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { isDomainError, newId, notFound, type tryPaymentAccountInput } from '@interdomestik/rules';
import { inAction, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { paymentAccounts, webhookEvents } from '@interdomestik/db/schema';
import { providerOf, type PaymentAccount } from '../payments/accounts';
import { webhookAddress } from '../site/origins';
import { PaddleMisconfigured } from '../vendors/paddle';
import { testEventType } from '../webhooks/test-event';
import { secretIdOf, secretsOf } from './sealed';

/** What a trial of an account found. */
export interface Trial {
  /** How our own webhook address answered; null: not at all. 200 is right. */
  readonly answer: number | null;
  /** The event in the inbox; null when it did not arrive. */
  readonly eventRowId: string | null;
  /** Whether the provider takes our key. */
  readonly provider: 'works' | 'refused' | 'unreachable' | 'noKey';
}

const patienceMs = 8_000;

/** Sends bytes to our own address as the provider would, through the same doors; the status of the answer, or null. */
async function post(address: string, body: string, signature: string): Promise<number | null> {
  const url = new URL(address);
  // names below localhost lead to this machine in a browser and not in node
  const local = url.hostname.endsWith('.localhost');
  const options = {
    host: local ? '127.0.0.1' : url.hostname, port: url.port, path: url.pathname, method: 'POST', timeout: patienceMs,
    headers: { host: url.host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'paddle-signature': signature, 'user-agent': 'Interdomestik-Test' },
  };
  return await new Promise((resolve) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? null));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(null));
    sent.end(body);
  });
}

async function askProvider(account: PaymentAccount, now: Date): Promise<Trial['provider']> {
  if (account.credentials === null) return 'noKey';
  try {
    // nothing was created yet in this very moment: the shortest question that needs the key
    await providerOf(account).listTransactions({ createdFrom: now })[Symbol.asyncIterator]().next();
    return 'works';
  } catch (error) {
    if (error instanceof PaddleMisconfigured) return 'refused';
    if (!isDomainError(error)) throw error;
    const { cause } = error;
    return typeof cause === 'object' && cause !== null && 'code' in cause ? 'refused' : 'unreachable';
  }
}

/**
 * Tries an account in both directions: a message of our own, signed with a live secret (the newest unless one is named), goes through the public address into
 * the inbox, and the provider is asked something with our key. It moves no money.
 */
export async function tryPaymentAccount(scope: TenantScope, { id, secretId }: z.output<typeof tryPaymentAccountInput>, now: Date): Promise<Trial> {
  const acting = inAction(scope, 'paymentAccounts.try');
  const [account] = await readTenant(acting, (tx) => tx.select().from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, id), eq(paymentAccounts.provider, 'paddle'))));
  const live = account === undefined ? [] : secretsOf(account);
  const chosen = secretId === undefined ? live[0] : live.find((one) => secretIdOf(one) === secretId);
  if (account === undefined || chosen === undefined) throw notFound();
  const eventId = `evt_test_${newId()}`;
  const body = JSON.stringify({ event_id: eventId, event_type: testEventType, occurred_at: now.toISOString(), data: { id: account.slug } });
  const ts = Math.floor(Date.now() / 1000);
  const h1 = createHmac('sha256', chosen.secret).update(`${String(ts)}:${body}`).digest('hex');
  const [answer, provider] = await Promise.all([post(webhookAddress(scope.tenant, account.slug), body, `ts=${String(ts)};h1=${h1}`), askProvider(account, now)]);
  const [event] = await readTenant(acting, (tx) =>
    tx.select({ id: webhookEvents.id }).from(webhookEvents).where(and(visible(scope, webhookEvents), eq(webhookEvents.paymentAccountId, account.id), eq(webhookEvents.eventId, eventId))));
  return { answer, provider, eventRowId: event?.id ?? null };
}
