import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { isDomainError, newId } from '@interdomestik/rules';
import { countRejection, readTenant, resolveScope, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { paymentAccounts, webhookEvents } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { logFailure } from '../log';
import { webhookSecretsOf, type PaymentAccount } from '../payments/accounts';
import { parsePaddleEnvelope, verifyPaddleSignature, type PaddleEnvelope } from '../vendors/paddle';
import { processEventJob } from './process';
import { storedOnce } from './stored';

/** What the provider is told. 503 makes it try again, so it is said only when nothing is known to be stored. */
export interface WebhookAnswer {
  readonly status: 200 | 400 | 401 | 404 | 503;
}

export interface WebhookDelivery {
  /** Last part of the address: `<tenant slug>-<account slug>`. */
  readonly accountPath: string;
  /** The body's bytes exactly as they came. */
  readonly rawBody: Uint8Array;
  /** Value of the `Paddle-Signature` header. */
  readonly signature: string | null;
  readonly now: Date;
}

const maxBytes = 1_000_000;
// the provider gives up after five seconds and must not take our silence for an answer
const patienceMs = 4_000;

/** The tenant and account of an address. Both slugs may hold hyphens, so each hyphen is tried as the one between them. */
async function accountOf(accountPath: string): Promise<{ scope: TenantScope; account: PaymentAccount } | null> {
  if (!/^[a-z][a-z0-9-]{1,79}$/u.test(accountPath)) return null;
  for (let at = accountPath.indexOf('-'); at !== -1; at = accountPath.indexOf('-', at + 1)) {
    const scope = await resolveScope({ kind: 'webhook', slug: accountPath.slice(0, at) });
    if (scope === null) continue;
    const [account] = await readTenant(scope, (tx) =>
      tx.select().from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, 'paddle'), eq(paymentAccounts.slug, accountPath.slice(at + 1)))));
    if (account !== undefined) return { scope, account };
  }
  return null;
}

/** Stores an event and its job together; one that is stored already changes nothing. */
async function store(scope: TenantScope, account: PaymentAccount, envelope: PaddleEnvelope, raw: string): Promise<void> {
  await withTenant(scope, async (tx) => {
    const [made] = await tx.insert(webhookEvents)
      .values({ tenantId: scope.tenantId, id: newId(), paymentAccountId: account.id, eventId: envelope.id, eventType: envelope.type, occurredAt: envelope.occurredAt, raw })
      .onConflictDoNothing().returning({ id: webhookEvents.id });
    if (made !== undefined) await enqueue(tx, scope, processEventJob, { eventRowId: made.id });
  });
}

async function refuse(status: 400 | 401 | 404, reason: Parameters<typeof countRejection>[0]): Promise<WebhookAnswer> {
  await countRejection(reason);
  return { status };
}

async function receive({ accountPath, rawBody, signature, now }: WebhookDelivery): Promise<WebhookAnswer> {
  if (rawBody.byteLength > maxBytes) return await refuse(400, 'too_large');
  const found = await accountOf(accountPath);
  if (found === null) return await refuse(404, 'unknown_account');
  const { scope, account } = found;
  const verdict = verifyPaddleSignature({ rawBody, header: signature, secrets: webhookSecretsOf(account), now });
  if (!verdict.valid) return await refuse(401, 'signature');
  let envelope: PaddleEnvelope;
  let raw: string;
  try {
    raw = new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
    // Postgres stores no NUL; JSON may only write it escaped, and there it stays escaped
    envelope = parsePaddleEnvelope(raw);
  } catch (error) {
    if (isDomainError(error) || error instanceof TypeError) return await refuse(400, 'malformed');
    throw error;
  }
  await storedOnce({ tenantId: scope.tenantId, accountId: account.id, eventId: envelope.id }, now, () => store(scope, account, envelope, raw));
  return { status: 200 };
}

/**
 * Takes a provider's message: the tenant and account come from the address and the signature, never from the body. A proven event is
 * stored with its job and answered with 200 at once; the worker does the rest. A repeat is answered 200 and changes nothing. Anything
 * unproven leaves a counter and no more. Never throws and answers within five seconds.
 */
export async function receivePaddleWebhook(delivery: WebhookDelivery): Promise<WebhookAnswer> {
  const aborter = new AbortController();
  try {
    const work = receive(delivery);
    // a database that answers too late may still have stored it; the provider's repeat is then a duplicate
    work.catch(() => undefined);
    const late = sleep(patienceMs, { status: 503 } as const, { signal: aborter.signal }).catch((): WebhookAnswer => ({ status: 503 }));
    return await Promise.race([work, late]);
  } catch (error) {
    logFailure('', 'webhook', error);
    return { status: 503 };
  } finally {
    aborter.abort();
  }
}
