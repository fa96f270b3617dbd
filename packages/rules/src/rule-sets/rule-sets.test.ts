import { describe, expect, it } from 'vitest'
import { mkPack } from '../country-packs'
import { branchRuleKinds, parseRule, receiptOf, resolveRule, ruleKinds, ruleSchemas, ruleToJson } from '.'
import type { RuleVersion } from '.'

const languages = (first: 'mk' | 'sq') => ({ default: first, offered: ['mk', 'sq'] })
const base: RuleVersion = {
  kind: 'languages',
  version: 1,
  tenantId: 't1',
  branchId: null,
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  status: 'published',
  value: languages('mk'),
}
const at = new Date('2026-06-01T00:00:00Z')

describe('resolveRule', () => {
  it('takes the latest published version in force', () => {
    const versions: RuleVersion[] = [
      base,
      { ...base, version: 2, effectiveFrom: new Date('2026-05-01T00:00:00Z'), value: languages('sq') },
      { ...base, version: 3, effectiveFrom: new Date('2026-07-01T00:00:00Z') },
      { ...base, version: 4, effectiveFrom: new Date('2026-05-15T00:00:00Z'), status: 'draft' },
      { ...base, version: 5, effectiveFrom: new Date('2026-05-15T00:00:00Z'), status: 'withdrawn' },
    ]
    for (const order of [versions, versions.toReversed()]) {
      expect(resolveRule('languages', order, at)).toMatchObject({ version: 2, source: 'tenant', value: { default: 'sq' } })
    }
    expect(resolveRule('languages', versions, new Date('2026-02-01T00:00:00Z')).version).toBe(1)
    expect(resolveRule('languages', versions, new Date('2026-07-01T00:00:00Z')).version).toBe(3)
  })

  it('the higher version wins at the same instant', () => {
    expect(resolveRule('languages', [base, { ...base, version: 2 }], at).version).toBe(2)
  })

  it('lays the branch’s override over the tenant’s document of that instant, and only that branch’s', () => {
    const limits = mkPack.rules.limits
    const tenant: RuleVersion = { ...base, kind: 'limits', value: limits }
    const stricter: RuleVersion = { ...tenant, version: 2, effectiveFrom: new Date('2026-05-01T00:00:00Z'), value: { ...limits, upload: { ...limits.upload, perClaim: 7 } } }
    const branch: RuleVersion = { ...tenant, version: 9, branchId: 'b1', effectiveFrom: new Date('2025-01-01T00:00:00Z'), value: { upload: { maxBytes: 1000 } } }
    const versions = [tenant, stricter, branch]
    expect(resolveRule('limits', versions, at, 'b1')).toMatchObject({ source: 'branch', version: 9, base: 2, branchId: 'b1', value: { upload: { maxBytes: 1000, perClaim: 7 } } })
    expect(resolveRule('limits', versions, new Date('2026-02-01T00:00:00Z'), 'b1')).toMatchObject({ base: 1, value: { upload: { maxBytes: 1000, perClaim: limits.upload.perClaim } } })
    for (const other of ['b2', null, undefined]) {
      const rule = resolveRule('limits', versions, at, other)
      expect(rule).toMatchObject({ source: 'tenant', version: 2, value: { upload: { maxBytes: limits.upload.maxBytes } } })
      expect(rule).not.toHaveProperty('base')
    }
  })

  it('an override that was taken back leaves the tenant’s document', () => {
    const tenant: RuleVersion = { ...base, kind: 'limits', value: mkPack.rules.limits }
    const branch: RuleVersion = { ...tenant, version: 3, branchId: 'b1', value: {} }
    expect(resolveRule('limits', [tenant, branch], at, 'b1')).toMatchObject({ source: 'tenant', version: 1 })
    expect(() => resolveRule('limits', [branch], at, 'b1')).toThrow(expect.objectContaining({ messageKey: 'errors.rule.missing' }))
  })

  it('a branch cannot override prices or taxes', () => {
    for (const kind of ['products', 'tax', 'invoicing', 'payments', 'legal', 'retention', 'commissions', 'governance'] as const) {
      expect(branchRuleKinds).not.toContain(kind)
      const own: RuleVersion = { ...base, kind, branchId: 'b1', value: mkPack.rules[kind] }
      expect(() => resolveRule(kind, [own], at, 'b1')).toThrow(expect.objectContaining({ messageKey: 'errors.rule.missing' }))
    }
  })

  it('falls back to the pack, and guesses nothing', () => {
    expect(resolveRule('languages', [], at, null, languages('mk'))).toMatchObject({ version: 0, source: 'pack' })
    expect(() => resolveRule('languages', [], at)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
  })

  it('I-12 refuses versions of two tenants at once', () => {
    expect(() => resolveRule('languages', [base, { ...base, tenantId: 't2' }], at)).toThrow(/several tenants/u)
  })

  it('a receipt is plain JSON', () => {
    const rule = resolveRule('languages', [base], at)
    const receipt = receiptOf(rule, { inputs: { a: '1' }, outcome: null, explain: [{ key: 'receipts.x', params: { n: 1 } }] })
    expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt)
  })
})

