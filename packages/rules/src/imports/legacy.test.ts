import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Known } from './outcomes'
import { legacyFile, type FileForm } from './testing/legacy'
import { tally, type Pair } from './testing/tally'

const folder = new URL('testing/legacy-mk/', import.meta.url)
const expectation = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as {
  readonly import_order: readonly string[]
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>> & FileForm>>
}
const known = new Known()
const places = new Map<number, { file: string; record: number }>()
const results = expectation.import_order.map((name) => {
  const expected = expectation.files[name]
  if (expected === undefined) throw new Error(`nothing is expected of ${name}`)
  const file = legacyFile(name, readFileSync(new URL(name, folder)), expected)
  return { name, file, expected, result: tally(known, file, places) }
})

const whole = (amounts: Readonly<Record<string, bigint>>) => Object.fromEntries(Object.entries(amounts).map(([currency, minor]) => [currency, Number(minor)]))
const pairKey = ({ record, other_file, other_record }: Pair): string => `${String(record)} ${other_file} ${String(other_record)}`

describe('the old files of a country, as its spreadsheets exported them', () => {
  it.each(results)('$name: every line has one outcome, each counted exactly', ({ file, expected, result }) => {
    const counts = { valid_new: 0, probable_duplicate: 0, renewal: 0, duplicate_in_file: 0, rejected: 0, ...result.outcomes }
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(expected['total_data_lines'])
    const { valid_new: fresh, probable_duplicate: probable, ...rest } = counts
    const { valid_new: _fresh, probable_duplicate: _probable, ...wanted } = expected['outcomes'] as Record<string, number>
    expect(file.kind === 'members' ? rest : { ...wanted, duplicate_in_file: rest.duplicate_in_file, rejected: rest.rejected }).toEqual(wanted)
    expect(fresh + probable).toBe(expected['unmatched_by_exact_key'] ?? _fresh)
    expect(result.rejected).toEqual(expected['rejected_by_reason'])
    expect(result.formulas).toBe(expected['formula_like_text_cells'])
    expect(result.repaired).toBe(expected['embg_repaired_leading_zero'] ?? 0)
  })

  it.each(results)('M-08 $name: duplicates by their keys, and what is kept of the rest', ({ expected, result }) => {
    expect(result.byKey.duplicate_in_file).toEqual(expected['duplicate_in_file_by_key'] ?? {})
    expect(result.byKey.renewal).toEqual(expected['renewal_by_key'] ?? {})
    for (const [field, counts] of Object.entries(result.kept)) expect(counts).toEqual(expected[`kept_lines_by_${field}`] ?? {})
    expect(whole(result.keptAmount)).toEqual(expected['kept_amount_minor'] ?? {})
    const { MKD: asked } = (expected['kept_amount_asked_minor'] ?? { MKD: 0 }) as { MKD: number }
    const { MKD: recovered } = (expected['kept_amount_recovered_minor'] ?? { MKD: 0 }) as { MKD: number }
    expect([Number(result.money.asked), Number(result.money.recovered)]).toEqual([asked, recovered])
  })

  it.each(results.filter(({ file }) => file.kind === 'members'))('M-08 $name: people under another spelling are found for review, and hardly anybody else', ({ expected, result }) => {
    const wanted = new Set((expected['probable_duplicate_pairs'] as Pair[]).map(pairKey))
    const found = new Set(result.pairs.map(pairKey))
    const right = [...found].filter((key) => wanted.has(key)).length
    expect(right / found.size).toBeGreaterThanOrEqual(0.95)
    expect(right / wanted.size).toBeGreaterThanOrEqual(0.95)
  })

  it('knows as many people as have an exact key of their own', () => {
    expect(known.people.persons).toBe(7081)
  })

  it('names the cell of every refusal but the number of cells', () => {
    const places = results.flatMap(({ file, result }) => result.problemLines.flatMap(({ problems }) => problems.map(({ reason, column }) => ({ reason, header: file.mapping[column] }))))
    expect(new Set(places.filter(({ header }) => header === undefined).map(({ reason }) => reason))).toEqual(new Set(['wrong_column_count']))
    expect(new Set(places.filter(({ reason }) => reason === 'bad_date').map(({ header }) => header))).toContain('birthDate')
  })
})
