import {
  actingPost, covers, grantedReaches, newId, permissionsByRole, reachOfPost, systemPermissions, visitorPermissions, type Permission, type Post, type Role, type StaffReach,
} from '@interdomestik/rules';
import { runtimePool } from './pools';
import { findTenant, type Tenant } from './directory';
import { readPlatformSession } from './platform-session';
import { readSession, type SecondFactorNeed, type SessionRow } from './session';

declare const made: unique symbol;

/** How far a scope sees inside its tenant: as far as the role that the person works in, or as a grant for what is asked for. */
export type Reach =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'branch'; readonly branchId: string }
  | { readonly kind: 'own'; readonly branchId: string; readonly agentId: string }
  | { readonly kind: 'self'; readonly userId: string }
  | { readonly kind: 'public' };

export type ActorKind = 'user' | 'platform' | 'system' | 'visitor';

/** Who acts. Names and address are there for greeting and for receipts, never for deciding. */
export interface ScopeActor {
  readonly kind: ActorKind;
  readonly id: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly locale: string;
}

/** A staff role of the person and its row. */
export type HeldPost = Post & { readonly id: string };

/** All that a person holds, whatever is asked for just now. */
interface Held {
  /** The role's own. */
  readonly reach: Reach;
  readonly permissions: ReadonlySet<Permission>;
  /** What was granted beyond the role, with the reach that it holds with. */
  readonly grants: ReadonlyMap<Permission, Reach>;
}

/**
 * The proof that somebody may work inside one tenant. Only `resolveScope` makes one, from a row of the database, so a
 * tenant, a branch or an actor can never come from what a client sent.
 */
export interface TenantScope {
  readonly [made]: true;
  readonly tenant: Tenant;
  readonly tenantId: string;
  readonly reach: Reach;
  readonly actor: ScopeActor;
  readonly roles: readonly Role[];
  /** What holds for every row in `reach`: the one thing to ask when a use-case decides what else to show. */
  readonly permissions: ReadonlySet<Permission>;
  /** For `scopeFor`. */
  readonly held: Held;
  /** The staff role that the person works in; null in the member portal and for everybody who is no user. */
  readonly post: HeldPost | null;
  /** Every staff role of the person, oldest first. */
  readonly posts: readonly HeldPost[];
  /** Row of the signed-in browser; null for visitors, jobs and webhooks. */
  readonly sessionId: string | null;
  /** When the person last proved who it is, by password or code; null where nobody is signed in. */
  readonly verifiedAt: Date | null;
  /** Entry of a super admin who is inside; null otherwise. */
  readonly entry: { readonly id: string; readonly reason: string; readonly expiresAt: Date } | null;
  readonly requestId: string;
  /** Name of the use-case, for the audit log. */
  readonly action: string;
}

/**
 * Somebody whose password was right and whose second factor is not given yet. It opens nothing: its scope holds no permission and
 * sees the own rows alone, for the use-cases that lead from here to a session.
 */
export interface PendingSession {
  readonly kind: 'tenant';
  readonly scope: TenantScope;
  readonly app: 'member' | 'admin';
  readonly needs: SecondFactorNeed;
}

export type ScopeSource =
  | { readonly kind: 'session'; readonly tenantId: string; readonly sessionId: string; readonly app: 'member' | 'admin' }
  | { readonly kind: 'visitor'; readonly slug: string }
  | { readonly kind: 'webhook'; readonly slug: string }
  | { readonly kind: 'job'; readonly tenantId: string; readonly job: string }
  | { readonly kind: 'platform'; readonly sessionId: string }
  /** A super admin at the console who makes a tenant ready or counts in it, whatever its status. The paths that ask for it are a checked-in list (I-28). */
  | { readonly kind: 'console'; readonly tenantId: string; readonly sessionId: string };

const nobody = (kind: ActorKind, tenant: Tenant): ScopeActor => ({
  kind, id: null, firstName: '', lastName: '', email: null, locale: tenant.defaultLocale,
});

const noGrants: ReadonlyMap<Permission, Reach> = new Map();

