import { and, asc, eq, max, ne } from 'drizzle-orm';
import type { z } from 'zod';
import {
  bankDetailsSchema, conflict, invalid, maxWebhookSecrets, newId, notFound, type addWebhookSecretInput, type createPaymentAccountInput, type retireWebhookSecretInput, type setBankAccountInput, type switchPaymentAccountInput, type updatePaymentAccountInput,
} from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { paymentAccounts, webhookEvents } from '@interdomestik/db/schema';
import { environments, type PaymentAccount } from '../payments/accounts';
import { webhookAddress } from '../site/origins';
import { paddleCurrencies, refusesKey } from '../vendors/paddle';
import { SealBroken } from '../vendors/secrets';
import { sealCredentials, sealSecrets, secretIdOf, secretsOf, seenOf, type WebhookSecret } from './sealed';

/** Every account of the tenant: what it is, what a person may know of its secrets, where the provider must report to and when it last did. */
export async function listPaymentAccounts(scope: TenantScope) {
  const acting = inAction(scope, 'paymentAccounts.list');
  const accounts = await readTenant(acting, (tx) => tx.select().from(paymentAccounts).where(visible(scope, paymentAccounts)).orderBy(asc(paymentAccounts.provider), asc(paymentAccounts.slug)));
  const reports = await readTenant(acting, (tx) =>
    tx.select({ accountId: webhookEvents.paymentAccountId, at: max(webhookEvents.createdAt) }).from(webhookEvents).where(visible(scope, webhookEvents)).groupBy(webhookEvents.paymentAccountId));
  return accounts.map((account) => {
    const { id, provider, slug, name, currency, environment, taxDocumentIssuer, isActive, clientToken } = account;
    return {
      id, provider, slug, name, currency, environment, taxDocumentIssuer, isActive, clientToken, ...seenOf(account), bank: bankDetailsSchema.safeParse(account.bankDetails).data ?? null,
      webhookUrl: provider === 'paddle' ? webhookAddress(scope.tenant, slug) : null, lastReportAt: reports.find(({ accountId }) => accountId === id)?.at ?? null,
    };
  });
}

/** An account of a card provider, held until the transaction ends. Another tenant's, and one that has no keys, is NOT_FOUND. */
async function hold(tx: Tx, scope: TenantScope, id: string): Promise<PaymentAccount> {
  const [account] = await tx.select().from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, id), eq(paymentAccounts.provider, 'paddle'))).for('no key update');
  if (account === undefined) throw notFound();
  return account;
}

const put = async (tx: Tx, account: PaymentAccount, values: Partial<typeof paymentAccounts.$inferInsert>, now: Date): Promise<void> => {
  await tx.update(paymentAccounts).set({ ...values, updatedAt: now }).where(and(eq(paymentAccounts.tenantId, account.tenantId), eq(paymentAccounts.id, account.id)));
};

/** What is sealed by a key that is gone is worth nothing any more: the list begins anew. */
function readableSecrets(account: PaymentAccount): WebhookSecret[] {
  try {
    return secretsOf(account);
  } catch (error) {
    if (error instanceof SealBroken) return [];
    throw error;
  }
}

function assertFits(environment: string, apiKey: string): void {
  if (refusesKey(environments.parse(environment), apiKey)) throw invalid('key', 'errors.payment.keyEnvironment');
}

/** Brings in a provider's account. It takes no sales until it is switched on. Throws CONFLICT for a code that is taken. */
export async function createPaymentAccount(scope: TenantScope, input: z.output<typeof createPaymentAccountInput>, now: Date): Promise<{ readonly id: string }> {
  assertFits(input.environment, input.key);
  const id = newId();
  const { tenantId } = scope;
  const [currency] = paddleCurrencies;
  return await withTenant(inAction(scope, 'paymentAccounts.create'), async (tx) => {
    const [made] = await tx.insert(paymentAccounts).values({
      tenantId, id, provider: 'paddle', slug: input.slug, name: input.name, currency, environment: input.environment, taxDocumentIssuer: 'provider', isActive: false, clientToken: input.clientToken,
      credentials: sealCredentials(tenantId, input.key, now), webhookSecrets: sealSecrets(tenantId, [{ secret: input.signingKey, addedAt: now.toISOString() }]), createdAt: now, updatedAt: now,
    }).onConflictDoNothing().returning({ id: paymentAccounts.id });
    if (made === undefined) throw conflict('errors.payment.slugTaken');
    return made;
  });
}

