import { z } from 'zod'
import type { Country } from '../country-packs'
import { bareNumber, readEmbg } from './cells'
import type { AnyField, Columns, ImportKind } from './fields'
import { fieldsOf } from './fields'
import { splitName } from './judge'
import { textSchema } from '../people/schemas'

/** How many corrections one file may have: more than that is mended in the file itself. */
export const mostRepairs = 2_000

// what the reader of files refuses in a cell, nobody types into one
const text = textSchema({ max: 1_000 }).refine((value) => !value.includes('\uFFFD'))
const field = z.string().max(40)

const cellRepair = z.object({ kind: z.literal('cell'), record: z.int().min(1), field, value: text })
/** A correction of every line alike; it may be kept for the next file of the same source. */
export const repairRule = z.discriminatedUnion('kind', [
  /** A text for another: where the whole cell is that text, or wherever it stands in one. Empty cells can be filled. */
  z.object({ kind: z.literal('replace'), field, find: text, by: text, where: z.enum(['whole', 'anywhere']) }).refine(({ find, where }) => where === 'whole' || find !== ''),
  /** A whole name that stands in the column of one of its parts, the other being empty. */
  z.object({ kind: z.literal('split_name'), field, order: z.enum(['surnameFirst', 'nameFirst']) }),
  /** Personal numbers that lost their leading zero, or carry the dots, dashes and `.0` of a spreadsheet. */
  z.object({ kind: z.literal('lost_zero'), field }),
])
/** A correction of one cell, by the number of its record, or of every line by a rule. */
export const repairSchema = z.union([cellRepair, repairRule])
export const repairsSchema = z.array(repairSchema).max(mostRepairs)

export type RepairRule = z.output<typeof repairRule>
export type Repair = z.output<typeof repairSchema>
export type RepairKind = Repair['kind']

/** What was corrected in a line: the field, and by which kind of correction. */
export interface AppliedRepair {
  readonly field: AnyField
  readonly kind: RepairKind
}

/** The cells of a line as they are corrected, and what was; null where nothing was. */
export type Repairer = (record: number, cells: readonly string[]) => { readonly cells: readonly string[]; readonly applied: readonly AppliedRepair[] } | null

const nameParts: readonly string[] = ['firstName', 'lastName']

/** Whether a file of that kind has the field, and the correction can be made in it. */
export function isRepairOf(kind: ImportKind, repair: Repair): boolean {
  const known = fieldsOf(kind).find(({ key }) => key === repair.field)
  if (known === undefined) return false
  if (repair.kind === 'split_name') return nameParts.includes(known.key)
  return repair.kind !== 'lost_zero' || known.type === 'embg' || known.type === 'reference'
}

export const isRule = (repair: Repair): repair is RepairRule => repair.kind !== 'cell'

/** A personal number as its country writes it, out of what a spreadsheet has left of it; what is no number of the country stays as it is. */
function mendNumber(cell: string, { personalNumbers }: Country): string {
  const bare = bareNumber(cell)
  if (readEmbg(bare, personalNumbers).kind !== 'bad') return cell
  const digits = bare.replace(/[.,]0{1,2}$/u, '').replace(/[.,\-/]/gu, '')
  return [digits, `0${digits}`].find((candidate) => readEmbg(candidate, personalNumbers).kind === 'valid') ?? cell
}

type Change = (cell: (at: number) => string, put: (at: number, field: AnyField, value: string) => void) => void

function changeBy(rule: RepairRule, columns: Columns, country: Country): Change {
  const key = rule.field as AnyField
  const at = columns[key]
  if (rule.kind === 'lost_zero') return (cell, put) => { if (cell(at) !== '') put(at, key, mendNumber(cell(at), country)) }
  if (rule.kind === 'replace') {
    const { find, by, where } = rule
    return (cell, put) => {
      if (where === 'anywhere') put(at, key, cell(at).replaceAll(find, () => by).trim())
      else if (cell(at) === find) put(at, key, by)
    }
  }
  const other = key === 'firstName' ? columns.lastName : columns.firstName
  return (cell, put) => {
    if (other < 0 || cell(other) !== '' || !/\S\s+\S/u.test(cell(at))) return
    const { firstName, lastName } = splitName(cell(at), rule.order)
    put(columns.firstName, 'firstName', firstName)
    put(columns.lastName, 'lastName', lastName)
  }
}

/**
 * Makes of a list of corrections what is done to each line: the rules in their order, and then what somebody typed for that very line, which no rule
 * changes. Lines with a wrong number of cells stay as they are: nobody knows what their columns mean. Null where there is nothing to do.
 */
export function repairerOf(repairs: readonly Repair[], columns: Columns, country: Country): Repairer | null {
  const isMapped = ({ field: key }: Repair): boolean => (columns[key as AnyField] as number | undefined ?? -1) >= 0
  const rules = repairs.filter(isRule).filter(isMapped).map((rule) => ({ kind: rule.kind, change: changeBy(rule, columns, country) }))
  const typed = new Map<number, { field: AnyField; value: string }[]>()
  for (const repair of repairs) {
    if (repair.kind !== 'cell' || !isMapped(repair)) continue
    typed.set(repair.record, [...(typed.get(repair.record) ?? []), { field: repair.field as AnyField, value: repair.value }])
  }
  if (rules.length === 0 && typed.size === 0) return null
  return (record, cells) => {
    if (cells.length !== columns.count) return null
    const mended = [...cells]
    const applied: AppliedRepair[] = []
    const cell = (at: number): string => mended[at] ?? ''
    const putBy = (kind: RepairKind) => (at: number, key: AnyField, value: string): void => {
      if (cell(at) === value) return
      mended[at] = value
      applied.push({ field: key, kind })
    }
    for (const { kind, change } of rules) change(cell, putBy(kind))
    for (const { field: key, value } of typed.get(record) ?? []) putBy('cell')(columns[key], key, value)
    return applied.length === 0 ? null : { cells: mended, applied }
  }
}

/** What somebody typed over a cell that a trial has shown. */
export interface CellEdit {
  readonly record: number
  readonly field: string
  /** What stood there. */
  readonly was: string
  readonly value: string
  /** Meant for every line that says the same. */
  readonly everywhere: boolean
}

/** The corrections of a file with some more: a cell that is typed anew has its last text, and a rule that is said again stands once. */
export function withEdits(repairs: readonly Repair[], edits: readonly CellEdit[]): Repair[] {
  const changed = edits.filter(({ was, value }) => was !== value.trim())
  const cells = changed.filter(({ everywhere }) => !everywhere).map(({ record, field: key, value }): Repair => ({ kind: 'cell', record, field: key, value: value.trim() }))
  const rules = changed.filter(({ everywhere }) => everywhere).map(({ field: key, was, value }): Repair => ({ kind: 'replace', field: key, find: was, by: value.trim(), where: 'whole' }))
  const isSaid = (repair: Repair): boolean => changed.some(({ record, field: key, was, everywhere }) =>
    repair.field === key && (everywhere ? repair.kind === 'replace' && repair.where === 'whole' && repair.find === was : repair.kind === 'cell' && repair.record === record))
  const said = new Map(rules.map((rule) => [JSON.stringify([rule.field, rule.kind === 'replace' && rule.find]), rule]))
  return [...repairs.filter((repair) => !isSaid(repair)), ...said.values(), ...cells]
}
