import { eq, and } from 'drizzle-orm';
import type { TenantScope, Tx } from '@interdomestik/db';
import { user } from '@interdomestik/db/schema';
import { todayIn } from '@interdomestik/rules';
import { localeOfRow } from '../accounts/new-member';
import { queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { portalOrigin, portalPaths } from '../site/origins';
import type { SecurityEvent } from '../vendors/mail';

const clock = (timeZone: string, now: Date): string => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(now);

/**
 * Tells a person of a tenant by mail and in the list of news that something about the way in changed, so that a theft is noticed; to `email`, when that
 * is no longer the person's own. Outside tenants there are no mails: there the audit trail alone says it.
 */
export async function tellPerson(
  tenant: { readonly tx: Tx; readonly scope: TenantScope } | null, letterhead: Letterhead | null, told: { userId: string; event: SecurityEvent; app: 'member' | 'admin'; now: Date; email?: string },
): Promise<void> {
  if (tenant === null || letterhead === null) return;
  const { tx, scope } = tenant;
  const { userId, event, app, now } = told;
  const [person] = await tx.select({ email: user.email, firstName: user.firstName, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  if (person === undefined) return;
  const effectKey = `security:${event}:${userId}:${now.toISOString()}`;
  await notify(tx, scope, { userId, kind: `user.${event}`, effectKey, href: '/profile' });
  const email = told.email ?? person.email;
  if (email === null) return;
  await queueMail(tx, scope, {
    template: 'security-notice', to: { email, userId }, locale: localeOfRow(person.locale), letterhead, effectKey,
    params: { name: person.firstName, event, on: todayIn(scope.tenant.timeZone, now), time: clock(scope.tenant.timeZone, now), url: `${portalOrigin(scope.tenant, app)}${event === 'email_changed' ? portalPaths.signIn : portalPaths.forgotPassword}` },
  });
}
