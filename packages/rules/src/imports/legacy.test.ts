import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { columnsOf, FileRun, Known, knownWords, type ImportReport, type ReviewPair } from '.'
import { legacyFile, type FileForm } from './testing/legacy'

const folder = new URL('testing/legacy-mk/', import.meta.url)
const expectation = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  readonly import_order: readonly string[]
  readonly files: Readonly<Record<string, ImportReport & FileForm & { readonly probable_duplicate_pairs?: readonly ReviewPair[] }>>
}
const known = new Known()
const results = expectation.import_order.map((name) => {
  const expected = expectation.files[name]
  if (expected === undefined) throw new Error(`nothing is expected of ${name}`)
  const file = legacyFile(name, readFileSync(new URL(name, folder)), expected)
  const run = new FileRun(file.kind, { columns: columnsOf(file.kind, file.mapping), style: file.style, words: knownWords, repair: null }, known, name)
  const decisions = file.lines.map((cells) => run.take(cells))
  return { name, file, expected, decisions, report: run.report() }
})

const pairKey = ({ record, other_file, other_record }: ReviewPair): string => `${String(record)} ${String(other_file)} ${String(other_record)}`

describe('the old files of a country, as its spreadsheets exported them', () => {
  it.each(results)('$name: every line has one outcome, each counted exactly', ({ expected, decisions, report }) => {
    expect(decisions).toHaveLength(expected.total_data_lines)
    expect(Object.values(report.outcomes).reduce((a, b) => a + b, 0)).toBe(expected.total_data_lines)
    const { review_pairs: _pairs, outcomes, ...rest } = report
    expect(expected).toMatchObject(rest)
    const { valid_new: fresh = 0, probable_duplicate: probable = 0, ...exact } = outcomes
    const { valid_new: wantedFresh = 0, probable_duplicate: wantedProbable = 0, ...wanted } = expected.outcomes
    expect([exact, fresh + probable]).toEqual([wanted, wantedFresh + wantedProbable])
  })

  it.each(results.filter(({ file }) => file.kind === 'members'))('M-08 $name: people under another spelling are found for review, and hardly anybody else', ({ expected, report }) => {
    const wanted = new Set((expected.probable_duplicate_pairs ?? []).map(pairKey))
    const found = new Set((report.review_pairs ?? []).map(pairKey))
    const right = [...found].filter((key) => wanted.has(key)).length
    expect(right / found.size).toBeGreaterThanOrEqual(0.95)
    expect(right / wanted.size).toBeGreaterThanOrEqual(0.95)
  })

  it('knows as many people as have an exact key of their own', () => {
    expect(known.people.persons).toBe(7081)
  })

  it('names the cell of every refusal but the number of cells', () => {
    const faults = results.flatMap(({ file, decisions }) =>
      decisions.flatMap((decision) => (decision.outcome === 'rejected' ? decision.problems.map(({ reason, column }) => ({ reason, field: file.mapping[column] })) : [])))
    expect(new Set(faults.filter(({ field }) => field === undefined).map(({ reason }) => reason))).toEqual(new Set(['wrong_column_count']))
    expect(new Set(faults.filter(({ reason }) => reason === 'bad_date').map(({ field }) => field))).toContain('birthDate')
  })
})
