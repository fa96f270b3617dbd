import { describe, expect, it } from 'vitest'
import { mkPack } from '../country-packs'
import { columnsOf, detectCurrency, detectStyle, judgeClaim, judgeMember, judgePayment, knownWords, mappingFaults, splitName, suggestMapping, type AnyField, type ImportKind, type Mapping, type Reading } from '.'

const style = { dates: 'dmy', decimals: 'comma', currency: 'MKD', country: mkPack.country } as const

function readingOf(kind: ImportKind, mapping: Mapping): Reading {
  return { columns: columnsOf(kind, mapping), style, words: knownWords, repair: null }
}

const member = ['surnameFirst', 'embg', 'birthDate', 'plan', 'startsOn', 'endsOn', 'amount', 'note'] as const
const memberCells = { surnameFirst: 'Петров Иван', embg: '0101990450006', birthDate: '', plan: ' базик', startsOn: '1.5.2024', endsOn: '30.04.2025', amount: '1.230,00 ден.', note: '=1+1' }
const claim = ['number', 'member', 'category', 'incidentOn', 'reportedOn', 'status', 'asked', 'recovered'] as const
const claimCells = { number: 'Пр-1', member: '12', category: 'ВОЗИЛО', incidentOn: '1.5.2024', reportedOn: '', status: 'решена', asked: '100', recovered: '' }
const payment = ['number', 'paidOn', 'member', 'amount', 'currency', 'method'] as const
const paymentCells = { number: 'D-1', paidOn: '1.5.2024', member: "'101990450006", amount: '20,00', currency: '€', method: 'KESH' }

function judge(kind: ImportKind, changed: Partial<Record<AnyField, string>>) {
  const [mapping, base] = kind === 'members' ? [member, memberCells] : kind === 'claims' ? [claim, claimCells] : [payment, paymentCells]
  const cells = mapping.map((key) => ({ ...(base as Partial<Record<AnyField, string>>), ...changed })[key] ?? '')
  const reading = readingOf(kind, mapping)
  return kind === 'members' ? judgeMember(cells, reading) : kind === 'claims' ? judgeClaim(cells, reading) : judgePayment(cells, reading)
}

const reasons = (kind: ImportKind, changed: Partial<Record<AnyField, string>>): string[] => {
  const judged = judge(kind, changed)
  return judged.ok ? [] : judged.problems.map(({ reason }) => reason)
}

