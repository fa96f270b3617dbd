import { resolvePlatformSession, resolveScope, resolveSession, type PendingPlatform, type PendingSession, type PlatformScope, type TenantScope } from '@interdomestik/db';
import { markPlatformSeen, markSeen } from './seen';
import { cookieNames, readCookie, type App } from './cookies';
import { hostOf } from './hosts';
import { openToken } from './token';

/** What of a request decides who it is. */
export interface Bearer {
  readonly host: string;
  readonly secure: boolean;
  readonly cookie: string;
  readonly requestId: string;
}

/** Who stands behind a request. */
export interface Identity {
  readonly host: 'tenant' | 'root' | 'closed' | 'unknown';
  readonly site: TenantScope | null;
  readonly scope: TenantScope | null;
  readonly platform: PlatformScope | null;
  /** Signed in by password alone, with the second factor still to come; such a browser is nobody for everything else. */
  readonly pending: PendingSession | PendingPlatform | null;
}

const nobody: Identity = { host: 'unknown', site: null, scope: null, platform: null, pending: null };

/**
 * Finds out who asks: the only way from a cookie to a scope, for every entry of both apps. The session row is read at each
 * call, so revoking, disabling and demoting act on the very next request.
 *
 * A session of one tenant is nobody on another tenant's host. Super admins work on the bare root domain of the admin portal alone.
 * Rejects when the database does not answer.
 */
export async function identify(bearer: Bearer, app: App): Promise<Identity> {
  const host = await hostOf(bearer.host);
  if (host.kind === 'unknown') return nobody;
  if (host.kind === 'closed') return { ...nobody, host: 'closed' };
  const value = readCookie(bearer.cookie, cookieNames(app, bearer.secure).session);
  const token = value === null ? null : await openToken(value);
  if (host.kind === 'root') {
    if (token === null || token.kind !== 'platform' || app !== 'admin') return { ...nobody, host: 'root' };
    const [{ platform, pending }, scope] = await Promise.all([resolvePlatformSession(token.sid, bearer.requestId), resolveScope({ kind: 'platform', sessionId: token.sid }, bearer.requestId)]);
    if (platform !== null) markPlatformSeen(platform);
    return { host: 'root', site: null, platform, pending, scope: platform === null ? null : scope };
  }
  const site = await resolveScope({ kind: 'visitor', slug: host.slug }, bearer.requestId);
  if (site === null) return nobody;
  const visitor: Identity = { host: 'tenant', site, scope: null, platform: null, pending: null };
  if (token === null || token.kind !== 'tenant' || token.tenantId !== site.tenantId) return visitor;
  const { scope, pending } = await resolveSession({ kind: 'session', tenantId: site.tenantId, sessionId: token.sid, app }, bearer.requestId);
  if (scope !== null) markSeen(scope);
  return { ...visitor, scope, pending };
}
