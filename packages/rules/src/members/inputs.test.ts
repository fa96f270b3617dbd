import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import * as rules from '..'
import { mkPack, packRule, xkPack } from '../country-packs'
import { fieldIssues } from '../errors'
import { birthNumberCheckDigit } from '../people'
import { parseDateOnly } from '../periods'
import { assertOldEnough, enrolInputFor, familyMemberInput, joinInputFor, profileInputFor } from '.'

const first12 = '010199045000'
const embg = first12 + String(birthNumberCheckDigit(first12))
const key = '0190a5b0-1111-7222-8333-444455556666'
const consents = { terms: { accepted: true, version: 1 }, privacy: { accepted: true, version: 2 }, marketing: false }
const person = { planCode: 'asistenca', firstName: ' Ана ', lastName: 'Петрова', email: 'Ana@Example.com', phone: '070 123 456', personalNumber: embg, locale: 'mk', consents, idempotencyKey: key }
const join = { ...person, password: 'шума река планина' }

const keysOf = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input)
  return result.success ? [] : fieldIssues(result.error).map((issue) => `${issue.field} ${issue.key}`)
}

describe('joinInputFor', () => {
  it('gives the stored form, with the birth date of the EMBG, and takes its own answer', () => {
    const once = joinInputFor(mkPack.country).parse(join)
    expect(once).toMatchObject({ firstName: 'Ана', email: 'ana@example.com', phone: '+38970123456', birthDate: '1990-01-01' })
    expect(joinInputFor(mkPack.country).parse(once)).toEqual(once)
  })

  it.each([
    [{ birthDate: '1.1.1990' }, []],
    [{ birthDate: '' }, []],
    [{ referralCode: '' }, []],
    [{ birthDate: '2.1.1990' }, ['birthDate errors.birthDate.mismatch']],
    [{ phone: '12', personalNumber: '123', email: 'x' }, ['email errors.email', 'phone errors.phone', 'personalNumber errors.personalNumber.length']],
    [{ password: 'Petrova1990' }, []],
    [{ password: 'петрова123' }, ['password errors.password.personal']],
    [{ password: 'password1' }, ['password errors.password.common']],
    [{ consents: { ...consents, terms: { accepted: false, version: 1 } } }, ['consents.terms.accepted errors.consent.required']],
    [{ consents: { marketing: true } }, ['consents.terms errors.required', 'consents.privacy errors.required']],
    [{ idempotencyKey: 'x' }, ['idempotencyKey errors.id']],
    [{ planCode: '../x' }, ['planCode errors.plan.unknown']],
    [{ referralCode: '<x>' }, ['referralCode errors.referral']],
  ])('with %j gives %j', (change, expected) => {
    const got = keysOf(joinInputFor(mkPack.country), { ...join, ...change })
    if ('password' in change && change.password === 'Petrova1990') expect(got).toEqual(['password errors.password.personal'])
    else expect(got.toSorted()).toEqual([...expected].toSorted())
  })

  it('I-16 drops what nobody may set', () => {
    const extra = { tenantId: 'x', branchId: 'x', role: 'tenant_admin', userId: 'x', status: 'active', price: 1, createdAt: 'x', actorId: 'x' }
    expect(joinInputFor(mkPack.country).parse({ ...join, ...extra })).toEqual(joinInputFor(mkPack.country).parse(join))
  })
})

describe('enrolInputFor', () => {
  const enrol = { ...person, payment: 'cash', amountTendered: { text: '1.230,00', currency: 'MKD' } }
  it.each([
    [{}, []],
    [{ amountTendered: undefined }, ['amountTendered errors.required']],
    [{ payment: 'pay_link', amountTendered: undefined }, []],
    [{ amountTendered: { text: '-5', currency: 'MKD' } }, ['amountTendered errors.money.negative']],
    [{ email: '' }, []],
    [{ payment: 'pay_link', email: '' }, ['email errors.required']],
    [{ payment: 'card' }, ['payment errors.choice']],
  ])('with %j gives %j', (change, expected) => {
    expect(keysOf(enrolInputFor(mkPack.country), { ...enrol, ...change })).toEqual(expected)
  })

  it('takes its own answer', () => {
    const once = enrolInputFor(mkPack.country).parse(enrol)
    expect(enrolInputFor(mkPack.country).parse(once)).toEqual(once)
  })
})

describe('a country without a personal number', () => {
  const country = { ...mkPack.country, personalNumbers: [] }
  it('asks for none and keeps none', () => {
    expect(joinInputFor(country).parse({ ...join, personalNumber: undefined, birthDate: '2.1.1990' })).toMatchObject({ personalNumber: undefined, birthDate: '1990-01-02' })
    expect(joinInputFor(country).parse({ ...join, personalNumber: '123' }).personalNumber).toBeUndefined()
    expect(keysOf(joinInputFor(mkPack.country), { ...join, personalNumber: undefined })).toEqual(['personalNumber errors.required'])
  })
})

describe('profile and family', () => {
  it('reads', () => {
    expect(profileInputFor(xkPack.country).parse({ firstName: 'A', lastName: 'B', phone: '044123456', address: '', locale: 'sq' })).toEqual({
      firstName: 'A', lastName: 'B', phone: '+38344123456', address: undefined, locale: 'sq',
    })
    expect(keysOf(familyMemberInput, { firstName: 'A', lastName: 'B', relation: 'neighbour' })).toEqual(['relation errors.choice'])
  })

  it.each([
    ['2008-11-23', null],
    ['2008-11-24', 'errors.birthDate.tooYoung'],
    ['2027-01-01', 'errors.birthDate.future'],
    [undefined, null],
  ])('born %s is refused with %s', (born, expected) => {
    const run = () => assertOldEnough(packRule(mkPack, 'enrolment'), born === undefined ? undefined : parseDateOnly(born), parseDateOnly('2026-11-23'))
    if (expected === null) expect(run).not.toThrow()
    else expect(run).toThrow(expect.objectContaining({ messageKey: expected }))
  })
})

const hostile = [undefined, null, '', 'x', 0, -1, 1e308, Number.NaN, true, [], {}, [[]], '\u0000', '\ud800', '<script>', "' or 1=1", 'a'.repeat(20_000), new Date(0), 5n]

describe('every input schema of the package', () => {
  const exported: [string, unknown][] = Object.entries(rules)
  const inputs = exported.filter((entry): entry is [string, z.ZodType] => entry[0].endsWith('Input') && entry[1] instanceof z.ZodType)

  it('is many', () => {
    expect(inputs.length).toBeGreaterThan(20)
  })

  /** Super admins name a tenant; who closes a branch names the colleagues who leave. */
  const named: Readonly<Record<string, RegExp>> = { enterTenantInput: /"tenantId"/gu, tenantStatusInput: /"tenantId"/gu, entryInput: /"tenantId"/gu, tenantInput: /"tenantId"/gu, closeBranchInput: /"userId"/gu }

  it.each(inputs)('I-16 %s has no tenant, actor or status field', (name, schema) => {
    const json = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).replaceAll(named[name] ?? /^$/gu, '')
    expect(json).not.toMatch(/"(?:tenantId|actorId|userId|createdAt|price)"/u)
  })

  it.each(inputs)('S-12 %s answers anything with message keys, never with an exception', (_, schema) => {
    const shape = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    for (const value of hostile) {
      for (const input of [value, Object.fromEntries(shape.map((field) => [field, value]))]) {
        const result = schema.safeParse(input)
        for (const issue of result.error?.issues ?? []) expect(issue.message).toMatch(/^errors\.[a-zA-Z.]+$/u)
      }
    }
  })
})
