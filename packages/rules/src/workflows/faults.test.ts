import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, packRule, xkPack } from '../country-packs'
import { stateFaults } from '.'

const claims = packRule(mkPack, 'workflows').claims
const without = (from: string, to: string) => ({ ...claims, transitions: claims.transitions.filter((step) => step.from !== from || step.to !== to) })

describe('faults of a workflow', () => {
  it.each([mkPack, xkPack])('the packs have none', (pack) => {
    const { claims: ofClaims, memberships } = packRule(pack, 'workflows')
    expect([...stateFaults(ofClaims), ...stateFaults(memberships)]).toEqual([])
  })

  it('names the state that nothing leads to any more', () => {
    expect([...stateFaults(without('negotiation', 'court'))]).toEqual([['court', ['unreachable']]])
  })

  it('names the state that leads nowhere, and those that only lead round in a circle', () => {
    const stuck = { ...claims, transitions: claims.transitions.filter(({ from }) => from !== 'court') }
    expect([...stateFaults(stuck)]).toEqual([['court', ['noWayOut']]])
    const circle = { states: ['a', 'b', 'c', 'd'], initial: 'a', closed: ['d'], transitions: [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'b' }, { from: 'a', to: 'd' }] }
    expect([...stateFaults(circle)]).toEqual([['b', ['noEnd']], ['c', ['noEnd']]])
  })

  it('tells both of a lone state, and nothing of a closed one that is come to', () => {
    const lone = { states: ['a', 'b', 'c'], initial: 'a', closed: ['b'], transitions: [{ from: 'a', to: 'b' }] }
    expect([...stateFaults(lone)]).toEqual([['c', ['unreachable', 'noWayOut']]])
  })

  it('one more step mends or opens, and makes no sound state faulty', () => {
    const states = ['a', 'b', 'c', 'd', 'e']
    const step = fc.record({ from: fc.constantFrom(...states), to: fc.constantFrom(...states) })
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), step, (transitions, more) => {
      const flow = { states, initial: 'a', closed: ['e'], transitions }
      const before = stateFaults(flow)
      for (const [state] of stateFaults({ ...flow, transitions: [...transitions, more] })) expect(before.has(state)).toBe(true)
    }))
  })
})
