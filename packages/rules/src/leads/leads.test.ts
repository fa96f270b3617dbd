import { describe, expect, it } from 'vitest'
import { xkPack } from '../country-packs'
import { fieldIssues } from '../errors'
import { assertLeadStatus, leadInput, leadInputFor, leadStatuses, nextLeadStatuses } from '.'

describe('leads', () => {
  it('a converted lead stays converted, a lost one can be taken up again', () => {
    expect(nextLeadStatuses('converted')).toEqual([])
    expect(() => assertLeadStatus('lost', 'contacted')).not.toThrow()
    for (const to of leadStatuses) expect(() => assertLeadStatus('converted', to)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
  })

  const lead = { firstName: 'Arta', source: 'agent' }
  it.each([
    [{ ...lead, phone: '044 123 456' }, { phone: '+38344123456' }],
    [{ ...lead, email: 'A@Example.com', phone: '' }, { email: 'a@example.com', phone: undefined }],
    [{ ...lead, email: '', phone: '044123456', referralCode: ' ab-12 ' }, { email: undefined, referralCode: 'AB-12' }],
  ])('takes %j', (input, expected) => {
    const once = leadInputFor(xkPack.country).parse(input)
    expect(once).toMatchObject(expected)
    expect(leadInputFor(xkPack.country).parse(once)).toEqual(once)
  })

  it.each([
    [lead, 'phone', 'errors.lead.contact'],
    [{ ...lead, phone: '12' }, 'phone', 'errors.phone'],
    [{ ...lead, email: 'x' }, 'email', 'errors.email'],
    [{ ...lead, source: 'x', phone: '044123456' }, 'source', 'errors.choice'],
  ])('refuses %j', (input, field, key) => {
    const result = leadInputFor(xkPack.country).safeParse(input)
    expect(result.error && fieldIssues(result.error)[0]).toMatchObject({ field, key })
    expect(leadInput.safeParse({}).success).toBe(false)
  })
})