/** Changes the name, the public token and, where one is given, the key. */
export async function updatePaymentAccount(scope: TenantScope, { id, name, clientToken, key }: z.output<typeof updatePaymentAccountInput>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'paymentAccounts.update'), async (tx) => {
    const account = await hold(tx, scope, id);
    if (key !== undefined) assertFits(account.environment, key);
    await put(tx, account, { name, clientToken, ...(key === undefined ? {} : { credentials: sealCredentials(scope.tenantId, key, now) }) }, now);
  });
}

/** Says where transfers go, or corrects it: from now on slips show it, also those that are waited for. Another tenant's account, and one that is no bank account, is NOT_FOUND. */
export async function setBankAccount(scope: TenantScope, { id, name, details }: z.output<typeof setBankAccountInput>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'paymentAccounts.setBank'), async (tx) => {
    const [account] = await tx.select().from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, id), eq(paymentAccounts.provider, 'bank_transfer'))).for('no key update');
    if (account === undefined) throw notFound();
    await put(tx, account, { name, bankDetails: details }, now);
  });
}

/**
 * Lets an account take new sales, or stops it; what was begun with it is finished with it, and its reports still arrive. Of one currency only one takes sales, so
 * that nobody has to guess into which account a payment goes.
 */
export async function switchPaymentAccount(scope: TenantScope, { id, active }: z.output<typeof switchPaymentAccountInput>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'paymentAccounts.switch'), async (tx) => {
    // all of them, in one order: of two people who switch different ones on at once, the second finds what the first has done
    await tx.select({ id: paymentAccounts.id }).from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, 'paddle'))).orderBy(paymentAccounts.id).for('no key update');
    const account = await hold(tx, scope, id);
    if (active && account.credentials === null) throw conflict('errors.payment.noKey');
    if (active) {
      await tx.update(paymentAccounts).set({ isActive: false, updatedAt: now })
        .where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, account.provider), eq(paymentAccounts.currency, account.currency), eq(paymentAccounts.isActive, true), ne(paymentAccounts.id, id)));
    }
    if (account.isActive !== active) await put(tx, account, { isActive: active }, now);
  });
}

/** Adds a live secret in front of the others: from now on messages signed with any of them are true. One that is there already stays as it is. */
export async function addWebhookSecret(scope: TenantScope, { id, signingKey }: z.output<typeof addWebhookSecretInput>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'paymentAccounts.addSecret'), async (tx) => {
    const account = await hold(tx, scope, id);
    const live = readableSecrets(account);
    if (live.some((one) => one.secret === signingKey)) return;
    if (live.length >= maxWebhookSecrets) throw conflict('errors.payment.tooManySecrets', { max: maxWebhookSecrets });
    await put(tx, account, { webhookSecrets: sealSecrets(scope.tenantId, [{ secret: signingKey, addedAt: now.toISOString() }, ...live]) }, now);
  });
}

/** Takes a secret out of use: what is signed with it is refused from now on. The last one stays, because without any the provider could report nothing. */
export async function retireWebhookSecret(scope: TenantScope, { id, secretId }: z.output<typeof retireWebhookSecretInput>, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'paymentAccounts.retireSecret'), async (tx) => {
    const account = await hold(tx, scope, id);
    const live = readableSecrets(account);
    const left = live.filter((one) => secretIdOf(one) !== secretId);
    if (left.length === live.length) throw notFound();
    if (left.length === 0) throw conflict('errors.payment.lastSecret');
    await put(tx, account, { webhookSecrets: sealSecrets(scope.tenantId, left) }, now);
  });
}
