import * as z from 'zod'
import { forbidden } from '../errors'
import { rankOf } from './roles'
import type { Role, StaffRole } from './roles'
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

const platformOnly: readonly Permission[] = ['platform.tenants.read', 'platform.tenants.write', 'platform.enter']

function roleHolds(role: Role, permission: Permission): boolean {
  if (role === 'super_admin') return platformOnly.includes(permission) || roleHolds('tenant_admin', permission)
  return rowOf(permission).roles.includes(role)
}

/** Permissions that can be granted to one named user. */
export const grantablePermissions = permissions.filter((permission) => rowOf(permission).grantable === true)

/** What a person who is not signed in may do. */
export const visitorPermissions: ReadonlySet<Permission> = new Set(
  permissions.filter((permission) => rowOf(permission).visitor === true),
)

/** What jobs may do. */
export const systemPermissions: ReadonlySet<Permission> = new Set<Permission>(['system.run', 'public.read'])

/**
 * Everything that the roles hold, plus personal grants. A grant that is unknown or not grantable is ignored, so a
 * stale row in the database can never widen access.
 */
export function permissionsOf(held: readonly Role[], grants: readonly string[] = []): ReadonlySet<Permission> {
  const found = new Set(visitorPermissions)
  for (const permission of permissions) {
    if (held.some((role) => roleHolds(role, permission))) found.add(permission)
  }
  for (const grant of grants) {
    if (isPermission(grant) && grantablePermissions.includes(grant)) found.add(grant)
  }
  return found
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

/** Whether a person may pass a single permission on: it must be grantable and the person's own. */
export function canGrantPermission(held: ReadonlySet<Permission>, permission: Permission): boolean {
  return can(held, 'roles.grant') && held.has(permission) && grantablePermissions.includes(permission)
}
