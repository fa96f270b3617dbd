import { newId, permissionsOf, systemPermissions, visitorPermissions, type Permission, type Role } from '@interdomestik/rules';
import { runtimePool } from './pools';
import { findTenant, type Tenant } from './directory';
import { readPlatformSession } from './platform-session';
import { readSession, type SecondFactorNeed } from './session';

declare const made: unique symbol;

/** How far a scope sees inside its tenant. The widest role of a person decides. */
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
  readonly permissions: ReadonlySet<Permission>;
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
  | { readonly kind: 'platform'; readonly sessionId: string };

const nobody = (kind: ActorKind, tenant: Tenant): ScopeActor => ({
  kind, id: null, firstName: '', lastName: '', email: null, locale: tenant.defaultLocale,
});

function make(parts: Omit<TenantScope, typeof made>): TenantScope {
  return Object.freeze(parts) as TenantScope;
}

/**
 * The only maker of a `TenantScope`. Null when there is no such tenant, no such living session, or the tenant is suspended:
 * callers answer all of these alike.
 *
 * A session row is read anew at every call, so a revoked session, a removed role or a disabled user acts at once.
 */
export async function resolveScope(source: ScopeSource, requestId: string = newId()): Promise<TenantScope | null> {
  switch (source.kind) {
    case 'visitor':
    case 'webhook':
    case 'job': {
      const tenant = await findTenant(source.kind === 'job' ? { id: source.tenantId } : { slug: source.slug });
      if (tenant === null || tenant.status !== 'active') return null;
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
  const open = (parts: Pick<TenantScope, 'reach' | 'roles' | 'permissions'>) => {
    if (row.needs === null) return { scope: make({ ...common, ...parts }), pending: null };
    return { scope: null, pending: { kind: 'tenant' as const, scope: make({ ...common, reach: self, roles: [], permissions: new Set() }), app: source.app, needs: row.needs } };
  };
  // a person who also works here is only a member in the member portal
  if (source.app === 'member') return open({ reach: self, roles: ['member'], permissions: permissionsOf(['member']) });
  const staff = row.roles.filter((grant) => grant.role !== 'member');
  const reach = staffReach(row.userId, staff);
  if (reach === null) return neither;
  const roles = [...new Set(staff.map((grant) => grant.role))];
  return open({ reach, roles, permissions: permissionsOf(roles) });
}

function staffReach(userId: string, grants: readonly { role: Role; branchId: string | null }[]): Reach | null {
  if (grants.some((grant) => grant.role === 'tenant_admin')) return { kind: 'tenant' };
  const manager = grants.find((grant) => grant.role === 'branch_manager' && grant.branchId !== null);
  if (manager?.branchId) return { kind: 'branch', branchId: manager.branchId };
  const seller = grants.find((grant) => (grant.role === 'agent' || grant.role === 'promoter') && grant.branchId !== null);
  if (seller?.branchId) return { kind: 'own', branchId: seller.branchId, agentId: userId };
  return null;
}

async function fromPlatformSession(sessionId: string, requestId: string): Promise<TenantScope | null> {
  const session = await readPlatformSession(sessionId);
  if (session === null || session.needs !== null || session.inside === null) return null;
  const tenant = await findTenant({ id: session.inside.tenantId });
  if (tenant === null || tenant.status !== 'active') return null;
  return make({
    tenant, tenantId: tenant.id, reach: { kind: 'tenant' },
    actor: { kind: 'platform', id: session.userId, firstName: session.name, lastName: '', email: session.email, locale: session.locale },
    roles: ['tenant_admin'], permissions: permissionsOf(['tenant_admin']), sessionId: null, verifiedAt: session.verifiedAt,
    entry: { id: session.inside.entryId, reason: session.inside.reason, expiresAt: session.inside.expiresAt }, requestId, action: 'request',
  });
}

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
