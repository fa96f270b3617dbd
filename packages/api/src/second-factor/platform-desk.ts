import { and, count, eq, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import type { PlatformScope, Tx } from '@interdomestik/db';
import { platformAuditLogs, platformRecoveryCodes, platformSecondFactors, platformSessions, platformUsers } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { Desk } from './desk';

/** The desk of a super admin, outside every tenant. */
export function platformDesk(tx: Tx, { userId, sessionId, scope }: { readonly userId: string; readonly sessionId: string; readonly scope: PlatformScope }, action: string): Desk {
  const own = eq(platformSecondFactors.platformUserId, userId);
  const ownCodes = eq(platformRecoveryCodes.platformUserId, userId);
  const thisSession = and(eq(platformSessions.id, sessionId), eq(platformSessions.platformUserId, userId), isNull(platformSessions.revokedAt));
  return {
    passwordHash: async () => {
      const [row] = await tx.select({ passwordHash: platformUsers.passwordHash }).from(platformUsers).where(eq(platformUsers.id, userId));
      return row?.passwordHash ?? null;
    },
    worksHere: () => Promise.resolve(true),
    factor: async () => {
      const [row] = await tx.select({ secret: platformSecondFactors.secret, lastStep: platformSecondFactors.lastStep }).from(platformSecondFactors).where(and(own, isNotNull(platformSecondFactors.confirmedAt)));
      return row ?? null;
    },
    install: async (secret, step) => {
      const set = { secret, confirmedAt: new Date(), lastStep: step };
      await tx.insert(platformSecondFactors).values({ platformUserId: userId, ...set }).onConflictDoUpdate({ target: platformSecondFactors.platformUserId, set });
    },
    remove: async () => {
      await tx.delete(platformRecoveryCodes).where(ownCodes);
      await tx.delete(platformSecondFactors).where(own);
    },
    useStep: async (secret, step) => {
      const used = await tx.update(platformSecondFactors).set({ lastStep: step })
        .where(and(own, eq(platformSecondFactors.secret, secret), or(isNull(platformSecondFactors.lastStep), lt(platformSecondFactors.lastStep, step))))
        .returning({ userId: platformSecondFactors.platformUserId });
      return used.length > 0;
    },
    useRecoveryCode: async (hash, now) => {
      const used = await tx.update(platformRecoveryCodes).set({ usedAt: now })
        .where(and(ownCodes, eq(platformRecoveryCodes.codeHash, hash), isNull(platformRecoveryCodes.usedAt))).returning({ id: platformRecoveryCodes.id });
      return used.length > 0;
    },
    replaceRecoveryCodes: async (hashes) => {
      await tx.delete(platformRecoveryCodes).where(ownCodes);
      await tx.insert(platformRecoveryCodes).values(hashes.map((codeHash) => ({ id: newId(), platformUserId: userId, codeHash })));
    },
    recoveryCodesLeft: async () => {
      const [row] = await tx.select({ left: count() }).from(platformRecoveryCodes).where(and(ownCodes, isNull(platformRecoveryCodes.usedAt)));
      return row?.left ?? 0;
    },
    openSession: async (now) => { await tx.update(platformSessions).set({ secondFactorAt: now, verifiedAt: now, lastSeenAt: now }).where(thisSession); },
    refreshProof: async (now) => { await tx.update(platformSessions).set({ verifiedAt: now }).where(thisSession); },
    endOtherSessions: async (now) => {
      await tx.update(platformSessions).set({ revokedAt: now }).where(and(eq(platformSessions.platformUserId, userId), ne(platformSessions.id, sessionId), isNull(platformSessions.revokedAt)));
    },
    note: async (operation) => {
      await tx.insert(platformAuditLogs).values({ id: newId(), platformUserId: userId, action, subject: userId, detail: { operation }, requestId: scope.requestId });
    },
  };
}
