import { expect, it } from 'vitest'
import { mkPack, xkPack } from '../country-packs'
import { parseDateOnly } from '../periods'
import { retentionSchema } from '../rule-sets'
import { taxDocumentsUntil } from './erasure'

it.each([
  ['MK', mkPack, '2026-03-10', '2036-03-10'],
  ['XK', xkPack, '2026-03-10', '2032-12-31'],
  ['XK', xkPack, '2026-12-31', '2032-12-31'],
  ['MK', mkPack, '2024-02-29', '2034-02-28'],
] as const)('A-08 in %s a tax document is kept for as long as its law says', (_, pack, on, until) => {
  expect(taxDocumentsUntil(retentionSchema.parse(pack.rules.retention), parseDateOnly(on))).toBe(until)
})
