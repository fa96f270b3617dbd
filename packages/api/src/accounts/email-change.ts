import { and, eq, ne } from 'drizzle-orm';
import { DomainError, invalid } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { user } from '@interdomestik/db/schema';
import { letterheadOf, queueMail } from '../mails';
import { tellPerson } from '../second-factor/notice';
import { portalOrigin, portalPaths } from '../site/origins';
import { localeOfRow } from './new-member';
import { personOf } from './profile';
import { endLinks, issueToken, redeemEmailChange, tokenMinutes } from './tokens';

const byId = (scope: TenantScope, userId: string) => and(eq(user.tenantId, scope.tenantId), eq(user.id, userId));

/**
 * Mails a link to a new address of the own account; until it is opened the old one stays. Answers and does the same for an address that is somebody
 * else's: only whoever reads its mail learns more. Throws INVALID for the address that is the own one already.
 */
export async function requestEmailChange(asker: TenantScope, email: string, app: 'member' | 'admin', now: Date): Promise<void> {
  const scope = actAsTenant(asker, 'accounts.requestEmailChange');
  const userId = personOf(asker);
  const letterhead = await letterheadOf(asker, now);
  await withTenant(scope, async (tx) => {
    const [person] = await tx.select({ email: user.email, firstName: user.firstName, locale: user.locale }).from(user).where(byId(scope, userId)).for('no key update');
    if (person?.email === email) throw invalid('email', 'errors.account.emailSame');
    const { id, token } = await issueToken(tx, scope, userId, 'change_email', now, email);
    await queueMail(tx, scope, {
      template: 'email-change', to: { email, userId }, locale: localeOfRow(person?.locale ?? ''), letterhead, effectKey: `email-change:${id}`,
      params: { name: person?.firstName ?? '', email, url: `${portalOrigin(scope.tenant, app)}${portalPaths.changeEmail(token)}`, minutes: tokenMinutes.change_email },
    });
  });
}

/**
 * Opens the link: the account now belongs to the new address, every other mailed link ends, and the old address hears of it. Throws INVALID `errors.link`,
 * CONFLICT when the address signs somebody else in by now.
 */
export async function confirmEmailChange(site: TenantScope, token: string, app: 'member' | 'admin', now: Date): Promise<void> {
  // a mailed link stands for its person, whom a visitor cannot see
  const scope = actAsTenant(site, 'accounts.confirmEmailChange');
  const letterhead = await letterheadOf(site, now);
  await withTenant(scope, async (tx) => {
    const { userId, email } = await redeemEmailChange(tx, scope, token, now);
    const [before] = await tx.select({ email: user.email, status: user.status }).from(user).where(byId(scope, userId)).for('no key update');
    // who was shut out in the meantime does not come back through an old mail
    if (before?.status !== 'active') throw new DomainError('INVALID', 'errors.link', { field: 'token' });
    const [other] = await tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.signInEmail, email), ne(user.id, userId)));
    if (other !== undefined) throw new DomainError('CONFLICT', 'errors.account.emailTaken');
    await tx.update(user).set({ email, signInEmail: email, emailVerifiedAt: now, updatedAt: now }).where(byId(scope, userId));
    await endLinks(tx, scope, userId, now);
    await tellPerson({ tx, scope }, letterhead, { userId, event: 'email_changed', app, now, ...(before.email === null ? {} : { email: before.email }) });
  });
}
