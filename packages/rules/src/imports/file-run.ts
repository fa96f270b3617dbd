import { looksLikeFormula } from './cells'
import type { ImportKind } from './fields'
import { judgeClaim, judgeMember, judgePayment } from './judge'
import type { ClaimLine, Judged, LineProblem, MemberLine, PaymentLine, Reading, RefusalReason } from './judge'
import type { ReviewKind } from './likeness'
import { lineOutcomes } from './outcomes'
import type { Known, LineOutcome, MemberOutcome } from './outcomes'
import type { ExactKey, Likeness } from './person-book'
import type { AppliedRepair, RepairKind } from './repairs'

/** What becomes of one record, with what it says where it is not refused, its cells as they were judged, and what was corrected in them. */
export type Decision = { readonly record: number; readonly cells: readonly string[]; readonly repairs: readonly AppliedRepair[] } & (
  | { readonly outcome: 'rejected'; readonly reason: RefusalReason; readonly problems: readonly LineProblem[] }
  | { readonly kind: 'members'; readonly outcome: MemberOutcome['outcome']; readonly person: number; readonly isNew: boolean; readonly alike: readonly Likeness[]; readonly line: MemberLine; readonly isNumberFree: boolean }
  | { readonly kind: 'claims'; readonly outcome: 'valid_new' | 'duplicate_in_file'; readonly person: number; readonly line: ClaimLine }
  | { readonly kind: 'payments'; readonly outcome: 'valid_new' | 'duplicate_in_file'; readonly person: number; readonly line: PaymentLine }
)

/** A record that may be about the person of another one, of this file or an earlier one. */
export interface ReviewPair {
  readonly record: number
  /** Null where the person came by no file. */
  readonly other_file: string | null
  readonly other_record: number | null
  readonly kind: ReviewKind
}

/** What an import reports; amounts in minor units. Without `kept...` where the kind has none. */
export interface ImportReport {
  readonly total_data_lines: number
  readonly outcomes: Readonly<Partial<Record<LineOutcome, number>>>
  readonly rejected_by_reason: Readonly<Partial<Record<RefusalReason, number>>>
  readonly formula_like_text_cells: number
  /** Lines in which something was corrected, and how many corrections of each kind; left out where none was. */
  readonly repaired_lines?: number
  readonly repairs_by_kind?: Readonly<Partial<Record<RepairKind, number>>>
  readonly unmatched_by_exact_key?: number
  readonly embg_repaired_leading_zero?: number
  readonly duplicate_in_file_by_key?: Readonly<Partial<Record<ExactKey, number>>>
  readonly renewal_by_key?: Readonly<Partial<Record<ExactKey, number>>>
  readonly kept_lines_by_plan?: Readonly<Record<string, number>>
  readonly kept_lines_by_category?: Readonly<Record<string, number>>
  readonly kept_lines_by_status?: Readonly<Record<string, number>>
  readonly kept_lines_by_method?: Readonly<Record<string, number>>
  readonly kept_amount_minor?: Readonly<Record<string, number>>
  readonly kept_amount_asked_minor?: Readonly<Record<string, number>>
  readonly kept_amount_recovered_minor?: Readonly<Record<string, number>>
  readonly review_pairs?: readonly ReviewPair[]
}

/** Counts by word, in the order of the alphabet. */
class Counts<T extends string> {
  readonly #counts = new Map<T, bigint>()

  add(word: T, by: bigint | number = 1): void {
    this.#counts.set(word, (this.#counts.get(word) ?? 0n) + BigInt(by))
  }

  of(word: T): number {
    return Number(this.#counts.get(word) ?? 0n)
  }

  /** Sums of money of one tenant stay far below what a number holds exactly. */
  get all(): Record<T, number> {
    return Object.fromEntries([...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([word, count]) => [word, Number(count)])) as Record<T, number>
  }
}

const noRepairs: readonly AppliedRepair[] = []

const outcomesOf: Readonly<Record<ImportKind, readonly LineOutcome[]>> = {
  members: lineOutcomes, claims: ['valid_new', 'duplicate_in_file', 'rejected'], payments: ['valid_new', 'duplicate_in_file', 'rejected'],
}

/**
 * One file on its way in: decides record by record and counts. The same for a trial and for the real thing; what is written is the
 * caller's business. `known` holds who and what was there before, and learns.
 */
export class FileRun {
  readonly #kind: ImportKind
  readonly #reading: Reading
  readonly #known: Known
  readonly #file: string
  #total = 0
  #formulas = 0
  #repaired = 0
  readonly #outcomes = new Counts<LineOutcome>()
  readonly #reasons = new Counts<RefusalReason>()
  readonly #mended = { lines: 0, by: new Counts<RepairKind>() }
  #repairs: readonly AppliedRepair[] = noRepairs
  readonly #keys = { duplicate_in_file: new Counts<ExactKey>(), renewal: new Counts<ExactKey>() }
  readonly #words = { plan: new Counts<string>(), category: new Counts<string>(), status: new Counts<string>(), method: new Counts<string>() }
  readonly #money = { amount: new Counts<string>(), asked: new Counts<string>(), recovered: new Counts<string>() }
  readonly #pairs: ReviewPair[] = []

  constructor(kind: ImportKind, reading: Reading, known: Known, file: string) {
    this.#kind = kind
    this.#reading = reading
    this.#known = known
    this.#file = file
    known.beginFile()
  }

