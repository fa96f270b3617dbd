import { describe, expect, it } from 'vitest'
import { actingPost, addsToPosts, covers, grantableIn, grantablePermissions, grantedReaches, isPermission, permissions, permissionTable, reachOfPost, withIncluded } from '.'
import type { PermissionGrant, Post, StaffReach } from '.'

const here = '0190a5b0-1111-7222-8333-444455556666'
const there = '0190a5b0-1111-7222-8333-444455557777'
const admin: Post = { role: 'tenant_admin', branchId: null }
const manager: Post = { role: 'branch_manager', branchId: here }
const agent: Post = { role: 'agent', branchId: here }
const promoter: Post = { role: 'promoter', branchId: here }
const inHere: StaffReach = { kind: 'branch', branchId: here }
const grant = (permission: string, branchId: string | null): PermissionGrant => ({ permission, branchId })
const added = (post: Post, ...grants: PermissionGrant[]) => Object.fromEntries(grantedReaches(post, grants))

describe('the grantable rows', () => {
  it('include only what exists, and nothing that no grant could give nor a seller holds', () => {
    for (const permission of permissions) {
      for (const included of permissionTable[permission].includes ?? []) expect([permission, included, isPermission(included)]).toEqual([permission, included, true])
      if (grantableIn(permission) === null) expect(permissionTable[permission].includes).toBeUndefined()
    }
    expect(withIncluded('claims.handle')).toEqual(['claims.handle', 'claims.read', 'claims.stage', 'documents.read'])
    expect(withIncluded('reports.read')).toEqual(['reports.read'])
  })

  it('are only for the whole tenant where nothing of them lies in a branch', () => {
    expect(grantablePermissions.filter((permission) => grantableIn(permission) === 'tenant')).toEqual(['bank.reconcile', 'settings.read', 'audit.read', 'ledger.read', 'webhooks.read', 'imports.run'])
  })
})

describe('posts', () => {
  it('reach what their role says, and nothing without the branch they need', () => {
    expect([reachOfPost(admin), reachOfPost(manager), reachOfPost(agent), reachOfPost({ role: 'agent', branchId: null })]).toEqual([{ kind: 'tenant' }, inHere, { kind: 'own', branchId: here }, null])
  })

  it('act one at a time: the chosen one, else the widest, of equals the first', () => {
    const posts = [{ id: '1', ...agent }, { id: '2', ...manager, branchId: there }, { id: '3', ...manager }]
    expect([actingPost(posts, null)?.id, actingPost(posts, '1')?.id, actingPost(posts, 'gone')?.id]).toEqual(['2', '1', '2'])
    expect(actingPost([], null)).toBeNull()
    expect(actingPost([{ id: '1', role: 'branch_manager', branchId: null }], '1')).toBeNull()
  })

  it.each<[StaffReach, StaffReach, boolean]>([
    [{ kind: 'tenant' }, inHere, true],
    [inHere, { kind: 'tenant' }, false],
    [inHere, { kind: 'own', branchId: here }, true],
    [inHere, { kind: 'own', branchId: there }, false],
    [{ kind: 'own', branchId: here }, inHere, false],
    [{ kind: 'own', branchId: here }, { kind: 'own', branchId: here }, true],
  ])('%j covers %j: %s', (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected)
  })
})

describe('grants', () => {
  it('I-29 hold in the branch where the person works, and never in another', () => {
    expect(added(agent, grant('claims.handle', here))).toEqual({ 'claims.handle': inHere, 'claims.read': inHere, 'claims.stage': inHere, 'documents.read': inHere })
    expect(added(agent, grant('claims.handle', there))).toEqual({})
    expect(added(manager, grant('payments.refund', here))).toEqual({ 'payments.refund': inHere })
  })

  it('reach the whole tenant without a branch, whatever else was granted', () => {
    const tenant = { kind: 'tenant' }
    expect(added(manager, grant('claims.handle', null))).toEqual({ 'claims.handle': tenant, 'claims.read': tenant, 'claims.stage': tenant, 'documents.read': tenant })
    expect(added(agent, grant('reports.read', here), grant('reports.read', null), grant('reports.read', here))).toEqual({ 'reports.read': tenant })
  })

  it.each(['settings.write', 'roles.grant', 'platform.enter', 'system.run', 'self.write', 'no.such', '__proto__', 'toString', 'constructor'])('I-19 a stale row of %s adds nothing', (permission) => {
    for (const branchId of [null, here]) expect(added(agent, grant(permission, branchId))).toEqual({})
  })

  it('of a permission of the whole tenant add nothing in a branch', () => {
    expect(added(manager, grant('audit.read', here))).toEqual({})
    expect(added(manager, grant('audit.read', null))).toEqual({ 'audit.read': { kind: 'tenant' } })
  })

  it('add nothing to who has it already, and nothing to a promoter', () => {
    expect([added(manager, grant('cash.verify', here)), added(admin, grant('cash.verify', null)), added(promoter, grant('members.write', null)), added({ role: 'agent', branchId: null }, grant('cash.verify', null))]).toEqual([{}, {}, {}, {}])
  })

  it('are worth giving only when they add something to a post', () => {
    expect([
      addsToPosts([agent], [], { permission: 'claims.handle', branchId: here }),
      addsToPosts([agent], [], { permission: 'claims.handle', branchId: there }),
      addsToPosts([agent, { role: 'agent', branchId: there }], [], { permission: 'claims.handle', branchId: there }),
      addsToPosts([agent], [grant('claims.handle', null)], { permission: 'claims.handle', branchId: here }),
      addsToPosts([agent], [grant('claims.handle', here)], { permission: 'claims.handle', branchId: null }),
      addsToPosts([promoter], [], { permission: 'claims.handle', branchId: null }),
      addsToPosts([manager], [], { permission: 'claims.handle', branchId: here }),
    ]).toEqual([true, false, true, false, true, false, false])
  })
})
