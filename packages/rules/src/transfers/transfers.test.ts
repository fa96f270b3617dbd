import { describe, expect, it } from 'vitest'
import { approveTransferInput, assertMayDecide, assertStillThere, isDecidedAs, mayDecide, mayWithdraw, rejectTransferInput, settlesAtOnce, transferInput } from '.'
import type { TransferParty } from '.'

const tenant: TransferParty['reach'] = { kind: 'tenant' }
const branch = (branchId: string): TransferParty['reach'] => ({ kind: 'branch', branchId })
const own = (branchId: string): TransferParty['reach'] => ({ kind: 'own', branchId })
const across = { fromBranchId: 'a', toBranchId: 'b', requestedBy: 'asker' }
const inside = { fromBranchId: 'a', toBranchId: 'a', requestedBy: 'asker' }

describe('transfers', () => {
  it.each<[string, TransferParty['reach'], typeof across, { atOnce: boolean; decides: boolean; withdraws: boolean }]>([
    ['the admin', tenant, across, { atOnce: true, decides: true, withdraws: true }],
    ['the manager who gives', branch('a'), across, { atOnce: false, decides: false, withdraws: true }],
    ['the manager who receives', branch('b'), across, { atOnce: false, decides: true, withdraws: false }],
    ['a manager of neither', branch('c'), across, { atOnce: false, decides: false, withdraws: false }],
    ['an agent of the giving branch', own('a'), across, { atOnce: false, decides: false, withdraws: false }],
    ['an agent of the receiving branch', own('b'), across, { atOnce: false, decides: false, withdraws: false }],
    ['the manager inside the branch', branch('a'), inside, { atOnce: true, decides: true, withdraws: true }],
    ['an agent inside the branch', own('a'), inside, { atOnce: false, decides: false, withdraws: false }],
  ])('%s', (_, reach, transfer, expected) => {
    const party = { reach, userId: 'somebody' }
    expect({ atOnce: settlesAtOnce(party, transfer), decides: mayDecide(party, transfer), withdraws: mayWithdraw(party, transfer) }).toEqual(expected)
  })

  it('nobody but an admin decides the own request, and whoever asked may take it back', () => {
    const asker = { reach: branch('b'), userId: 'asker' }
    expect(() => assertMayDecide(asker, across)).toThrow(expect.objectContaining({ code: 'FORBIDDEN', messageKey: 'errors.transfer.ownRequest' }))
    expect(mayDecide({ reach: tenant, userId: 'asker' }, across)).toBe(true)
    expect([mayWithdraw({ reach: own('a'), userId: 'asker' }, across), mayWithdraw({ reach: own('a'), userId: null }, { ...across, requestedBy: null })]).toEqual([true, false])
  })

  it('is stale when the member has moved or changed agents meanwhile', () => {
    const asked = { fromBranchId: 'a', fromAgentId: null }
    expect(() => assertStillThere({ branchId: 'a', agentId: null }, asked)).not.toThrow()
    for (const place of [{ branchId: 'b', agentId: null }, { branchId: 'a', agentId: 'x' }, { branchId: null, agentId: null }]) {
      expect(() => assertStillThere(place, asked)).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: 'errors.transfer.stale' }))
    }
  })

  it('is decided once: the same again does nothing, another decision is refused', () => {
    expect([isDecidedAs('requested', 'approved'), isDecidedAs('approved', 'approved')]).toEqual([false, true])
    expect(() => isDecidedAs('withdrawn', 'approved')).toThrow(expect.objectContaining({ messageKey: 'errors.transfer.decided' }))
  })

  it('wants a reason in words', () => {
    const id = '0190a5b0-1111-7222-8333-444455556666'
    const input = { memberId: id, toBranchId: id, toAgentId: null, reason: '  Moved to Tetovo ' }
    expect(transferInput.parse(input).reason).toBe('Moved to Tetovo')
    for (const wrong of [{ ...input, reason: '    ' }, { ...input, memberId: 'x' }, { ...input, toAgentId: undefined }]) expect(transferInput.safeParse(wrong).success).toBe(false)
    expect(rejectTransferInput.safeParse({ id, note: 'no' }).success).toBe(false)
    expect([approveTransferInput.parse({ id }), approveTransferInput.parse({ id, agentId: null })]).toEqual([{ id }, { id, agentId: null }])
  })
})