  /** Decides the next record, whose cells are trimmed. */
  take(source: readonly string[]): Decision {
    this.#total += 1
    const { columns, repair } = this.#reading
    const mended = repair === null ? null : repair(this.#total, source)
    const cells = mended?.cells ?? source
    this.#repairs = mended?.applied ?? noRepairs
    if (mended !== null) this.#mended.lines += 1
    for (const { kind } of this.#repairs) this.#mended.by.add(kind)
    if (cells.length === columns.count) for (const at of columns.free) if (looksLikeFormula(cells[at] ?? '')) this.#formulas += 1
    const decision = this.#kind === 'members' ? this.#member(cells) : this.#kind === 'claims' ? this.#claim(cells) : this.#payment(cells)
    this.#outcomes.add(decision.outcome)
    return decision
  }

  #member(cells: readonly string[]): Decision {
    const judged = judgeMember(cells, this.#reading)
    if (!judged.ok) return this.#refuse(judged.problems, cells)
    const { line } = judged
    const isNumberFree = line.number !== '' && this.#known.find({ by: 'number', value: line.number.toLowerCase() }) === null
    const placed = this.#known.placeMember(line)
    const { person, outcome } = placed
    const isNew = outcome === 'valid_new' || outcome === 'probable_duplicate'
    const alike = outcome === 'probable_duplicate' ? placed.alike : []
    for (const { person: other, kind } of alike) {
      const place = this.#known.placeOf(other)
      this.#pairs.push({ record: this.#total, other_file: place?.file ?? null, other_record: place?.record ?? null, kind })
    }
    if (isNew) this.#known.setPlace(person, this.#file, this.#total)
    if (line.embgRepaired) this.#repaired += 1
    if (outcome === 'duplicate_in_file' || outcome === 'renewal') this.#keys[outcome].add(placed.key)
    if (outcome !== 'duplicate_in_file') {
      this.#words.plan.add(line.planCode)
      this.#money.amount.add(line.currency, line.amountMinor)
    }
    return { record: this.#total, cells, repairs: this.#repairs, kind: 'members', outcome, person, isNew, alike, line, isNumberFree }
  }

  #claim(cells: readonly string[]): Decision {
    const judged: Judged<ClaimLine> = judgeClaim(cells, this.#reading)
    if (!judged.ok) return this.#refuse(judged.problems, cells)
    const { line } = judged
    const placed = this.#known.placeClaim(line, this.#reading.columns.member)
    if (placed.outcome === 'rejected') return this.#refuse(placed.problems, cells)
    if (placed.outcome === 'valid_new') {
      this.#words.category.add(line.category)
      this.#words.status.add(line.status)
      this.#money.asked.add(line.currency, line.askedMinor)
      if (line.recoveredMinor !== null) this.#money.recovered.add(line.currency, line.recoveredMinor)
    }
    return { record: this.#total, cells, repairs: this.#repairs, kind: 'claims', ...placed, line }
  }

  #payment(cells: readonly string[]): Decision {
    const judged = judgePayment(cells, this.#reading)
    if (!judged.ok) return this.#refuse(judged.problems, cells)
    const { line } = judged
    const placed = this.#known.placePayment(line, this.#reading.columns)
    if (placed.outcome === 'rejected') return this.#refuse(placed.problems, cells)
    if (placed.outcome === 'valid_new') {
      this.#words.method.add(line.method)
      this.#money.amount.add(line.currency, line.amountMinor)
    }
    return { record: this.#total, cells, repairs: this.#repairs, kind: 'payments', ...placed, line }
  }

  #refuse(problems: readonly LineProblem[], cells: readonly string[]): Decision {
    const reason = problems[0]?.reason ?? 'wrong_column_count'
    this.#reasons.add(reason)
    return { record: this.#total, repairs: this.#repairs, outcome: 'rejected', reason, problems, cells }
  }

  /** What was counted so far. */
  report(): ImportReport {
    const base = {
      total_data_lines: this.#total, outcomes: Object.fromEntries(outcomesOf[this.#kind].map((word) => [word, this.#outcomes.of(word)])), rejected_by_reason: this.#reasons.all,
      formula_like_text_cells: this.#formulas, ...(this.#mended.lines === 0 ? {} : { repaired_lines: this.#mended.lines, repairs_by_kind: this.#mended.by.all }),
    }
    const { amount, asked, recovered } = this.#money
    if (this.#kind === 'claims') {
      return { ...base, kept_lines_by_category: this.#words.category.all, kept_lines_by_status: this.#words.status.all, kept_amount_asked_minor: asked.all, kept_amount_recovered_minor: recovered.all }
    }
    if (this.#kind === 'payments') return { ...base, kept_lines_by_method: this.#words.method.all, kept_amount_minor: amount.all }
    return {
      ...base, unmatched_by_exact_key: this.#outcomes.of('valid_new') + this.#outcomes.of('probable_duplicate'), embg_repaired_leading_zero: this.#repaired,
      duplicate_in_file_by_key: this.#keys.duplicate_in_file.all, renewal_by_key: this.#keys.renewal.all, kept_lines_by_plan: this.#words.plan.all, kept_amount_minor: amount.all,
      review_pairs: this.#pairs,
    }
  }
}
