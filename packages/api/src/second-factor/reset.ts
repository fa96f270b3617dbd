import { and, eq, isNull } from 'drizzle-orm';
import { actAsTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, recoveryCodes, secondFactors, sessions } from '@interdomestik/db/schema';
import { forbidden, newId } from '@interdomestik/rules';
import { letterheadOf } from '../mails';
import { colleague } from '../staff/reach';
import { tellPerson } from './notice';

/**
 * Takes the second factor of a colleague away, who lost the app and the codes: the next sign-in leads to a new one. All browsers of the person are
 * signed out, and the person hears of it by mail. Throws FORBIDDEN for the own one and for anybody but the tenant's administrators, NOT_FOUND for
 * somebody who does not work here.
 */
export async function resetSecondFactorOf(asker: TenantScope, id: string, now: Date): Promise<void> {
  if (asker.reach.kind !== 'tenant') throw forbidden();
  const letterhead = await letterheadOf(asker, now);
  const scope = actAsTenant(asker, 'secondFactor.resetFor');
  const { tenantId } = scope;
  await withTenant(scope, async (tx) => {
    await colleague(tx, scope, id);
    await tx.delete(recoveryCodes).where(and(eq(recoveryCodes.tenantId, tenantId), eq(recoveryCodes.userId, id)));
    await tx.delete(secondFactors).where(and(eq(secondFactors.tenantId, tenantId), eq(secondFactors.userId, id)));
    await tx.update(sessions).set({ revokedAt: now }).where(and(eq(sessions.tenantId, tenantId), eq(sessions.userId, id), isNull(sessions.revokedAt)));
    await tx.insert(auditLogs).values({
      tenantId, id: newId(), actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'SECOND_FACTOR_RESET', entity: 'user', entityId: id,
      branchId: null, before: null, after: null,
    });
    await tellPerson({ tx, scope }, letterhead, { userId: id, event: 'second_factor_reset', app: 'admin', now });
  });
}
