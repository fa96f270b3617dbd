import { describe, expect, it } from 'vitest'
import { countryPacks, packRule } from '../country-packs'
import { permissionsOf, systemPermissions } from '../permissions'
import { decideAgain } from '../claims'
import { gates, parseRule } from '../rule-sets'
import type { DocumentKind, ResolvedRule } from '../rule-sets'
import { assertTransition, decideStep, isClosed, nextStates } from '.'
import type { ClaimSubject, GateFacts } from '.'

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
    expect(nextStates(claims, 'draft', {}, new Set())).toEqual([{ to: 'submitted', allowed: false, lacksPermission: true, missingGates: [], missingDocuments: [], failsCondition: false }])
    expect(nextStates(claims, 'nowhere', every, handler)).toEqual([])
    expect([isClosed(claims, 'resolved'), isClosed(claims, 'court')]).toEqual([true, false])
  })
})

const facts: ClaimSubject['facts'] = {
  category: 'injury', plan: 'asistenca', branch: 'skopje', currency: 'EUR', claimed: 500_000, recovered: null, incidentAge: 3, memberDays: 40, packComplete: true,
}
const strict = {
  ...claims,
  transitions: claims.transitions.map((step) => (step.from === 'evaluation' && step.to === 'negotiation'
    ? { ...step, gates: [], requiredDocuments: ['power_of_attorney', 'contract'] as const satisfies DocumentKind[], when: { '>=': [{ var: 'claimed' }, 100_000] } }
    : step)),
}
const rule: ResolvedRule<'workflows'> = { kind: 'workflows', version: 7, source: 'tenant', value: { ...packRule(first, 'workflows'), claims: strict } }

describe('what a step asks of a claim', () => {
  it.each([
    ['nothing stored', { facts, documents: [] }, 'errors.transition.documents', ['power_of_attorney', 'contract'], false],
    ['one stored', { facts, documents: ['contract'] }, 'errors.transition.documents', ['power_of_attorney'], false],
    ['all stored, too little claimed', { facts: { ...facts, claimed: 99_999 }, documents: ['contract', 'power_of_attorney'] }, 'errors.transition.condition', [], true],
    ['the amount is not known', { facts: { ...facts, claimed: null }, documents: ['contract', 'power_of_attorney'] }, 'errors.transition.condition', [], true],
    ['all there', { facts, documents: ['contract', 'power_of_attorney'] }, null, [], false],
    ['no claim at all', undefined, 'errors.transition.documents', ['power_of_attorney', 'contract'], true],
  ] as const satisfies readonly (readonly [string, ClaimSubject | undefined, string | null, readonly DocumentKind[], boolean])[])('%s', (_, subject, key, missingDocuments, failsCondition) => {
    const next = nextStates(strict, 'evaluation', {}, handler, subject).find(({ to }) => to === 'negotiation')
    expect(next).toEqual({ to: 'negotiation', allowed: key === null, lacksPermission: false, missingGates: [], missingDocuments, failsCondition })
    const run = () => assertTransition(strict, 'evaluation', 'negotiation', {}, handler, subject)
    if (key === null) expect(run).not.toThrow()
    else expect(run).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: key }))
  })

  it('names how many documents are missing, and asks for permission first', () => {
    expect(() => assertTransition(strict, 'evaluation', 'negotiation', {}, handler, { facts, documents: [] })).toThrow(
      expect.objectContaining({ params: { from: 'evaluation', to: 'negotiation', count: 2, kinds: 'power_of_attorney contract' } }),
    )
    expect(() => assertTransition(strict, 'evaluation', 'negotiation', {}, member, { facts, documents: [] })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  it('is told in the receipt of the step, from which the same comes out again', () => {
    const subject: ClaimSubject = { facts, documents: ['contract', 'power_of_attorney', 'photos'] }
    const { receipt } = decideStep(rule, { from: 'evaluation', to: 'negotiation', gates: { signedAgreement: true, legalCap: false }, permissions: handler, subject })
    expect(receipt).toEqual({
      kind: 'workflows', version: 7, source: 'tenant', outcome: { allowed: true },
      inputs: { decision: 'step', from: 'evaluation', to: 'negotiation', permissions: ['claims.handle'], gates: ['signedAgreement'], documents: subject.documents, facts },
      explain: [
        { key: 'receipts.step.permission', params: { permission: 'claims_handle' } }, { key: 'receipts.step.document', params: { kind: 'power_of_attorney' } },
        { key: 'receipts.step.document', params: { kind: 'contract' } }, { key: 'receipts.step.condition', params: {} },
      ],
    })
    const stored = JSON.parse(JSON.stringify(receipt)) as typeof receipt
    expect(decideAgain(rule, stored.inputs)).toEqual(stored)
    const draft = { ...rule, version: 8, value: { ...rule.value, claims: { ...strict, transitions: strict.transitions.map((step) => ({ ...step, when: { '==': [{ var: 'category' }, 'vehicle'] } })) } } }
    expect(decideAgain(draft, stored.inputs)).toMatchObject({ version: 8, inputs: stored.inputs, outcome: { allowed: false, because: 'errors.transition.condition' } })
    expect(() => decideAgain(rule, { decision: 'horoscope' })).toThrow()
  })

  it('does not exist for memberships: a rule that says so is refused', () => {
    const value = packRule(first, 'workflows')
    for (const change of [{ when: { '==': [{ var: 'plan' }, 'asistenca'] } }, { requiredDocuments: ['identity'] }]) {
      const wrong = { ...value, memberships: { ...memberships, transitions: memberships.transitions.map((step) => ({ ...step, ...change })) } }
      expect(() => parseRule('workflows', wrong)).toThrow(expect.objectContaining({ messageKey: 'errors.workflow.claimsOnly' }))
    }
    expect(() => parseRule('workflows', { ...value, stages: [{ state: 'nowhere', hours: 4 }] })).toThrow(expect.objectContaining({ messageKey: 'errors.workflow.unknownState' }))
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
    ['active', 'paused', 'member', {}, true],
    ['active', 'paused', 'promoter', {}, false],
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
