import * as z from 'zod'
import { forbidden } from '../errors'
import { rankOf, roleReach } from './roles'
import type { ReachKind, Role, StaffRole } from './roles'
import { permissionTable } from './table'
import type { Permission, PermissionRow } from './table'

/** Every permission, in the table's order. */
export const permissions = Object.keys(permissionTable).filter(isPermission)
export const permissionSchema = z.custom<Permission>(isPermission, { error: 'errors.choice' })

export function isPermission(value: unknown): value is Permission {
  return typeof value === 'string' && Object.hasOwn(permissionTable, value)
}

function rowOf(permission: Permission): PermissionRow {
  return permissionTable[permission]
}

const platformOnly: readonly Permission[] = ['platform.tenants.read', 'platform.tenants.write', 'platform.enter', 'platform.people']

function roleHolds(role: Role, permission: Permission): boolean {
  if (role === 'super_admin') return platformOnly.includes(permission) || roleHolds('tenant_admin', permission)
  return rowOf(permission).roles.includes(role)
}

/** How far a role reaches with a permission by itself; null when it does not hold it. */
export function reachWith(role: Role, permission: Permission): ReachKind | null {
  if (!roleHolds(role, permission)) return null
  const { visitor, self } = rowOf(permission)
  return visitor === true ? 'public' : self === true ? 'self' : roleReach[role]
}

/** Permissions that can be granted to one named person. */
export const grantablePermissions = permissions.filter((permission) => rowOf(permission).grantable !== undefined)

/** How far a grant of it can reach: one branch or everywhere, only the whole tenant, or null for what no grant gives. */
export function grantableIn(permission: Permission): 'branch' | 'tenant' | null {
  return rowOf(permission).grantable ?? null
}

/** A granted permission and what it brings along. */
export function withIncluded(permission: Permission): readonly Permission[] {
  return [permission, ...(rowOf(permission).includes ?? []).filter(isPermission)]
}

/** Whether what the permission allows needs a proof of the last ten minutes of who is at the screen. */
export function needsFreshProof(permission: Permission): boolean {
  return rowOf(permission).fresh === true
}

/** What a person who is not signed in may do. */
export const visitorPermissions: ReadonlySet<Permission> = new Set(
  permissions.filter((permission) => rowOf(permission).visitor === true),
)

/** What jobs may do. */
export const systemPermissions: ReadonlySet<Permission> = new Set<Permission>(['system.run', 'public.read'])

/** Everything that the roles hold by themselves. */
export function permissionsOf(held: readonly Role[]): ReadonlySet<Permission> {
  const found = new Set(visitorPermissions)
  for (const permission of permissions) {
    if (held.some((role) => roleHolds(role, permission))) found.add(permission)
  }
  return found
}

/** The same for each role alone, worked out once. */
export const permissionsByRole: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  super_admin: permissionsOf(['super_admin']),
  tenant_admin: permissionsOf(['tenant_admin']),
  branch_manager: permissionsOf(['branch_manager']),
  agent: permissionsOf(['agent']),
  promoter: permissionsOf(['promoter']),
  member: permissionsOf(['member']),
}

/** True when the set holds the permission. */
export function can(held: ReadonlySet<string>, permission: Permission): boolean {
  return held.has(permission)
}

/** Throws FORBIDDEN unless the set holds the permission. */
export function assertCan(held: ReadonlySet<string>, permission: Permission): void {
  if (!can(held, permission)) throw forbidden()
}

/**
 * Whether a person of these roles may give someone that role: needs `roles.grant` and never above the own rank.
 * Nobody inside a tenant makes a super admin.
 */
export function canGrant(actorRoles: readonly Role[], role: Role): boolean {
  if (role === 'super_admin' || !can(permissionsOf(actorRoles), 'roles.grant')) return false
  return actorRoles.some((own) => rankOf(own) <= rankOf(role))
}

/** Staff roles that a person of these roles may invite to. */
export function grantableRoles(actorRoles: readonly Role[], offered: readonly StaffRole[]): StaffRole[] {
  return offered.filter((role) => canGrant(actorRoles, role))
}

/** Whether a person of these roles may give a single permission on: grantable, and the roles' own. What was granted is not passed on. */
export function canGrantPermission(actorRoles: readonly Role[], permission: Permission): boolean {
  const held = permissionsOf(actorRoles)
  return can(held, 'roles.grant') && held.has(permission) && grantableIn(permission) !== null
}