type Extras = 'held' | 'post' | 'posts';

function make(parts: Omit<TenantScope, typeof made | Extras> & Partial<Pick<TenantScope, Extras>>): TenantScope {
  const { reach, permissions } = parts;
  return Object.freeze({ post: null, posts: [], ...parts, held: parts.held ?? { reach, permissions, grants: noGrants } }) as TenantScope;
}

/**
 * The only maker of a `TenantScope`. Null when there is no such tenant, no such living session, or the tenant is not active:
 * callers answer all of these alike. A webhook still finds a suspended tenant, so that no message about money is lost.
 *
 * A session row is read anew at every call, so a revoked session, a removed role or a disabled user acts at once.
 */
export async function resolveScope(source: ScopeSource, requestId: string = newId()): Promise<TenantScope | null> {
  switch (source.kind) {
    case 'visitor':
    case 'webhook':
    case 'job': {
      const tenant = await findTenant(source.kind === 'job' ? { id: source.tenantId } : { slug: source.slug });
      if (tenant === null || !(tenant.status === 'active' || (source.kind === 'webhook' && tenant.status === 'suspended'))) return null;
      const visitor = source.kind === 'visitor';
      return make({
        tenant, tenantId: tenant.id, reach: visitor ? { kind: 'public' } : { kind: 'tenant' },
        actor: nobody(visitor ? 'visitor' : 'system', tenant), roles: [], permissions: visitor ? visitorPermissions : systemPermissions,
        sessionId: null, verifiedAt: null, entry: null, requestId, action: source.kind === 'job' ? source.job : source.kind,
      });
    }
    case 'session':
      return (await resolveSession(source, requestId)).scope;
    case 'platform':
      return await fromPlatformSession(source.sessionId, requestId);
    case 'console':
      return await fromConsole(source, requestId);
  }
}

const neither = { scope: null, pending: null } as const;

/** The scope of a signed-in browser, or what it is on the way to; neither when there is no such living session. */
export async function resolveSession(
  source: Extract<ScopeSource, { kind: 'session' }>, requestId: string = newId(),
): Promise<{ readonly scope: TenantScope | null; readonly pending: PendingSession | null }> {
  const [tenant, row] = await Promise.all([
    findTenant({ id: source.tenantId }),
    readSession(runtimePool(), source.tenantId, source.sessionId, source.app),
  ]);
  if (tenant === null || tenant.status !== 'active' || row === null) return neither;
  const actor: ScopeActor = {
    kind: 'user', id: row.userId, firstName: row.firstName, lastName: row.lastName, email: row.email, locale: row.locale,
  };
  const common = { tenant, tenantId: tenant.id, actor, sessionId: source.sessionId, verifiedAt: row.verifiedAt, entry: null, requestId, action: 'request' };
  const self: Reach = { kind: 'self', userId: row.userId };
  const open = (parts: Pick<TenantScope, 'reach' | 'roles' | 'permissions'> & Partial<Pick<TenantScope, Extras>>) => {
    if (row.needs === null) return { scope: make({ ...common, ...parts }), pending: null };
    return { scope: null, pending: { kind: 'tenant' as const, scope: make({ ...common, reach: self, roles: [], permissions: new Set() }), app: source.app, needs: row.needs } };
  };
  if (source.app === 'member') {
    // somebody who works here and is no member has nothing in the member portal; somebody who is both is only a member there
    if (!row.roles.some(({ role }) => role === 'member')) return neither;
    return open({ reach: self, roles: ['member'], permissions: permissionsByRole.member });
  }
  const working = atWork(row);
  return working === null ? neither : open(working);
}

