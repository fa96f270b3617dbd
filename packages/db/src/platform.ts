import { newId } from '@interdomestik/rules';
import { readPlatformSession, type PlatformSessionRow } from './platform-session';
import { platformPool } from './pools';
import { transact, type Tx } from './tenant';

declare const made: unique symbol;

/** The proof that a super admin acts, or that one is about to sign in. Only this file makes one. */
export interface PlatformScope {
  readonly [made]: true;
  readonly session: PlatformSessionRow | null;
  readonly requestId: string;
}

/** A super admin whose password was right and whose second factor is not given yet; for the use-cases that lead on to a session. */
export interface PendingPlatform {
  readonly kind: 'platform';
  readonly door: PlatformScope;
  readonly session: PlatformSessionRow;
  readonly needs: NonNullable<PlatformSessionRow['needs']>;
}

/** The scope of a living super-admin session, or what it is on the way to; neither when there is none. */
export async function resolvePlatformSession(
  sessionId: string, requestId: string = newId(),
): Promise<{ readonly platform: PlatformScope | null; readonly pending: PendingPlatform | null }> {
  const session = await readPlatformSession(sessionId);
  if (session === null) return { platform: null, pending: null };
  if (session.needs !== null) return { platform: null, pending: { kind: 'platform', door: platformDoor(requestId), session, needs: session.needs } };
  return { platform: Object.freeze({ session, requestId }) as PlatformScope, pending: null };
}

/** The scope of a super admin who is signed in; null for everybody else. */
export async function resolvePlatformScope(sessionId: string, requestId?: string): Promise<PlatformScope | null> {
  return (await resolvePlatformSession(sessionId, requestId)).platform;
}

/** The scope of nobody yet, for the sign-in form of the console alone. */
export function platformDoor(requestId: string = newId()): PlatformScope {
  return Object.freeze({ session: null, requestId }) as PlatformScope;
}

/**
 * Runs `fn` under the super admins' own database role. Without `tenantId` only the tables outside tenants can be seen; with it
 * also that one tenant's, under the same policies as everybody's. The paths that use this are a checked-in list (I-28).
 */
export async function withPlatform<T>(scope: PlatformScope, action: string, fn: (tx: Tx) => Promise<T>, options: { tenantId?: string } = {}): Promise<T> {
  const settings = {
    tenantId: options.tenantId ?? '',
    branch: options.tenantId === undefined ? 'none' : '*',
    actorKind: 'platform',
    actorId: scope.session?.userId ?? '',
    action,
    requestId: scope.requestId,
  };
  return await transact(platformPool(), settings, fn, options.tenantId ?? '');
}
