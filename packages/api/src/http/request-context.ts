import type { PendingPlatform, PendingSession, PlatformScope, TenantScope } from '@interdomestik/db';
import { isLocale, pickLocale, type Locale } from '@interdomestik/i18n';
import type { Context } from '../context';
import { cookieOf, type Asker } from './asker';

/** Who stands behind a request, as `@interdomestik/auth` found out. */
export interface Identity {
  /** `unknown` is no host of ours: nothing may be answered but a plain 404. `closed`: of a tenant that is suspended. */
  readonly host: 'tenant' | 'root' | 'closed' | 'unknown';
  readonly site: TenantScope | null;
  readonly scope: TenantScope | null;
  readonly platform: PlatformScope | null;
  readonly pending: PendingSession | PendingPlatform | null;
}

/** Finds out who asks. Reads the session row at every call, so that a revoked session ends at once. */
export type Identify = (asker: Asker, app: Context['app']) => Promise<Identity>;

/** Cookie that remembers a visitor's language. */
export const localeCookie = 'idm-locale';

/** The person's own language, else the cookie's, else the browser's best of those offered (English only by choice), else the tenant's. */
export function localeOf(asker: Pick<Asker, 'cookie' | 'acceptLanguage'>, identity: Identity): Locale {
  const { pending } = identity;
  const entering = pending?.kind === 'tenant' ? pending.scope.actor.locale : pending?.session.locale;
  const own = identity.scope?.actor.locale ?? identity.platform?.session?.locale ?? entering;
  const tenant = identity.scope?.tenant ?? identity.site?.tenant ?? null;
  const offered = (tenant?.locales ?? ['mk', 'sq', 'sr', 'en']).filter(isLocale);
  if (isLocale(own) && (offered.includes(own) || identity.platform !== null || pending?.kind === 'platform')) return own;
  const chosen = cookieOf(asker.cookie, localeCookie);
  if (isLocale(chosen) && offered.includes(chosen)) return chosen;
  if (tenant === null || !isLocale(tenant.defaultLocale)) return pickLocale(asker.acceptLanguage, offered, 'en');
  // many browsers here were never set to their owner's language: English is for those who choose it
  return pickLocale(asker.acceptLanguage, offered.filter((locale) => locale !== 'en'), tenant.defaultLocale);
}

/** The context of every entry: the tRPC mounts, server components and plain routes. */
export function contextOf(app: Context['app'], asker: Asker, identity: Identity, passwords: Context['passwords'], now: Date = new Date()): Context {
  const { site, scope, platform, pending } = identity;
  return {
    app, site, scope, platform, pending, passwords, now,
    locale: localeOf(asker, identity),
    origin: asker.origin, ip: asker.ip, userAgent: asker.userAgent, requestId: asker.requestId,
  };
}
