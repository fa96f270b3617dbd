import { createHash } from 'node:crypto';
import { z } from 'zod';
import { maxWebhookSecrets } from '@interdomestik/rules';
import type { PaymentAccount } from '../payments/accounts';
import { openJson, SealBroken, sealJson } from '../vendors/secrets';

const instant = z.iso.datetime().nullable();
const credentialsSchema = z.object({ apiKey: z.string().min(1), setAt: instant.default(null) });
// a secret from before its day was kept is a bare text
const secretSchema = z.union([z.string().min(1).transform((secret) => ({ secret, addedAt: null })), z.object({ secret: z.string().min(1), addedAt: instant })]);

export type Credentials = z.output<typeof credentialsSchema>;
export type WebhookSecret = z.output<typeof secretSchema>;

/** The key of an account's provider; null where none is set. Throws SealBroken. */
export function credentialsOf(account: Pick<PaymentAccount, 'credentials' | 'tenantId'>): Credentials | null {
  return account.credentials === null ? null : openJson(credentialsSchema, account.credentials, account.tenantId);
}

/** Every live webhook secret of an account, newest first. Throws SealBroken. */
export function secretsOf(account: Pick<PaymentAccount, 'webhookSecrets' | 'tenantId'>): WebhookSecret[] {
  return account.webhookSecrets === null ? [] : openJson(z.array(secretSchema), account.webhookSecrets, account.tenantId);
}

export const sealCredentials = (tenantId: string, apiKey: string, now: Date): string => sealJson({ apiKey, setAt: now.toISOString() } satisfies Credentials, tenantId);

export const sealSecrets = (tenantId: string, secrets: readonly WebhookSecret[]): string => sealJson(secrets.slice(0, maxWebhookSecrets), tenantId);

/** By what a secret is named to people: it says nothing of the secret and is the same as long as it lives. */
export const secretIdOf = ({ secret }: WebhookSecret): string => createHash('sha256').update('interdomestik webhook secret id').update(secret).digest('hex').slice(0, 12);

const tailLength = 4;
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** What a client may know of what is sealed: the last letters, by which the owner knows it again, and since when it stands. */
export interface Seen {
  readonly key: { readonly last: string; readonly setAt: Date | null } | null;
  readonly secrets: { readonly id: string; readonly last: string; readonly addedAt: Date | null }[];
  /** False: sealed by a key that this installation no longer has, so that it must be brought in anew. */
  readonly readable: boolean;
}

export function seenOf(account: Pick<PaymentAccount, 'credentials' | 'webhookSecrets' | 'tenantId'>): Seen {
  try {
    const credentials = credentialsOf(account);
    return {
      key: credentials === null ? null : { last: credentials.apiKey.slice(-tailLength), setAt: dateOf(credentials.setAt) },
      secrets: secretsOf(account).map((one) => ({ id: secretIdOf(one), last: one.secret.slice(-tailLength), addedAt: dateOf(one.addedAt) })),
      readable: true,
    };
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return { key: null, secrets: [], readable: false };
  }
}
