import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAuditRow, unmistakable, type AuditText } from './canonical'

const row: AuditText = {
  tenantId: 'tenant_mk', id: '0190b6a0-0000-7000-8000-000000000001', at: '2026-11-30T22:15:05.123456Z', tx: '74219', actorKind: 'user', actorId: '0190b6a0-0000-7000-8000-000000000002',
  action: 'claims.submit', requestId: 'r-1', operation: 'UPDATE', entity: 'claims', entityId: '0190b6a0-0000-7000-8000-000000000003', branchId: null,
  before: '{"note": "Ѓорѓи \\"рече\\" ë, ç", "amount_minor": 9007199254740993}', after: '{"note": null, "amount_minor": 1.50}',
}
const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

describe('the canonical text of an audit row', () => {
  it('A-04 is the one that was sealed years ago: golden vectors', () => {
    expect(canonicalAuditRow(row)).toBe(
      '11:audit-row/1,9:tenant_mk,36:0190b6a0-0000-7000-8000-000000000001,27:2026-11-30T22:15:05.123456Z,5:74219,4:user,36:0190b6a0-0000-7000-8000-000000000002,13:claims.submit,3:r-1,6:UPDATE,6:claims,36:0190b6a0-0000-7000-8000-000000000003,-,'
      + '65:{"note": "Ѓорѓи \\"рече\\" ë, ç", "amount_minor": 9007199254740993},36:{"note": null, "amount_minor": 1.50}',
    )
    expect(sha(canonicalAuditRow(row))).toBe('b24f9bdecb89b2396df72fb58b879c037e3e3a25fbf87dc2799c09b46ed9c98e')
    expect(sha(canonicalAuditRow({ ...row, actorId: null, requestId: null, entityId: null, before: null, after: null }))).toBe('bc530dd5128000a565e1ad4ef88652c2e1bbaea970ff730bca732926ed01b225')
  })

  it('A-04 tells every field apart, and nothing from an empty text', () => {
    const texts = Object.keys(row).map((field) => canonicalAuditRow({ ...row, [field]: 'x' }))
    expect(new Set([canonicalAuditRow(row), ...texts]).size).toBe(Object.keys(row).length + 1)
    expect(canonicalAuditRow({ ...row, before: '' })).not.toBe(canonicalAuditRow({ ...row, before: null }))
  })

  it('A-04 can be read in one way only', () => {
    const part = fc.option(fc.string({ unit: fc.constantFrom('-', ',', ':', '1', '2', 'a') }))
    fc.assert(fc.property(fc.array(part), fc.array(part), (one, other) => {
      expect(unmistakable(one) === unmistakable(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }))
    expect(unmistakable(['ab', 'c'])).not.toBe(unmistakable(['a', 'bc']))
  })
})
