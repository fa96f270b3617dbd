import { createHash } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { DomainError, newId, randomToken } from '@interdomestik/rules';
import type { Tx } from '@interdomestik/db';
import { platformTokens } from '@interdomestik/db/schema';
import { tokenMinutes } from '../accounts/tokens';

// 256 random bits need no slow hash: there is nothing to guess
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const alive = (token: string, now: Date) =>
  and(eq(platformTokens.tokenHash, hashOf(token)), eq(platformTokens.purpose, 'invitation'), isNull(platformTokens.usedAt), gt(platformTokens.expiresAt, now));

const brokenLink = () => new DomainError('INVALID', 'errors.link', { field: 'token' });

/** Ends every open invitation of a super admin. */
export async function endInvitations(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.update(platformTokens).set({ usedAt: now }).where(and(eq(platformTokens.platformUserId, userId), eq(platformTokens.purpose, 'invitation'), isNull(platformTokens.usedAt)));
}

/** Makes the secret of an invitation and stores its hash; earlier ones of the same person end. */
export async function issueInvitation(tx: Tx, userId: string, now: Date): Promise<{ token: string; expiresAt: Date }> {
  await endInvitations(tx, userId, now);
  const token = randomToken(32);
  const expiresAt = new Date(now.getTime() + tokenMinutes.invitation * 60_000);
  await tx.insert(platformTokens).values({ id: newId(), platformUserId: userId, purpose: 'invitation', tokenHash: hashOf(token), expiresAt, createdAt: now });
  return { token, expiresAt };
}

/** The person of an invitation without using it up. Throws INVALID `errors.link` for one that is unknown, used or too old. */
export async function readInvitationToken(tx: Tx, token: string, now: Date): Promise<string> {
  const [row] = await tx.select({ userId: platformTokens.platformUserId }).from(platformTokens).where(alive(token, now));
  if (row === undefined) throw brokenLink();
  return row.userId;
}

/** Uses an invitation up and gives its person. Throws as `readInvitationToken` does; of two at once one gets through. */
export async function redeemInvitation(tx: Tx, token: string, now: Date): Promise<string> {
  const [row] = await tx.update(platformTokens).set({ usedAt: now }).where(alive(token, now)).returning({ userId: platformTokens.platformUserId });
  if (row === undefined) throw brokenLink();
  return row.userId;
}
