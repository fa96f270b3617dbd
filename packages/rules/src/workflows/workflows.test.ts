import { describe, expect, it } from 'vitest'
import { countryPacks, packRule } from '../country-packs'
import { permissionsOf, systemPermissions } from '../permissions'
import { gates } from '../rule-sets'
import { assertTransition, isClosed, nextStates } from '.'
import type { GateFacts } from '.'

const [first] = countryPacks
if (first === undefined) throw new Error('no pack')
const { claims, memberships } = packRule(first, 'workflows')
const handler = permissionsOf(['branch_manager'])
const member = permissionsOf(['member'])
const every: GateFacts = Object.fromEntries(gates.map((gate) => [gate, true]))

/** The design's table of claim moves, written out once more. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  draft: ['submitted'],
  submitted: ['verification', 'evaluation', 'rejected'],
  verification: ['evaluation', 'submitted'],
  evaluation: ['negotiation', 'verification', 'rejected', 'resolved'],
  negotiation: ['court', 'evaluation', 'resolved', 'rejected'],
  court: ['negotiation', 'resolved', 'rejected'],
  resolved: ['evaluation', 'negotiation'],
  rejected: ['evaluation', 'submitted'],
}

describe('claims workflow', () => {
  it.each(claims.states)('leads from %s where the design says and nowhere else', (from) => {
    expect(nextStates(claims, from, every, handler).map(({ to }) => to).toSorted()).toEqual([...(allowed[from] ?? [])].toSorted())
    for (const to of claims.states) {
      const run = () => assertTransition(claims, from, to, every, new Set([...handler, ...member]))
      if (allowed[from]?.includes(to) === true) expect(run).not.toThrow()
      else expect(run).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: 'errors.transition.unknown' }))
    }
  })

  it.each([
    ['evaluation', 'negotiation', {}, 'signedAgreement'],
    ['evaluation', 'negotiation', { signedAgreement: true }, 'authorisedFee'],
    ['evaluation', 'negotiation', { signedAgreement: true, authorisedFee: true }, null],
    ['negotiation', 'court', { signedAgreement: true, authorisedFee: true }, 'legalCap'],
    ['negotiation', 'court', { signedAgreement: true, authorisedFee: true, legalCap: true }, null],
    ['court', 'negotiation', {}, 'signedAgreement'],
    ['resolved', 'negotiation', {}, 'signedAgreement'],
    ['evaluation', 'resolved', {}, 'feeOrNoFeeReason'],
    ['negotiation', 'resolved', { feeOrNoFeeReason: true }, null],
    ['submitted', 'rejected', { rejectReason: false }, 'rejectReason'],
    ['submitted', 'verification', {}, null],
  ] as const)('%s to %s with %j stops at %s', (from, to, facts, gate) => {
    const run = () => assertTransition(claims, from, to, facts, handler)
    if (gate === null) expect(run).not.toThrow()
    else expect(run).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: `errors.transition.gate.${gate}` }))
  })

  it('a member submits and decides nothing; an agent neither', () => {
    expect(() => assertTransition(claims, 'draft', 'submitted', {}, member)).not.toThrow()
    for (const { from, to } of claims.transitions.filter((move) => move.from !== 'draft')) {
      expect(() => assertTransition(claims, from, to, every, member)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
      expect(() => assertTransition(claims, from, to, every, permissionsOf(['agent', 'promoter']))).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
    }
    expect(() => assertTransition(claims, 'submitted', 'verification', {}, new Set([...permissionsOf(['agent']), 'claims.handle' as const]))).not.toThrow()
  })

  it('shows what stands in the way', () => {
    expect(nextStates(claims, 'draft', {}, new Set())).toEqual([{ to: 'submitted', allowed: false, lacksPermission: true, missingGates: [] }])
    expect(nextStates(claims, 'nowhere', every, handler)).toEqual([])
    expect([isClosed(claims, 'resolved'), isClosed(claims, 'court')]).toEqual([true, false])
  })
})

describe('memberships workflow', () => {
  it.each([
    ['pending', 'active', 'system', { paymentSucceeded: true }, true],
    ['pending', 'active', 'system', {}, false],
    ['pending', 'active', 'agent', { paymentSucceeded: true }, true],
    ['pending', 'active', 'member', { paymentSucceeded: true }, false],
    ['active', 'canceled', 'member', {}, true],
    ['active', 'canceled', 'promoter', {}, false],
    ['active', 'paused', 'branch_manager', {}, true],
    ['active', 'paused', 'member', {}, false],
    ['past_due', 'lapsed', 'system', { graceEnded: true }, true],
    ['past_due', 'lapsed', 'system', {}, false],
    ['lapsed', 'active', 'system', { paymentSucceeded: true }, true],
    ['expired', 'paused', 'tenant_admin', every, false],
  ] as const)('%s to %s by %s with %j: %s', (from, to, who, facts, expected) => {
    const held = who === 'system' ? systemPermissions : permissionsOf([who])
    const run = () => assertTransition(memberships, from, to, facts, held)
    if (expected) expect(run).not.toThrow()
    else expect(run).toThrow()
  })
})
