import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { translator } from '@interdomestik/i18n';
import { formatInstant, isLocale, type Notice } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { user, userRoles } from '@interdomestik/db/schema';
import { isTold, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { portalOrigin } from '../site/origins';
import type { ClaimRow } from './pack';
import { claimStatusOf } from './view';

interface Colleague {
  readonly id: string;
  readonly firstName: string;
  readonly email: string | null;
  readonly locale: string | null;
}

/** People who work here and to whom that applies. */
async function colleagues(tx: Tx, scope: TenantScope, where: SQL | undefined): Promise<Colleague[]> {
  return await tx.selectDistinct({ id: user.id, firstName: user.firstName, email: user.email, locale: user.locale }).from(userRoles)
    .innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId), eq(user.status, 'active')))
    .where(and(eq(userRoles.tenantId, scope.tenantId), where)).orderBy(user.id);
}

/** Who hears of it: the handler, else the managers of the branch, else the administrators. */
async function readersOf(tx: Tx, scope: TenantScope, claim: ClaimRow, to: Notice['to']): Promise<Colleague[]> {
  const steps: (SQL | undefined)[] = [
    ...(to === 'handler' && claim.handlerId !== null ? [and(eq(userRoles.userId, claim.handlerId), inArray(userRoles.role, ['tenant_admin', 'branch_manager', 'agent']))] : []),
    ...(to === 'tenant_admin' ? [] : [and(eq(userRoles.role, 'branch_manager'), eq(userRoles.branchId, claim.branchId))]),
    eq(userRoles.role, 'tenant_admin'),
  ];
  for (const step of steps) {
    const found = await colleagues(tx, scope, step);
    if (found.length > 0) return found;
  }
  return [];
}

// i18n-keys: common.statuses.claim.*
/** Notifies and mails everybody whom the notices name, each person once and in their language, on the channels that the tenant's rules give. */
export async function tellOfDeadline(tx: Tx, scope: TenantScope, claim: ClaimRow, notices: readonly Notice[], letterhead: Letterhead): Promise<void> {
  const { code, slaDueAt } = claim;
  if (code === null || slaDueAt === null) return;
  const stage = claimStatusOf(claim.status);
  const due = formatInstant(slaDueAt, scope.tenant.timeZone);
  const told = new Set<string>();
  for (const { to, at, overdue } of notices) {
    const event = overdue ? 'claim.overdue' as const : 'claim.deadline_near' as const;
    for (const { id, firstName, email, locale: own } of await readersOf(tx, scope, claim, to)) {
      if (told.has(id)) continue;
      told.add(id);
      const locale = isLocale(own) ? own : letterhead.locale;
      const effectKey = `claim:${claim.id}:due:${slaDueAt.toISOString()}:${at.toISOString()}:${id}`;
      const href = `/claims?open=${claim.id}`;
      if (isTold(letterhead, event, 'in_app')) await notify(tx, scope, { userId: id, kind: event, params: { number: code, stage: translator(locale)(`common.statuses.claim.${stage}`), due }, href, effectKey });
      if (email === null || !isTold(letterhead, event, 'mail')) continue;
      await queueMail(tx, scope, {
        template: 'claim-deadline', to: { email, userId: id }, locale, letterhead, effectKey,
        params: { name: firstName, number: code, stage, due, overdue, url: `${portalOrigin(scope.tenant, 'admin')}${href}` },
      });
    }
  }
}
