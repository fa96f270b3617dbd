import { isCurrency, money } from '../money'
import type { Money } from '../money'
import { dimensionsOf, reportDefinitions } from './definitions'
import type { Dimension, LedgerSum, ReportName, RevenueGroup } from './definitions'

/** One row: what it is about, as ids and codes, and an amount for each column. */
export type ReportRow = { readonly about: readonly (string | null)[]; readonly amounts: readonly Money[] }
export type FoldedReport = { readonly rows: readonly ReportRow[]; readonly totals: readonly (readonly Money[])[] }

function aboutOf(sum: LedgerSum, dimension: Dimension): string | null {
  if (dimension === 'rate') return sum.rate === null ? null : sum.rate.toString()
  return sum[dimension]
}

function amountsIn(minors: readonly bigint[], currency: string): Money[] {
  if (!isCurrency(currency)) throw new Error(`the books hold an unknown currency ${currency}`)
  return minors.map((minor) => money(minor, currency))
}

const order = (a: readonly (string | null)[], b: readonly (string | null)[]): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null
    if (left === right) continue
    if (left === null || right === null) return left === null ? 1 : -1
    return left < right ? -1 : 1
  }
  return 0
}

/**
 * Puts sums of the ledger together into the rows of a report, each currency by itself and never added to another. Rows of accounts that stand at nothing are left out;
 * what was booked during a period stays, also when it comes to nothing.
 */
export function foldReport(report: ReportName, group: RevenueGroup, sums: readonly LedgerSum[]): FoldedReport {
  const { columns, span } = reportDefinitions[report]
  const about = dimensionsOf(report, group)
  const rows = new Map<string, { about: (string | null)[]; currency: string; minors: bigint[]; touched: boolean }>()
  const totals = new Map<string, bigint[]>()
  for (const sum of sums) {
    const parts = about.map((dimension) => aboutOf(sum, dimension))
    const key = JSON.stringify([sum.currency, ...parts])
    const row = rows.get(key) ?? { about: parts, currency: sum.currency, minors: columns.map(() => 0n), touched: false }
    const total = totals.get(sum.currency) ?? columns.map(() => 0n)
    for (const [index, column] of columns.entries()) {
      const minor = column.take(sum)
      if (minor === null) continue
      row.minors[index] = (row.minors[index] ?? 0n) + minor
      total[index] = (total[index] ?? 0n) + minor
      row.touched = true
    }
    rows.set(key, row)
    totals.set(sum.currency, total)
  }
  const kept = [...rows.values()].filter(({ minors, touched }) => (span === 'during' ? touched : minors.some((minor) => minor !== 0n)))
  const currencies = new Set(kept.map(({ currency }) => currency))
  return {
    rows: kept.toSorted((a, b) => order(a.about, b.about) || order([a.currency], [b.currency])).map((row) => ({ about: row.about, amounts: amountsIn(row.minors, row.currency) })),
    totals: [...totals].filter(([currency]) => currencies.has(currency)).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minors]) => amountsIn(minors, currency)),
  }
}
