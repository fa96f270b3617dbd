import { mkPack } from '../../country-packs'
import { detectCurrency, detectStyle } from '../style'
import { suggestMapping } from '../suggest'
import type { ImportKind, Mapping } from '../fields'
import type { FileStyle } from '../judge'

/** The records of a CSV text, cells trimmed. Only for tests: files of people go through the reader of the api. */
export function recordsOf(text: string, delimiter: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let quoted = false
  const endCell = (): void => {
    record.push(cell.trim())
    cell = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at)
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[at + 1] === '"') cell += text.charAt((at += 1))
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === delimiter) endCell()
    else if (c === '\n') {
      endCell()
      records.push(record)
      record = []
    } else if (c !== '\r') cell += c
  }
  if (cell !== '' || record.length > 0) {
    endCell()
    records.push(record)
  }
  return records
}

/** How an old file is written, as `expected.json` says. */
export interface FileForm {
  readonly encoding: string
  readonly delimiter: string
}

export interface LegacyFile {
  readonly name: string
  readonly kind: ImportKind
  readonly mapping: Mapping
  readonly style: FileStyle
  readonly header: readonly string[]
  readonly lines: readonly (readonly string[])[]
}

/** One of the old files, mapped and styled by what is suggested for it. */
export function legacyFile(name: string, bytes: Uint8Array, { encoding, delimiter }: FileForm): LegacyFile {
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  const records = recordsOf(text, delimiter)
  if (records[0]?.[0]?.startsWith('sep=') === true) records.shift()
  const [header = [], ...lines] = records
  const kind = name.slice(0, name.indexOf('-')) as ImportKind
  const mapping = suggestMapping(kind, header)
  const style = { ...detectStyle(kind, mapping, lines.slice(0, 200)), currency: detectCurrency(header, mapping, 'MKD'), country: mkPack.country }
  return { name, kind, mapping, style, lines, header }
}
