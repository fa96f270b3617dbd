import { and, count, eq, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import type { TenantScope, Tx } from '@interdomestik/db';
import { auditLogs, recoveryCodes, secondFactors, sessions, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { Desk } from './desk';

/** The desk of a person of a tenant; `sessionId` is the browser that asks. */
export function tenantDesk(tx: Tx, scope: TenantScope, { userId, sessionId }: { readonly userId: string; readonly sessionId: string }): Desk {
  const { tenantId } = scope;
  const own = and(eq(secondFactors.tenantId, tenantId), eq(secondFactors.userId, userId));
  const ownCodes = and(eq(recoveryCodes.tenantId, tenantId), eq(recoveryCodes.userId, userId));
  const thisSession = and(eq(sessions.tenantId, tenantId), eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt));
  return {
    passwordHash: async () => {
      const [row] = await tx.select({ passwordHash: user.passwordHash }).from(user).where(and(eq(user.tenantId, tenantId), eq(user.id, userId)));
      return row?.passwordHash ?? null;
    },
    worksHere: async () => {
      const rows = await tx.select({ id: userRoles.id }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), eq(userRoles.userId, userId), ne(userRoles.role, 'member'))).limit(1);
      return rows.length > 0;
    },
    factor: async () => {
      const [row] = await tx.select({ secret: secondFactors.secret, lastStep: secondFactors.lastStep }).from(secondFactors).where(and(own, isNotNull(secondFactors.confirmedAt)));
      return row ?? null;
    },
    install: async (secret, step) => {
      const set = { secret, confirmedAt: new Date(), lastStep: step };
      await tx.insert(secondFactors).values({ tenantId, id: newId(), userId, ...set }).onConflictDoUpdate({ target: [secondFactors.tenantId, secondFactors.userId], set });
    },
    remove: async () => {
      await tx.delete(recoveryCodes).where(ownCodes);
      await tx.delete(secondFactors).where(own);
    },
    useStep: async (secret, step) => {
      const used = await tx.update(secondFactors).set({ lastStep: step })
        .where(and(own, eq(secondFactors.secret, secret), or(isNull(secondFactors.lastStep), lt(secondFactors.lastStep, step)))).returning({ id: secondFactors.id });
      return used.length > 0;
    },
    useRecoveryCode: async (hash, now) => {
      const used = await tx.update(recoveryCodes).set({ usedAt: now }).where(and(ownCodes, eq(recoveryCodes.codeHash, hash), isNull(recoveryCodes.usedAt))).returning({ id: recoveryCodes.id });
      return used.length > 0;
    },
    replaceRecoveryCodes: async (hashes) => {
      await tx.delete(recoveryCodes).where(ownCodes);
      await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ tenantId, id: newId(), userId, codeHash })));
    },
    recoveryCodesLeft: async () => {
      const [row] = await tx.select({ left: count() }).from(recoveryCodes).where(and(ownCodes, isNull(recoveryCodes.usedAt)));
      return row?.left ?? 0;
    },
    openSession: async (now) => { await tx.update(sessions).set({ secondFactorAt: now, verifiedAt: now, lastSeenAt: now }).where(thisSession); },
    refreshProof: async (now) => { await tx.update(sessions).set({ verifiedAt: now }).where(thisSession); },
    endOtherSessions: async (now) => {
      await tx.update(sessions).set({ revokedAt: now }).where(and(eq(sessions.tenantId, tenantId), eq(sessions.userId, userId), ne(sessions.id, sessionId), isNull(sessions.revokedAt)));
    },
    note: async (operation) => {
      await tx.insert(auditLogs).values({
        tenantId, id: newId(), actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation, entity: 'user', entityId: userId,
        branchId: null, before: null, after: null,
      });
    },
  };
}