describe('lines', () => {
  it('reads a member', () => {
    expect(judge('members', {})).toMatchObject({
      ok: true, line: { firstName: 'Иван', lastName: 'Петров', embg: '0101990450006', birthDate: '1990-01-01', planCode: 'asistenca', startsOn: '2024-05-01', endsOn: '2025-04-30', amountMinor: 123_000n, currency: 'MKD', note: '=1+1' },
    })
    expect(judge('members', { embg: '101990450006' })).toMatchObject({ line: { embg: '0101990450006', embgRepaired: true } })
  })

  it('reads a claim and a payment', () => {
    expect(judge('claims', {})).toMatchObject({ ok: true, line: { member: { by: 'number', value: '12' }, category: 'vehicle', status: 'resolved', askedMinor: 10_000n, recoveredMinor: null, reportedOn: null } })
    expect(judge('payments', {})).toMatchObject({ ok: true, line: { member: { by: 'embg', value: '0101990450006' }, currency: 'EUR', method: 'cash', amountMinor: 2000n } })
    expect(judge('payments', { member: 'N24-00017' })).toMatchObject({ ok: true, line: { member: { by: 'number', value: 'n24-00017' } } })
  })

  it.each<[ImportKind, Partial<Record<AnyField, string>>, string[]]>([
    ['members', { surnameFirst: '' }, ['missing_required']],
    ['members', { embg: '' }, ['missing_required']],
    ['members', { embg: '', birthDate: '1.1.1990' }, []],
    ['members', { embg: '1,01199E+12', birthDate: '31.2.1990', amount: '-1', plan: 'златен' }, ['embg_scientific', 'bad_date', 'bad_amount', 'unknown_plan']],
    ['members', { embg: '0101990450007' }, ['bad_embg']],
    ['members', { plan: '', endsOn: '1/2/25' }, ['missing_required', 'bad_date']],
    ['members', { amount: '0' }, []],
    ['claims', { category: 'Семејно право', status: 'x', asked: '' }, ['missing_required', 'unsupported_category', 'unknown_status']],
    ['claims', { reportedOn: '31.2.2024', recovered: '#N/A' }, ['bad_date', 'bad_amount']],
    ['claims', { member: '1E+12' }, ['embg_scientific']],
    ['payments', { amount: '0,00' }, ['bad_amount']],
    ['payments', { currency: 'USD', method: 'крипто', member: '1234567890123' }, ['bad_embg', 'unknown_currency', 'unknown_method']],
  ])('%s %o: %j', (kind, changed, expected) => {
    expect(reasons(kind, changed)).toEqual(expected)
  })

  it('a line with one cell too many or too few is read no further', () => {
    const reading = readingOf('members', member)
    for (const cells of [[''], [...Object.values(memberCells), '']]) expect(judgeMember(cells, reading)).toEqual({ ok: false, problems: [{ reason: 'wrong_column_count', column: -1 }] })
  })

  it('takes a name apart', () => {
    expect(splitName('Петрова  Димова Ана', 'surnameFirst')).toEqual({ firstName: 'Ана', lastName: 'Петрова Димова' })
    expect(splitName('Ана Петрова Димова', 'nameFirst')).toEqual({ firstName: 'Ана', lastName: 'Петрова Димова' })
    expect(splitName('Ана', 'surnameFirst')).toEqual({ firstName: '', lastName: 'Ана' })
  })
})

describe('M-11 columns', () => {
  it('suggests what a column holds in four languages, in any order and case', () => {
    expect(suggestMapping('members', ['E-MAIL', 'Презиме', 'Emri', 'боја на кола', 'Matični broj', 'Data e lindjes', 'Важи од', 'VALID UNTIL', 'Shuma', 'Plani'])).toEqual(
      ['email', 'lastName', 'firstName', null, 'embg', 'birthDate', 'startsOn', 'endsOn', 'amount', 'plan'])
    expect(suggestMapping('payments', ['Date', 'Receipt', 'Member', 'Amount', 'Currency', 'Paid by'])).toEqual(['paidOn', 'number', 'member', 'amount', 'currency', 'method'])
    expect(suggestMapping('claims', ['__proto__', '', 'constructor'])).toEqual([null, null, null])
  })

  it('says what a mapping lacks, has twice or does not know', () => {
    expect(mappingFaults('members', member)).toEqual([])
    expect(mappingFaults('members', ['firstName', 'plan', 'plan', 'startsOn', 'endsOn', 'tenantId'])).toEqual([
      { code: 'twice', field: 'plan' }, { code: 'unknown', field: 'tenantId' }, { code: 'missing', field: 'amount' }, { code: 'missing', field: 'lastName' }, { code: 'missing', field: 'embg' },
    ])
  })

  it('sees how a file writes dates, amounts and money', () => {
    const mapping = ['startsOn', 'amount'] as const
    expect(detectStyle('members', mapping, [['2024-01-01', '20.00'], ['1.1.2024', '20'], ['2024-01-02', '20.50']])).toEqual({ dates: 'iso', decimals: 'point' })
    expect(detectStyle('members', mapping, [['01.01.2024', '1.230,00']])).toEqual({ dates: 'dmy', decimals: 'comma' })
    expect([detectCurrency(['Start', 'Amount EUR'], mapping, 'MKD'), detectCurrency(['Start EUR', 'Износ'], mapping, 'MKD'), detectCurrency(['x', 'Износ (ден.)'], mapping, 'EUR')]).toEqual(['EUR', 'MKD', 'MKD'])
  })
})
