import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { parseRule } from '../rule-sets'
import { noticesDue } from '.'

const rule = parseRule('workflows', {
  ...packRule(mkPack, 'workflows'),
  stages: [{ state: 'evaluation', hours: 40, remindHoursBefore: [8, 2], escalations: [{ hoursAfter: 4, to: 'branch_manager' }, { hoursAfter: 8, to: 'tenant_admin' }, { hoursAfter: 16, to: 'tenant_admin' }] }],
})
const at = (text: string) => new Date(`2026-${text}:00Z`)
// Monday to Monday, ten o'clock on the clock of Skopje
const claim = { state: 'evaluation', since: at('11-23T09:00'), dueAt: at('11-30T09:00') }
const who = (now: string, told: string | null = null, state = claim.state) => noticesDue(rule, { ...claim, state, toldAt: told === null ? null : at(told) }, at(now)).map(({ to, at: moment, overdue }) => [to, moment.toISOString().slice(5, 16), overdue])

describe('who is told of a deadline', () => {
  it.each([
    ['nobody while there is time', '11-27T08:59', null, []],
    ['the handler, eight hours before', '11-27T09:00', null, [['handler', '11-27T09:00', false]]],
    ['nobody twice', '11-27T09:05', '11-27T09:00', []],
    ['the handler again, two hours before', '11-30T07:30', '11-27T09:01', [['handler', '11-30T07:00', false]]],
    ['the handler at the end', '11-30T09:00', '11-30T07:00', [['handler', '11-30T09:00', true]]],
    ['the manager four hours later', '11-30T13:00', '11-30T09:00', [['branch_manager', '11-30T13:00', true]]],
    ['the administrators after eight', '12-01T09:01', '11-30T13:00', [['tenant_admin', '12-01T09:00', true]]],
    ['the administrators once more after sixteen', '12-02T09:00', '12-01T09:05', [['tenant_admin', '12-02T09:00', true]]],
    ['nobody ever after', '12-31T09:00', '12-02T09:00', []],
  ] as const)('%s', (_, now, told, expected) => {
    expect(who(now, told)).toEqual(expected)
  })

  it('each recipient once after a pause, of the last moment that was missed', () => {
    expect(who('12-07T09:00')).toEqual([['handler', '11-30T09:00', true], ['branch_manager', '11-30T13:00', true], ['tenant_admin', '12-02T09:00', true]])
    expect(who('12-07T09:00', '11-30T10:00')).toEqual([['branch_manager', '11-30T13:00', true], ['tenant_admin', '12-02T09:00', true]])
    expect(who('11-30T08:00')).toEqual([['handler', '11-30T07:00', false]])
  })

  it('the handler at the end alone, in a state for which the rule says nothing more', () => {
    expect([who('11-30T08:59', null, 'submitted'), who('12-20T09:00', null, 'submitted')]).toEqual([[], [['handler', '11-30T09:00', true]]])
  })
})
