import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimStatuses } from '../claims'
import { mkPack, packRule, xkPack } from '../country-packs'
import { membershipStatuses } from '../memberships'
import { optionalStates, stateFaults } from '.'

const claims = packRule(mkPack, 'workflows').claims
const without = (from: string, to: string) => ({ ...claims, transitions: claims.transitions.filter((step) => step.from !== from || step.to !== to) })

describe('faults of a workflow', () => {
  it.each([mkPack, xkPack])('the packs have none', (pack) => {
    const { claims: ofClaims, memberships } = packRule(pack, 'workflows')
    expect([...stateFaults(ofClaims), ...stateFaults(memberships)]).toEqual([])
  })

  it('names the state that nothing leads to any more', () => {
    expect([...stateFaults(without('negotiation', 'court'))]).toEqual([['court', 'unreachable']])
  })

  it('names the state that leads nowhere, also when it only leads round in a circle', () => {
    const stuck = { ...claims, transitions: claims.transitions.filter(({ from }) => from !== 'court') }
    expect([...stateFaults(stuck)]).toEqual([['court', 'noWayOut']])
    const circle = { states: ['a', 'b', 'c', 'd'], initial: 'a', closed: ['d'], transitions: [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'b' }, { from: 'a', to: 'd' }] }
    expect([...stateFaults(circle)]).toEqual([['b', 'noWayOut'], ['c', 'noWayOut']])
  })

  it('an unreachable state is no dead end besides, and a closed one ends by itself', () => {
    const lone = { states: ['a', 'b', 'c'], initial: 'a', closed: ['b'], transitions: [{ from: 'a', to: 'b' }] }
    expect([...stateFaults(lone)]).toEqual([['c', 'unreachable']])
  })

  it('one more step never makes a fault that was not there, except beyond what it opens', () => {
    const states = ['a', 'b', 'c', 'd', 'e']
    const step = fc.record({ from: fc.constantFrom(...states), to: fc.constantFrom(...states) })
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), step, (transitions, more) => {
      const flow = { states, initial: 'a', closed: ['e'], transitions }
      const before = stateFaults(flow)
      for (const [state, fault] of stateFaults({ ...flow, transitions: [...transitions, more] })) {
        expect(before.get(state) ?? 'sound').not.toBe('sound')
        if (fault === 'unreachable') expect(before.get(state)).toBe('unreachable')
      }
    }))
  })

  it('only states of the product can be left out', () => {
    for (const state of optionalStates.claims) expect(claimStatuses).toContain(state)
    for (const state of optionalStates.memberships) expect(membershipStatuses).toContain(state)
  })
})
