import { looksLikeFormula } from '../cells'
import { columnsOf, type ImportKind, type Mapping } from '../fields'
import { judgeClaim, judgeMember, judgePayment, type FileStyle, type LineProblem, type Reading } from '../judge'
import type { Known, LineOutcome } from '../outcomes'
import type { ReviewKind } from '../likeness'
import { knownWords } from '../words'

export interface TestFile {
  readonly name: string
  readonly kind: ImportKind
  readonly mapping: Mapping
  readonly style: FileStyle
  readonly lines: readonly (readonly string[])[]
}

export interface Pair {
  readonly record: number
  readonly other_file: string
  readonly other_record: number
  readonly kind: ReviewKind
}

const count = <T extends string>(counts: Partial<Record<T, number>>, key: T, by = 1): void => {
  counts[key] = (counts[key] ?? 0) + by
}

/** Runs the lines of a file and counts what became of them in the names of `expected.json`. `places` remembers the first line of each person. */
export function tally(known: Known, file: TestFile, places: Map<number, { file: string; record: number }>) {
  const reading: Reading = { columns: columnsOf(file.kind, file.mapping), style: file.style, words: knownWords }
  const outcomes: Partial<Record<LineOutcome, number>> = {}
  const rejected: Record<string, number> = {}
  const byKey: { duplicate_in_file: Record<string, number>; renewal: Record<string, number> } = { duplicate_in_file: {}, renewal: {} }
  const keptAmount: Record<string, bigint> = {}
  const kept: Record<string, Record<string, number>> = { plan: {}, category: {}, status: {}, method: {} }
  const money = { asked: 0n, recovered: 0n }
  const pairs: Pair[] = []
  const problemLines: { record: number; problems: readonly LineProblem[] }[] = []
  let formulas = 0
  let repaired = 0
  known.beginFile()
  file.lines.forEach((line, index) => {
    const record = index + 1
    const refuse = (problems: readonly LineProblem[]): void => {
      count(outcomes, 'rejected')
      count(rejected, problems[0]?.reason ?? 'none')
      problemLines.push({ record, problems })
    }
    if (line.length === reading.columns.count) formulas += reading.columns.free.filter((at) => looksLikeFormula(line[at] ?? '')).length
    if (file.kind === 'members') {
      const judged = judgeMember(line, reading)
      if (!judged.ok) return refuse(judged.problems)
      const placed = known.placeMember(judged.line)
      count(outcomes, placed.outcome)
      if (judged.line.embgRepaired) repaired += 1
      if (placed.outcome === 'probable_duplicate')
        for (const { person, kind } of placed.alike) {
          const at = places.get(person)
          if (at !== undefined) pairs.push({ record, other_file: at.file, other_record: at.record, kind })
        }
      if (!places.has(placed.person)) places.set(placed.person, { file: file.name, record })
      if (placed.outcome === 'duplicate_in_file' || placed.outcome === 'renewal') count(byKey[placed.outcome], placed.key)
      if (placed.outcome === 'duplicate_in_file') return
      count(kept['plan'] ?? {}, judged.line.planCode)
      keptAmount[judged.line.currency] = (keptAmount[judged.line.currency] ?? 0n) + judged.line.amountMinor
    } else if (file.kind === 'claims') {
      const judged = judgeClaim(line, reading)
      if (!judged.ok) return refuse(judged.problems)
      const placed = known.placeClaim(judged.line, reading.columns.member)
      if (placed.outcome === 'rejected') return refuse(placed.problems)
      count(outcomes, placed.outcome)
      if (placed.outcome !== 'valid_new') return
      count(kept['category'] ?? {}, judged.line.category)
      count(kept['status'] ?? {}, judged.line.status)
      money.asked += judged.line.askedMinor
      money.recovered += judged.line.recoveredMinor ?? 0n
    } else {
      const judged = judgePayment(line, reading)
      if (!judged.ok) return refuse(judged.problems)
      const placed = known.placePayment(judged.line, reading.columns)
      if (placed.outcome === 'rejected') return refuse(placed.problems)
      count(outcomes, placed.outcome)
      if (placed.outcome !== 'valid_new') return
      count(kept['method'] ?? {}, judged.line.method)
      keptAmount[judged.line.currency] = (keptAmount[judged.line.currency] ?? 0n) + judged.line.amountMinor
    }
  })
  return { outcomes, rejected, byKey, keptAmount, kept, money, pairs, formulas, repaired, problemLines }
}
