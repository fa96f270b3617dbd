import { createHash } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { DomainError, newId, randomToken } from '@interdomestik/rules';
import { readTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { userTokens } from '@interdomestik/db/schema';

/** What a mailed link may be used for; one made for another purpose never opens. */
export type TokenPurpose = 'verify_email' | 'reset_password' | 'invitation' | 'change_email';

/** How long a link lives, in minutes. */
export const tokenMinutes: Readonly<Record<TokenPurpose, number>> = { verify_email: 3 * 24 * 60, reset_password: 60, invitation: 7 * 24 * 60, change_email: 60 };

// 256 random bits need no slow hash: there is nothing to guess
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const alive = (scope: TenantScope, purpose: TokenPurpose, token: string, now: Date) =>
  and(eq(userTokens.tenantId, scope.tenantId), eq(userTokens.tokenHash, hashOf(token)), eq(userTokens.purpose, purpose), isNull(userTokens.usedAt), gt(userTokens.expiresAt, now));

/** Makes the secret of a link and stores its hash; `email` is the address that a `change_email` link confirms. Earlier links of the same person and purpose end. */
export async function issueToken(tx: Tx, scope: TenantScope, userId: string, purpose: TokenPurpose, now: Date, email: string | null = null): Promise<{ id: string; token: string; expiresAt: Date }> {
  await tx.update(userTokens).set({ usedAt: now })
    .where(and(eq(userTokens.tenantId, scope.tenantId), eq(userTokens.userId, userId), eq(userTokens.purpose, purpose), isNull(userTokens.usedAt)));
  const token = randomToken(32);
  const id = newId();
  const expiresAt = new Date(now.getTime() + tokenMinutes[purpose] * 60_000);
  await tx.insert(userTokens).values({ tenantId: scope.tenantId, id, userId, purpose, tokenHash: hashOf(token), email, expiresAt, createdAt: now });
  return { id, token, expiresAt };
}

/** Uses a link up and gives its person. Throws INVALID `errors.link` for one that is unknown, used, expired or made for something else. */
export async function redeemToken(tx: Tx, scope: TenantScope, purpose: Exclude<TokenPurpose, 'change_email'>, token: string, now: Date): Promise<string> {
  return (await redeem(tx, scope, purpose, token, now)).userId;
}

/** Uses a link that confirms a new address up; gives its person and that address. Throws as `redeemToken` does. */
export async function redeemEmailChange(tx: Tx, scope: TenantScope, token: string, now: Date): Promise<{ userId: string; email: string }> {
  const { userId, email } = await redeem(tx, scope, 'change_email', token, now);
  if (email === null) throw brokenLink();
  return { userId, email };
}

const brokenLink = (): DomainError => new DomainError('INVALID', 'errors.link', { field: 'token' });

async function redeem(tx: Tx, scope: TenantScope, purpose: TokenPurpose, token: string, now: Date) {
  const [row] = await tx.update(userTokens).set({ usedAt: now }).where(alive(scope, purpose, token, now)).returning({ userId: userTokens.userId, email: userTokens.email });
  if (row === undefined) throw brokenLink();
  return row;
}

/** Ends every link that was mailed to a person: the address that they went to is no longer the person's. */
export async function endLinks(tx: Tx, scope: TenantScope, userId: string, now: Date): Promise<void> {
  await tx.update(userTokens).set({ usedAt: now }).where(and(eq(userTokens.tenantId, scope.tenantId), eq(userTokens.userId, userId), isNull(userTokens.usedAt)));
}

/** The person of a link without using it up. Throws as `redeemToken` does. */
export async function readToken(scope: TenantScope, purpose: TokenPurpose, token: string, now: Date): Promise<string> {
  const [row] = await readTenant(scope, (tx) => tx.select({ userId: userTokens.userId }).from(userTokens).where(alive(scope, purpose, token, now)));
  if (row === undefined) throw brokenLink();
  return row.userId;
}
