import { grantableIn, isPermission, permissionsByRole, withIncluded } from './permissions'
import { needsBranch, rankOf, roleReach } from './roles'
import type { StaffRole } from './roles'
import type { Permission } from './table'

/** A staff role of a person and where it is held. A person may have several posts and works in one at a time. */
export interface Post {
  readonly role: StaffRole
  /** Null: the whole tenant. */
  readonly branchId: string | null
}

/** A permission that a person was given beyond the roles. It comes from a row, so nothing about it is taken on trust. */
export interface PermissionGrant {
  readonly permission: string
  /** Null: the whole tenant. */
  readonly branchId: string | null
}

/** Which rows of a tenant something holds for; `own` is what the seller brought into the branch. */
export type StaffReach =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'branch'; readonly branchId: string }
  | { readonly kind: 'own'; readonly branchId: string }

/** How far a post sees; null for a branch role without a branch, which reaches nothing. */
export function reachOfPost(post: Post): StaffReach | null {
  const kind = roleReach[post.role]
  if (kind === 'tenant') return { kind }
  if (post.branchId === null) return null
  return { kind: kind === 'branch' ? 'branch' : 'own', branchId: post.branchId }
}

/** True when everything that `inner` reaches is reached by `outer` as well. */
export function covers(outer: StaffReach, inner: StaffReach): boolean {
  if (outer.kind === 'tenant') return true
  if (inner.kind === 'tenant' || outer.branchId !== inner.branchId) return false
  return outer.kind === 'branch' || inner.kind === 'own'
}

/** The post that a person works in: the chosen one, else the widest; of equals the first. Null when no post reaches anything. */
export function actingPost<P extends Post & { readonly id: string }>(posts: readonly P[], chosenId: string | null): P | null {
  const working = posts.filter((post) => reachOfPost(post) !== null)
  const widest = working.toSorted((a, b) => rankOf(a.role) - rankOf(b.role))[0]
  return working.find(({ id }) => id === chosenId) ?? widest ?? null
}

/**
 * What grants add to a post: each permission with the reach that it holds with instead of the role's. A grant counts in the branch where the
 * person works, or in the whole tenant; one for another branch sleeps until the person works there, so a reach is never a patchwork. Whatever is
 * unknown, not grantable, granted more narrowly than it can be, or no wider than the role, adds nothing. A promoter sees no member's data
 * whatever was granted.
 */
export function grantedReaches(post: Post, grants: readonly PermissionGrant[]): ReadonlyMap<Permission, StaffReach> {
  const found = new Map<Permission, StaffReach>()
  const own = reachOfPost(post)
  if (own === null || post.role === 'promoter') return found
  const byRole = permissionsByRole[post.role]
  for (const { permission, branchId } of grants) {
    if (!isPermission(permission)) continue
    const where = grantableIn(permission)
    if (where === null || (branchId === null ? false : where === 'tenant' || branchId !== post.branchId)) continue
    const reach: StaffReach = branchId === null ? { kind: 'tenant' } : { kind: 'branch', branchId }
    for (const given of withIncluded(permission)) {
      const before = found.get(given) ?? (byRole.has(given) ? own : undefined)
      if (before === undefined || !covers(before, reach)) found.set(given, reach)
    }
  }
  return found
}

/** Whether a grant would add anything to one of the posts, now or when the person works there. */
export function addsToPosts(posts: readonly Post[], grants: readonly PermissionGrant[], grant: PermissionGrant & { readonly permission: Permission }): boolean {
  return posts.some((post) => {
    const before = grantedReaches(post, grants).get(grant.permission)
    const after = grantedReaches(post, [...grants, grant]).get(grant.permission)
    return after !== undefined && (before === undefined || !covers(before, after))
  })
}

/** True when role and branch fit together. */
export function isPost(role: StaffRole, branchId: string | null): boolean {
  return needsBranch(role) === (branchId !== null)
}
