import type { PlatformScope, SecondFactorNeed, TenantScope } from '@interdomestik/db';
import { DomainError, proofMinutes, unauthenticated } from '@interdomestik/rules';
import type { Context } from '../context';

interface Common {
  readonly userId: string;
  readonly sessionId: string;
  /** What the session still waits for; null: it is open. */
  readonly needs: SecondFactorNeed | null;
  readonly verifiedAt: Date;
  readonly email: string | null;
  readonly firstName: string;
}

/** Somebody whose password was right: signed in, or on the way there. */
export type Holder = Common & ({ readonly kind: 'tenant'; readonly scope: TenantScope; readonly app: 'member' | 'admin' } | { readonly kind: 'platform'; readonly scope: PlatformScope });

/** The person behind a browser, from the session alone. Throws UNAUTHENTICATED for a visitor. */
export function holderOf({ scope, platform, pending, app }: Pick<Context, 'scope' | 'platform' | 'pending' | 'app'>): Holder {
  const console = platform?.session ?? (pending?.kind === 'platform' ? pending.session : null);
  if (console !== null) {
    const door = platform ?? (pending?.kind === 'platform' ? pending.door : null);
    if (door === null) throw unauthenticated();
    const { userId, sessionId, verifiedAt, email, name } = console;
    return { kind: 'platform', scope: door, userId, sessionId, verifiedAt, email, firstName: name, needs: platform === null ? console.needs : null };
  }
  const own = pending?.kind === 'tenant' ? pending.scope : scope;
  if (own === null || own.actor.kind !== 'user' || own.actor.id === null || own.sessionId === null || own.verifiedAt === null) throw unauthenticated();
  return {
    kind: 'tenant', scope: own, userId: own.actor.id, sessionId: own.sessionId, verifiedAt: own.verifiedAt, email: own.actor.email, firstName: own.actor.firstName,
    needs: pending?.kind === 'tenant' ? pending.needs : null, app,
  };
}

/** The word under which a holder's secrets are sealed, hashed and counted; a person of one realm is nobody in another. */
export const realmOf = (holder: Holder): string => (holder.kind === 'tenant' ? holder.scope.tenantId : 'platform');

/** Throws FORBIDDEN `errors.session.reauthenticate` unless the person proved within ten minutes who it is. */
export function assertFresh(verifiedAt: Date | null, now: Date): void {
  if (verifiedAt === null || now.getTime() - verifiedAt.getTime() > proofMinutes * 60_000) throw new DomainError('FORBIDDEN', 'errors.session.reauthenticate');
}