describe('parseRule', () => {
  it('has a schema for each kind', () => {
    expect(new Set(ruleKinds)).toEqual(new Set(Object.keys(ruleSchemas)))
  })

  it.each([
    ['languages', { default: 'sr', offered: ['mk'] }, 'languages.default', 'errors.languages.default'],
    ['languages', { offered: ['mk'] }, 'languages.default', 'errors.required'],
    ['branding', { ...mkPack.rules.branding, accent: 'red' }, 'branding.accent', 'errors.colour'],
    ['branding', { ...mkPack.rules.branding, names: {} }, 'branding.names', 'errors.required'],
    ['tax', { ...mkPack.rules.tax, membershipCategory: 'none' }, 'tax.membershipCategory', 'errors.tax.category'],
    ['tax', { ...mkPack.rules.tax, rates: [{ category: 'standard', rateBp: 18.5 }] }, 'tax.rates.0.rateBp', 'errors.type'],
    ['products', { ...mkPack.rules.products, plans: [] }, 'products.plans', 'errors.tooFew'],
    ['invoicing', { ...mkPack.rules.invoicing, claimPattern: 'x' }, 'invoicing.claimPattern', 'errors.numberPattern'],
    ['commissions', { ...mkPack.rules.commissions, minimumPayout: [{ minor: '-1', currency: 'EUR' }] }, 'commissions.minimumPayout.0', 'errors.money.negative'],
    ['workflows', { ...mkPack.rules.workflows, claims: { ...mkPack.rules.workflows.claims, initial: 'nowhere' } }, 'workflows.claims.initial', 'errors.workflow.unknownState'],
    ['retention', null, 'retention.', 'errors.required'],
  ] as const)('%s names the wrong field', (kind, value, field, key) => {
    expect(() => parseRule(kind, value)).toThrow(expect.objectContaining({ code: 'INVALID', field, messageKey: key }))
  })

  it.each([
    ['a prototype key', JSON.parse('{"__proto__": {"default": "mk"}}'), 'errors.rule.forbiddenName'],
    ['a constructor key', { default: 'mk', offered: ['mk'], constructor: 1 }, 'errors.rule.forbiddenName'],
    ['a deep document', Array.from({ length: 30 }).reduce<unknown>((inner) => [inner], 1), 'errors.rule.tooLarge'],
    ['a wide document', { default: 'mk', offered: Array.from({ length: 30_000 }, () => 'mk') }, 'errors.rule.tooLarge'],
  ])('S-13 refuses %s', (_, value, key) => {
    expect(() => parseRule('languages', value)).toThrow(expect.objectContaining({ messageKey: key }))
  })

  it('goes to JSON and back unchanged', () => {
    for (const kind of ruleKinds) {
      const doc = parseRule(kind, mkPack.rules[kind])
      expect(parseRule(kind, ruleToJson(doc))).toEqual(doc)
    }
  })
})
