import type { PendingPlatform, PendingSession, PlatformScope, TenantScope } from '@interdomestik/db';
import type { Locale } from '@interdomestik/rules';

/** Who asks, from where. The apps make it from the request; nothing in it comes from an input. */
export interface Context {
  readonly app: 'member' | 'admin';
  /** The tenant of the host, as a visitor sees it; null on a host without a tenant. */
  readonly site: TenantScope | null;
  /** The signed-in person; null for visitors. Its tenant is the host's, or the one that a super admin is inside. */
  readonly scope: TenantScope | null;
  /** The super admin of this browser; null for everybody else. */
  readonly platform: PlatformScope | null;
  /** Somebody whose second factor is still to come; `scope` and `platform` are null then. */
  readonly pending: PendingSession | PendingPlatform | null;
  readonly locale: Locale;
  /** Scheme, host and port as the browser sees them, for links in mails. */
  readonly origin: string;
  /** Address of the browser, for limits; never stored in clear. */
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** The clock of this request. */
  readonly now: Date;
  /** What the sign-in's package does for us: hashing and counting. Never inside a transaction. */
  readonly passwords: {
    readonly hash: (password: string) => Promise<string>;
    /** False for a null hash as well, after the same time. */
    readonly verify: (hash: string | null, password: string) => Promise<boolean>;
    /** Ends what wrong passwords did to an account of a tenant, for whoever has proven at this address to own its mailbox. */
    readonly welcome: (tenantId: string, email: string, address: string) => Promise<void>;
  };
}
