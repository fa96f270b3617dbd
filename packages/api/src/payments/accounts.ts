import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { DomainError, type Currency, type ReferenceForm } from '@interdomestik/rules';
import { readTenant, visible, type TenantScope } from '@interdomestik/db';
import { paymentAccounts } from '@interdomestik/db/schema';
import { createBankTransferProvider } from '../vendors/bank-transfer';
import type { PaymentProvider } from '../vendors/payment-provider';
import { createPaddleClient, paddleCredentials } from '../vendors/paddle';
import { credentialsOf, secretsOf } from '../payment-accounts/sealed';

export type PaymentAccount = typeof paymentAccounts.$inferSelect;

export const notConfigured = () => new DomainError('UNAVAILABLE', 'errors.payment.notConfigured');
/** Where a card account is worked with. */
export const environments = z.enum(['local', 'sandbox', 'production']);

type Provider = 'paddle' | 'cash' | 'bank_transfer';

/** The account of a provider in a currency by which a new sale can be charged, or null: it is active, and a card account has its credentials, a bank account its number. */
export async function findAccount(scope: TenantScope, provider: Provider, currency: Currency): Promise<PaymentAccount | null> {
  const [account] = await readTenant(scope, (tx) =>
    tx.select().from(paymentAccounts)
      .where(and(
        visible(scope, paymentAccounts), eq(paymentAccounts.provider, provider), eq(paymentAccounts.currency, currency), eq(paymentAccounts.isActive, true),
        provider === 'paddle' ? isNotNull(paymentAccounts.credentials) : provider === 'bank_transfer' ? isNotNull(paymentAccounts.bankDetails) : undefined,
      ))
      .orderBy(asc(paymentAccounts.slug)).limit(1));
  return account ?? null;
}

/** As findAccount; throws UNAVAILABLE when the tenant has none. */
export async function accountFor(scope: TenantScope, provider: Provider, currency: Currency): Promise<PaymentAccount> {
  const account = await findAccount(scope, provider, currency);
  if (account === null) throw notConfigured();
  return account;
}

/** An account by its id. `scope` must reach the tenant. */
export async function accountById(scope: TenantScope, id: string): Promise<PaymentAccount> {
  const [account] = await readTenant(scope, (tx) => tx.select().from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, id))));
  if (account === undefined) throw notConfigured();
  return account;
}

/** The provider behind an account: a card account's with its own key, a bank account's with the form of its references. Throws UNAVAILABLE for an account without what it needs. */
export function providerOf(account: PaymentAccount, transfer?: { readonly form: ReferenceForm }): PaymentProvider {
  if (account.provider === 'bank_transfer' && transfer !== undefined) return createBankTransferProvider(transfer);
  const credentials = account.provider === 'paddle' ? credentialsOf(account) : null;
  if (credentials === null) throw notConfigured();
  return createPaddleClient(paddleCredentials({ apiKey: credentials.apiKey, environment: environments.parse(account.environment) }));
}

/** Every live webhook secret of an account, newest first. */
export function webhookSecretsOf(account: PaymentAccount): string[] {
  return secretsOf(account).map(({ secret }) => secret);
}