/** What a colleague holds in the role that is chosen, or else in the widest. Null without any. */
function atWork(row: SessionRow): (Pick<TenantScope, 'reach' | 'roles' | 'permissions'> & Pick<TenantScope, Extras>) | null {
  const posts = row.roles.flatMap(({ id, role, branchId }): HeldPost[] => (role === 'member' ? [] : [{ id, role, branchId }]));
  const post = actingPost(posts, row.actingRoleId);
  const staffReach = post === null ? null : reachOfPost(post);
  if (post === null || staffReach === null) return null;
  const reach = reachFrom(staffReach, row.userId);
  const byRole = permissionsByRole[post.role];
  const grants = row.grants.length === 0 ? noGrants : new Map([...grantedReaches(post, row.grants)].map(([permission, granted]) => [permission, reachFrom(granted, row.userId)]));
  // a grant reaches at least as far as the role it is added to
  const permissions = grants.size === 0 ? byRole : new Set([...byRole, ...grants.keys()]);
  return { reach, roles: [post.role], permissions, held: { reach, permissions: byRole, grants }, post, posts };
}

function reachFrom(reach: StaffReach, userId: string): Reach {
  return reach.kind === 'own' ? { ...reach, agentId: userId } : reach;
}

async function fromPlatformSession(sessionId: string, requestId: string): Promise<TenantScope | null> {
  const session = await readPlatformSession(sessionId);
  if (session === null || session.needs !== null || session.inside === null) return null;
  const tenant = await findTenant({ id: session.inside.tenantId });
  if (tenant === null || tenant.status !== 'active') return null;
  return make({
    tenant, tenantId: tenant.id, reach: { kind: 'tenant' },
    actor: { kind: 'platform', id: session.userId, firstName: session.name, lastName: '', email: session.email, locale: session.locale },
    roles: ['tenant_admin'], permissions: permissionsByRole.tenant_admin, sessionId: null, verifiedAt: session.verifiedAt,
    entry: { id: session.inside.entryId, reason: session.inside.reason, expiresAt: session.inside.expiresAt }, requestId, action: 'request',
  });
}

async function fromConsole(source: Extract<ScopeSource, { kind: 'console' }>, requestId: string): Promise<TenantScope | null> {
  const [session, tenant] = await Promise.all([readPlatformSession(source.sessionId), findTenant({ id: source.tenantId })]);
  if (session === null || session.needs !== null || tenant === null) return null;
  return make({
    tenant, tenantId: tenant.id, reach: { kind: 'tenant' },
    actor: { kind: 'platform', id: session.userId, firstName: session.name, lastName: '', email: session.email, locale: session.locale },
    roles: ['tenant_admin'], permissions: permissionsByRole.tenant_admin, sessionId: null, verifiedAt: session.verifiedAt, entry: null, requestId, action: 'console',
  });
}

/**
 * The scope in which the person may do what the permission names: as wide as the role, or as the grant of it. Its `permissions` are those
 * that hold for every row it sees, so nothing that was granted here shows there. Null without the permission. Every procedure begins with it.
 */
export function scopeFor(scope: TenantScope, permission: Permission): TenantScope | null {
  const { held } = scope;
  if (held.grants.size === 0) return held.permissions.has(permission) ? scope : null;
  const reach = held.grants.get(permission) ?? (held.permissions.has(permission) ? held.reach : null);
  if (reach === null) return null;
  const byRole = within(reach, held.reach) ? held.permissions : visitorPermissions;
  const permissions = new Set(byRole);
  for (const [granted, wide] of held.grants) if (within(reach, wide)) permissions.add(granted);
  return make({ ...scope, reach, permissions });
}

/** Only people at work hold grants, so every reach here is one of staff. */
const within = (inner: Reach, outer: Reach): boolean =>
  inner.kind !== 'self' && inner.kind !== 'public' && outer.kind !== 'self' && outer.kind !== 'public' && covers(outer, inner);

/** The same scope under the name of a use-case; this is what the audit log shows as the action. */
export function inAction(scope: TenantScope, action: string): TenantScope {
  return scope.action === action ? scope : make({ ...scope, action });
}

/**
 * The tenant itself acting for somebody who may not see the rows that the act needs: a visitor who joins, a member whose
 * payment is booked. Never wider than the tenant of the given scope, and named in the audit log.
 */
export function actAsTenant(scope: TenantScope, action: string): TenantScope {
  return make({ ...scope, reach: { kind: 'tenant' }, action });
}
