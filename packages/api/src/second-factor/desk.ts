import type { TenantScope, Tx } from '@interdomestik/db';
import { actAsTenant, withPlatform, withTenant } from '@interdomestik/db';
import type { Holder } from './holder';
import { platformDesk } from './platform-desk';
import { tenantDesk } from './tenant-desk';

/** An authenticator app that is set up. */
export interface Factor {
  /** Sealed. */
  readonly secret: string;
  readonly lastStep: number | null;
}

/** What is done to the second factor, the codes and the session of one person, in one transaction: the same in a tenant and outside all of them. */
export interface Desk {
  readonly passwordHash: () => Promise<string | null>;
  /** Holds a role of the staff, in whichever portal the person is now. */
  readonly worksHere: () => Promise<boolean>;
  readonly factor: () => Promise<Factor | null>;
  /** Sets a new secret up; the step of the first code counts as used. */
  readonly install: (secret: string, step: number) => Promise<void>;
  /** Takes the secret and all recovery codes away. */
  readonly remove: () => Promise<void>;
  /** Uses a step up; false when it or a later one was used before, also by a request of the same moment. */
  readonly useStep: (secret: string, step: number) => Promise<boolean>;
  /** Uses a recovery code up; false when there is no such unused one. */
  readonly useRecoveryCode: (hash: string, now: Date) => Promise<boolean>;
  readonly replaceRecoveryCodes: (hashes: readonly string[]) => Promise<void>;
  readonly recoveryCodesLeft: () => Promise<number>;
  /** The session has its second factor, and a fresh proof. */
  readonly openSession: (now: Date) => Promise<void>;
  /** The session has a fresh proof. */
  readonly refreshProof: (now: Date) => Promise<void>;
  readonly endOtherSessions: (now: Date) => Promise<void>;
  /** A line of the audit trail. */
  readonly note: (operation: string) => Promise<void>;
}

/** Runs `fn` in one transaction over the rows of that person. `tx` is null outside tenants. */
export async function atDesk<T>(holder: Holder, action: string, fn: (desk: Desk, tenant: { tx: Tx; scope: TenantScope } | null) => Promise<T>): Promise<T> {
  if (holder.kind === 'platform') return await withPlatform(holder.scope, action, (tx) => fn(platformDesk(tx, holder, action), null));
  // a pending session may see nothing: the tenant itself acts, for the session's own person alone
  const scope = actAsTenant(holder.scope, action);
  return await withTenant(scope, (tx) => fn(tenantDesk(tx, scope, holder), { tx, scope }));
}
