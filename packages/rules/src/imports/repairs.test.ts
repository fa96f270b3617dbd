import { describe, expect, it } from 'vitest'
import { mkPack, xkPack } from '../country-packs'
import { birthNumberCheckDigit } from '../people'
import { columnsOf, FileRun, isRepairOf, Known, knownWords, repairerOf, repairsSchema, withEdits, type Repair } from '.'

const mapping = ['firstName', 'lastName', 'embg', 'plan', 'startsOn', 'endsOn', 'amount', null] as const
const columns = columnsOf('members', mapping)
const line = (changed: Readonly<Record<number, string>> = {}): string[] => ['Ана', 'Петрова', '0101990450006', 'Базик', '1.1.2024', '31.12.2024', '600', 'x'].map((cell, at) => changed[at] ?? cell)
const mend = (repairs: readonly Repair[], cells: readonly string[], record = 1, country = mkPack.country) => repairerOf(repairs, columns, country)?.(record, cells) ?? null

describe('corrections of lines', () => {
  it('replaces a whole cell and no other, or a text wherever it stands, and fills what is empty', () => {
    const gold: Repair = { kind: 'replace', field: 'plan', find: 'Златен', by: 'Базик', where: 'whole' }
    expect(mend([gold], line({ 3: 'Златен' }))).toMatchObject({ cells: line(), applied: [{ field: 'plan', kind: 'replace' }] })
    expect(mend([gold], line({ 3: 'Златен плус' }))).toBeNull()
    expect(mend([{ ...gold, find: ' ден', by: '$&', field: 'amount', where: 'anywhere' }], line({ 6: '600 ден' }))?.cells).toEqual(line({ 6: '600$&' }))
    expect(mend([{ ...gold, find: '' }], line({ 3: '' }))?.cells).toEqual(line())
  })

  it('takes a whole name apart where the other part is empty', () => {
    const split: Repair = { kind: 'split_name', field: 'firstName', order: 'surnameFirst' }
    expect(mend([split], line({ 0: 'Петрова  Димова Ана', 1: '' }))).toMatchObject({ cells: line({ 1: 'Петрова Димова' }), applied: [{ field: 'firstName' }, { field: 'lastName' }] })
    expect(mend([{ ...split, order: 'nameFirst' }], line({ 0: 'Ана Петрова', 1: '' }))?.cells).toEqual(line())
    expect(mend([split], line({ 0: 'Ана Марија' }))).toBeNull()
    expect(mend([split], line({ 0: 'Ана', 1: '' }))).toBeNull()
  })

  it('M-12 puts a lost zero back, past what a spreadsheet has put around it, and never makes a number up', () => {
    const zero: Repair = { kind: 'lost_zero', field: 'embg' }
    for (const cell of ['101990450006.0', '101.990.450.006', '101990-450006', '0101990-450006']) expect(mend([zero], line({ 2: cell }))?.cells[2]).toBe('0101990450006')
    // what every file is read with needs no rule, and is counted there
    for (const cell of ['101990450006', '0101990450006', '', '101990450007', '1,01199E+12', '01O1990450006']) expect(mend([zero], line({ 2: cell }))).toBeNull()
    expect(mend([zero], line({ 2: '123456789' }), 1, xkPack.country)?.cells[2]).toBe('0123456789')
  })

  it('lets what somebody typed for a line stand, whatever the rules say', () => {
    const repairs: Repair[] = [{ kind: 'cell', record: 2, field: 'plan', value: 'Бизнис' }, { kind: 'replace', field: 'plan', find: 'Бизнис', by: 'Базик', where: 'anywhere' }]
    expect(mend(repairs, line({ 3: 'Златен' }), 2)?.cells[3]).toBe('Бизнис')
    expect(mend(repairs, line({ 3: 'Златен' }), 1)).toBeNull()
  })

  it('leaves lines of another width, fields without a column and what is right already', () => {
    const all: Repair[] = [{ kind: 'cell', record: 1, field: 'plan', value: 'Бизнис' }]
    expect(mend(all, line().slice(1))).toBeNull()
    expect(repairerOf([{ kind: 'cell', record: 1, field: 'street', value: 'x' }, { kind: 'cell', record: 1, field: 'tenantId', value: 'x' }], columns, mkPack.country)).toBeNull()
    expect(mend([{ kind: 'cell', record: 1, field: 'plan', value: 'Базик' }], line())).toBeNull()
  })

  it('take in what was typed anew, the last text for a cell and one rule for a text', () => {
    const before: Repair[] = [{ kind: 'cell', record: 1, field: 'plan', value: 'x' }, { kind: 'replace', field: 'plan', find: 'Златен', by: 'Бизнис', where: 'whole' }]
    const edit = { record: 1, field: 'plan', was: 'x', value: ' y ', everywhere: false }
    expect(withEdits(before, [edit, { ...edit, record: 2, value: 'x' }])).toEqual([before[1], { kind: 'cell', record: 1, field: 'plan', value: 'y' }])
    const rule = { ...edit, was: 'Златен', value: 'Базик', everywhere: true }
    expect(withEdits(before, [rule, { ...rule, record: 9 }])).toEqual([before[0], { kind: 'replace', field: 'plan', find: 'Златен', by: 'Базик', where: 'whole' }])
  })

  it('knows which correction a file of a kind can have', () => {
    expect(isRepairOf('members', { kind: 'lost_zero', field: 'plan' })).toBe(false)
    expect(isRepairOf('claims', { kind: 'lost_zero', field: 'member' })).toBe(true)
    expect(isRepairOf('members', { kind: 'split_name', field: 'street', order: 'nameFirst' })).toBe(false)
    expect(isRepairOf('members', { kind: 'cell', record: 1, field: 'constructor', value: '' })).toBe(false)
    expect(repairsSchema.safeParse([{ kind: 'replace', field: 'plan', find: '', by: 'x', where: 'anywhere' }]).success).toBe(false)
    expect(repairsSchema.safeParse([{ kind: 'cell', record: 1, field: 'plan', value: '\uFFFD' }]).success).toBe(false)
    expect(repairsSchema.parse([{ kind: 'cell', record: 1, field: 'plan', value: ' а\u0000б ' }])).toMatchObject([{ value: 'аб' }])
  })
})

it('M-04 a file is decided with its corrections, and says in which lines and by what', () => {
  const repairs: Repair[] = [{ kind: 'replace', field: 'plan', find: 'Златен', by: 'Базик', where: 'whole' }, { kind: 'cell', record: 3, field: 'amount', value: '600' }]
  const number = `020299045000${String(birthNumberCheckDigit('020299045000'))}`
  const style = { dates: 'dmy', decimals: 'comma', currency: 'MKD', country: mkPack.country } as const
  const run = new FileRun('members', { columns, style, words: knownWords, repair: repairerOf(repairs, columns, mkPack.country) }, new Known(), 'a.csv')
  const decisions = [line({ 3: 'Златен' }), line({ 2: number, 3: 'Златен', 6: '-1' }), line({ 2: number, 6: '-1' })].map((cells) => run.take(cells))
  expect(decisions).toMatchObject([
    { outcome: 'valid_new', repairs: [{ field: 'plan', kind: 'replace' }] },
    { outcome: 'rejected', reason: 'bad_amount', cells: line({ 2: number, 6: '-1' }), repairs: [{ field: 'plan', kind: 'replace' }] },
    { outcome: 'valid_new', repairs: [{ field: 'amount', kind: 'cell' }] },
  ])
  expect(run.report()).toMatchObject({ repaired_lines: 3, repairs_by_kind: { cell: 1, replace: 2 }, rejected_by_reason: { bad_amount: 1 } })
})
