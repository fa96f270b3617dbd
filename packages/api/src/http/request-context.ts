import type { PendingPlatform, PendingSession, PlatformScope, TenantScope } from '@interdomestik/db';
import { isLocale, locales, pickLocale, type Locale } from '@interdomestik/i18n';
import type { Context } from '../context';
import { languagesOf, type Languages } from '../settings/languages';
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

/** The person's own language, else the cookie's, else the browser's best of those that the tenant offers (English only by choice), else the tenant's. `languages`: null where there is no tenant. */
export function localeOf(asker: Pick<Asker, 'cookie' | 'acceptLanguage'>, identity: Identity, languages: Languages | null): Locale {
  const { pending } = identity;
  const entering = pending?.kind === 'tenant' ? pending.scope.actor.locale : pending?.session.locale;
  const own = identity.scope?.actor.locale ?? identity.platform?.session?.locale ?? entering;
  const offered = languages?.offered ?? locales;
  if (isLocale(own) && (offered.includes(own) || identity.platform !== null || pending?.kind === 'platform')) return own;
  const chosen = cookieOf(asker.cookie, localeCookie);
  if (isLocale(chosen) && offered.includes(chosen)) return chosen;
  if (languages === null) return pickLocale(asker.acceptLanguage, offered, 'en');
  // many browsers here were never set to their owner's language: English is for those who choose it
  return pickLocale(asker.acceptLanguage, offered.filter((locale) => locale !== 'en'), languages.default);
}

/** The context of every entry: the tRPC mounts, server components and plain routes. */
export async function contextOf(app: Context['app'], asker: Asker, identity: Identity, passwords: Context['passwords'], now: Date = new Date()): Promise<Context> {
  const { site, scope, platform, pending } = identity;
  const inside = scope ?? site;
  return {
    app, site, scope, platform, pending, passwords, now,
    locale: localeOf(asker, identity, inside === null ? null : await languagesOf(inside, now)),
    origin: asker.origin, ip: asker.ip, userAgent: asker.userAgent, requestId: asker.requestId,
  };
}
