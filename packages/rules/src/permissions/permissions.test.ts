import { describe, expect, it } from 'vitest'
import {
  assertCan, can, canGrant, canGrantPermission, grantablePermissions, grantableRoles, permissionTable, permissions,
  needsFreshProof, permissionsOf, reachOf, reachWith, roles, staffRoles, systemPermissions, tenantRoles, visitorPermissions,
} from '.'
import type { Permission, Role } from '.'

describe('permission table', () => {
  it.each<[Role, Permission, ReturnType<typeof reachWith>]>([
    ['tenant_admin', 'claims.handle', 'tenant'], ['branch_manager', 'claims.handle', 'branch'], ['agent', 'claims.stage', 'own'], ['agent', 'claims.handle', null],
    ['tenant_admin', 'self.write', 'self'], ['member', 'claims.read', 'self'], ['promoter', 'public.read', 'public'], ['super_admin', 'platform.enter', 'tenant'], ['tenant_admin', 'platform.enter', null],
  ])('%s reaches with %s: %s', (role, permission, reach) => {
    expect(reachWith(role, permission)).toBe(reach)
    expect(reach !== null).toBe(can(permissionsOf([role]), permission))
  })

  it('says in words what each permission allows', () => {
    for (const permission of permissions) expect(permissionTable[permission].text.length).toBeGreaterThan(15)
  })

  it.each<[Role, readonly Permission[], readonly Permission[]]>([
    ['tenant_admin', ['settings.write', 'audit.read', 'ledger.read', 'claims.handle', 'branches.write', 'exports.run'], ['platform.enter', 'system.run']],
    ['branch_manager', ['members.read', 'cash.verify', 'claims.handle', 'staff.invite', 'reports.read'], ['settings.read', 'settings.write', 'ledger.read', 'audit.read', 'branches.write', 'payments.refund']],
    ['agent', ['members.enrol', 'claims.stage', 'cash.collect', 'commissions.read', 'leads.write'], ['claims.read', 'claims.handle', 'documents.read', 'members.write', 'cash.verify', 'staff.invite', 'roles.grant']],
    ['promoter', ['referrals.read', 'leads.read', 'commissions.read'], ['members.read', 'memberships.read', 'payments.read', 'claims.stage', 'claims.read', 'invoices.read', 'cash.collect', 'documents.read']],
    ['member', ['self.write', 'claims.submit', 'documents.read', 'invoices.read', 'payments.read'], ['members.read', 'dashboard.read', 'leads.read', 'claims.stage', 'cash.collect', 'commissions.read']],
  ])('%s has its own and not more', (role, has, lacks) => {
    const held = permissionsOf([role])
    for (const permission of has) expect([permission, can(held, permission)]).toEqual([permission, true])
    for (const permission of lacks) expect([permission, can(held, permission)]).toEqual([permission, false])
  })

  it('a super admin has the tenant admin’s rights and the platform’s', () => {
    const held = permissionsOf(['super_admin'])
    for (const permission of permissionsOf(['tenant_admin'])) expect(held.has(permission)).toBe(true)
    expect(held.has('platform.enter')).toBe(true)
    expect(held.has('system.run')).toBe(false)
  })

  it('S-07 asks for a fresh proof before an export and whatever decides where money goes', () => {
    expect(permissions.filter(needsFreshProof)).toEqual(['cash.writeOff', 'commissions.approve', 'settings.write', 'ledger.close', 'exports.run'])
  })

  it('nobody in a tenant holds platform or system permissions', () => {
    for (const role of tenantRoles) {
      for (const permission of permissionsOf([role])) {
        expect(permission).not.toMatch(/^(?:platform|system)\./u)
      }
    }
  })

  it('a visitor reads and joins, nothing else', () => {
    expect([...visitorPermissions]).toEqual(['public.read', 'public.join'])
    expect(permissionsOf([])).toEqual(visitorPermissions)
    expect([...systemPermissions]).toContain('system.run')
  })
})

describe('grants', () => {
  it.each<[readonly Role[], Role, boolean]>([
    [['tenant_admin'], 'tenant_admin', true],
    [['tenant_admin'], 'agent', true],
    [['tenant_admin'], 'super_admin', false],
    [['super_admin'], 'super_admin', false],
    [['super_admin'], 'tenant_admin', true],
    [['branch_manager'], 'tenant_admin', false],
    [['branch_manager'], 'branch_manager', true],
    [['branch_manager'], 'promoter', true],
    [['agent'], 'promoter', false],
    [['agent', 'member'], 'member', false],
    [['promoter'], 'member', false],
    [['member'], 'member', false],
    [[], 'member', false],
  ])('%j may give %s: %s', (actor, role, expected) => {
    expect(canGrant(actor, role)).toBe(expected)
  })

  it('never gives what is above the own rank, for every pair', () => {
    for (const own of roles) {
      for (const role of roles) {
        if (canGrant([own], role)) expect(roles.indexOf(own)).toBeLessThanOrEqual(roles.indexOf(role))
      }
    }
  })

  it('gives on only what the own role holds and a grant can give', () => {
    expect([
      canGrantPermission(['branch_manager'], 'claims.handle'),
      canGrantPermission(['branch_manager'], 'ledger.read'),
      canGrantPermission(['branch_manager'], 'dashboard.read'),
      canGrantPermission(['tenant_admin'], 'ledger.read'),
      canGrantPermission(['tenant_admin'], 'settings.write'),
      canGrantPermission(['agent'], 'claims.handle'),
    ]).toEqual([true, false, false, true, false, false])
    expect(grantablePermissions).not.toContain('settings.write')
    expect(grantableRoles(['branch_manager'], staffRoles)).toEqual(['branch_manager', 'agent', 'promoter'])
  })

  it('asserts', () => {
    expect(() => assertCan(visitorPermissions, 'audit.read')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
    expect(() => assertCan(visitorPermissions, 'public.read')).not.toThrow()
  })
})

describe('reach', () => {
  it.each<[readonly Role[], string]>([
    [['member'], 'self'],
    [['member', 'agent'], 'own'],
    [['promoter'], 'own'],
    [['agent', 'branch_manager'], 'branch'],
    [['branch_manager', 'tenant_admin'], 'tenant'],
    [['super_admin'], 'tenant'],
    [[], 'public'],
  ])('of %j is %s', (held, reach) => {
    expect(reachOf(held)).toBe(reach)
  })
})
