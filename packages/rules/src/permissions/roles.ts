import * as z from 'zod'

/** Widest first. Super admins live outside tenants; inside one they act with its admin's rights. */
export const roles = ['super_admin', 'tenant_admin', 'branch_manager', 'agent', 'promoter', 'member'] as const
export type Role = (typeof roles)[number]

/** Roles that a user of a tenant can hold. */
export const tenantRoles = ['tenant_admin', 'branch_manager', 'agent', 'promoter', 'member'] as const
export type TenantRole = (typeof tenantRoles)[number]
export const tenantRoleSchema = z.enum(tenantRoles)

/** Roles that staff are invited to. */
export const staffRoles = ['tenant_admin', 'branch_manager', 'agent', 'promoter'] as const
export type StaffRole = (typeof staffRoles)[number]
export const staffRoleSchema = z.enum(staffRoles)

/** Roles that make no sense without a branch. */
export const branchRoles = ['branch_manager', 'agent', 'promoter'] as const

export const reaches = ['tenant', 'branch', 'own', 'self', 'public'] as const
/** Which rows of a tenant a permission holds for. `own` is what the agent or promoter brought in. */
export type ReachKind = (typeof reaches)[number]

export const roleReach: Readonly<Record<Role, ReachKind>> = {
  super_admin: 'tenant',
  tenant_admin: 'tenant',
  branch_manager: 'branch',
  agent: 'own',
  promoter: 'own',
  member: 'self',
}

/** True when the role needs a branch. */
export function needsBranch(role: Role): boolean {
  return branchRoles.some((branchRole) => branchRole === role)
}

/** Position in `roles`: 0 is the widest. */
export function rankOf(role: Role): number {
  return roles.indexOf(role)
}

/** The rows that a person of these roles may see: the widest role decides, nobody's is public. */
export function reachOf(held: readonly Role[]): ReachKind {
  const widest = held.toSorted((a, b) => rankOf(a) - rankOf(b))[0]
  return widest === undefined ? 'public' : roleReach[widest]
}
