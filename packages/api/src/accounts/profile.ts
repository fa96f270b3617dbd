import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import {
  forbidden, maskPersonalNumber, notFound, parseOrThrow, profileInputFor, type Currency, type Locale, type Permission, type ProfileInput, type Role,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, sessions, user } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { nameColumns } from '../members/search';
import { currencyOf } from '../site/service';
import { languagesOf } from '../settings/languages';
import { localeOfRow } from './new-member';

/** The person behind a scope. A super admin inside a tenant is no user of it and has nothing here. */
export function personOf(scope: TenantScope): string {
  if (scope.actor.kind !== 'user' || scope.actor.id === null) throw forbidden();
  return scope.actor.id;
}

/** The own row. Staff may work for another branch than their row says, so the tenant looks it up, by the session's person alone. */
const ownRow = (scope: TenantScope) => and(eq(user.tenantId, scope.tenantId), eq(user.id, personOf(scope)));

export interface Me {
  readonly kind: 'user' | 'platform';
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly locale: Locale;
  readonly roles: Role[];
  readonly permissions: Permission[];
  readonly reach: TenantScope['reach']['kind'] | 'platform';
  readonly branch: { id: string; name: string } | null;
  readonly tenant: { slug: string; name: string; countryCode: string; timeZone: string; currency: Currency; locales: string[] } | null;
  /** Set while a super admin is inside a tenant. */
  readonly entry: { reason: string; expiresAt: Date } | null;
  readonly memberNumber: string | null;
}

/** Who is signed in, and what that person may do here. */
export async function describeMe({ scope, platform, now }: Pick<Context, 'scope' | 'platform' | 'now'>): Promise<Me> {
  if (scope === null) {
    const session = platform?.session;
    if (session == null) throw forbidden();
    return {
      kind: 'platform', id: session.userId, firstName: session.name, lastName: '', email: session.email, emailVerified: true, locale: localeOfRow(session.locale),
      roles: ['super_admin'], permissions: ['platform.tenants.read', 'platform.tenants.write', 'platform.enter', 'platform.people'], reach: 'platform', branch: null, tenant: null, entry: null, memberNumber: null,
    };
  }
  const { actor, reach, tenant, entry } = scope;
  const languages = await languagesOf(scope, now);
  const inside = {
    id: actor.id ?? '', firstName: actor.firstName, lastName: actor.lastName, email: actor.email, locale: localeOfRow(actor.locale),
    roles: [...scope.roles], permissions: [...scope.permissions], reach: reach.kind,
    tenant: { slug: tenant.slug, name: tenant.name, countryCode: tenant.countryCode, timeZone: tenant.timeZone, currency: currencyOf(tenant), locales: [...languages.offered] },
    entry: entry === null ? null : { reason: entry.reason, expiresAt: entry.expiresAt },
  };
  if (actor.kind !== 'user') return { ...inside, kind: 'platform', emailVerified: true, branch: null, memberNumber: null };
  const branchId = reach.kind === 'branch' || reach.kind === 'own' ? reach.branchId : null;
  const [row] = await readTenant(actAsTenant(scope, 'accounts.me'), (tx) =>
    tx.select({ memberNumber: user.memberNumber, verifiedAt: user.emailVerifiedAt, branchId: branches.id, branchName: branches.name }).from(user)
      .leftJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, branchId ?? user.branchId)))
      .where(ownRow(scope)));
  if (row === undefined) throw notFound();
  const branch = row.branchId === null || row.branchName === null ? null : { id: row.branchId, name: row.branchName };
  return { ...inside, kind: 'user', emailVerified: row.verifiedAt !== null, branch, memberNumber: row.memberNumber };
}

/** The own contact data, for the profile form. */
export async function readProfile(scope: TenantScope) {
  const [row] = await readTenant(actAsTenant(scope, 'accounts.profile'), (tx) =>
    tx.select({
      firstName: user.firstName, lastName: user.lastName, email: user.email, verifiedAt: user.emailVerifiedAt, phone: user.phone, personalNumber: user.personalNumber,
      birthDate: user.birthDate, address: user.address, city: user.city, locale: user.locale, memberNumber: user.memberNumber,
    }).from(user).where(ownRow(scope)));
  if (row === undefined) throw notFound();
  const { verifiedAt, personalNumber, locale, ...rest } = row;
  return { ...rest, locale: localeOfRow(locale), emailVerified: verifiedAt !== null, personalNumberMasked: personalNumber === null ? null : maskPersonalNumber(personalNumber) };
}

/** Changes the own contact data. Throws INVALID with the field. */
export async function updateProfile(scope: TenantScope, raw: ProfileInput, now: Date): Promise<void> {
  const input = parseOrThrow(profileInputFor(scope.tenant.country), raw);
  await withTenant(actAsTenant(scope, 'accounts.updateProfile'), async (tx) => {
    await tx.update(user)
      .set({
        ...nameColumns(input.firstName, input.lastName), phone: input.phone, address: input.address ?? null, city: input.city ?? null, locale: input.locale, updatedAt: now,
      })
      .where(ownRow(scope));
  });
}

/** Changes the language of the own account. */
export async function changeLocale(scope: TenantScope, locale: Locale, now: Date): Promise<void> {
  await withTenant(actAsTenant(scope, 'accounts.changeLocale'), async (tx) => {
    await tx.update(user).set({ locale, updatedAt: now }).where(ownRow(scope));
  });
}

const living = (scope: TenantScope, now: Date) =>
  and(eq(sessions.tenantId, scope.tenantId), eq(sessions.userId, personOf(scope)), isNull(sessions.revokedAt), gt(sessions.expiresAt, now));

/** The browsers that are signed in as this person, the present one first. */
export async function listSessions(scope: TenantScope, now: Date) {
  const rows = await readTenant(inAction(scope, 'accounts.sessions'), (tx) =>
    tx.select({ id: sessions.id, app: sessions.app, userAgent: sessions.userAgent, lastSeenAt: sessions.lastSeenAt, createdAt: sessions.createdAt }).from(sessions)
      .where(living(scope, now)).orderBy(desc(sessions.lastSeenAt)).limit(50));
  const all = rows.map((row) => ({ ...row, app: row.app === 'admin' ? ('admin' as const) : ('member' as const), current: row.id === scope.sessionId }));
  return [...all.filter(({ current }) => current), ...all.filter(({ current }) => !current)];
}

/** Signs one browser of this person out, or all others when no id is given. Throws NOT_FOUND for anybody else's. */
export async function endSessions(scope: TenantScope, id: string | undefined, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'accounts.endSession'), async (tx) => {
    const which = id === undefined ? ne(sessions.id, scope.sessionId ?? '') : eq(sessions.id, id);
    const ended = await tx.update(sessions).set({ revokedAt: now }).where(and(living(scope, now), which)).returning({ id: sessions.id });
    if (id !== undefined && ended.length === 0) throw notFound();
  });
}
