import { birthNumberCheckDigit } from '../people'
import { addDays, formatDate, parseDateOnly } from '../periods'

const given = ['Ана', 'Марија', 'Иван', 'Петар', 'Arben', 'Blerta', 'Шпенд', 'Gonxhe', 'Снежана', 'Владимир', 'Ѓорѓи', 'Љупчо']
const family = ['Петров', 'Хоџа', 'Krasniqi', 'Ќосев', 'Жежовски', 'Shaqiri', 'Илиев', 'Димов', 'Стојанов', 'Беќири', 'Османи', 'Колев']
const birthDays = 24_000

/** What the columns of `manyMembers` hold, as fields of an import. */
export const manyMembersFields = ['number', 'surnameFirst', 'embg', 'birthDate', 'street', 'phone', 'email', 'plan', 'startsOn', 'endsOn', 'amount', 'branch'] as const
/** The header of a file of them. */
export const manyMembersHeader = ['Реден број', 'Презиме и име', 'ЕМБГ', 'Датум на раѓање', 'Адреса', 'Телефон', 'Е-пошта', 'План', 'Зачленет на', 'Важи до', 'Износ', 'Филијала'] as const

/**
 * A member of an invented old file of North Macedonia, always the same one for a number, a million of them different people. Every fiftieth is somebody from before
 * under another e-mail and without a number, and of a thousand lines three have no amount that can be read.
 */
export function manyMembers(at: number): string[] {
  const again = at % 50 === 49 ? at - 20 : at
  const day = again % birthDays
  const born = addDays(parseDateOnly('1940-01-01'), (day * 7919) % birthDays)
  const serial = (Math.floor(again / birthDays) * 997 + day * 31) % 100_000
  const stem = `${born.slice(8, 10)}${born.slice(5, 7)}${born.slice(1, 4)}${String(serial).padStart(5, '0')}`
  const first = given[again % given.length] ?? ''
  const last = `${family[(again * 5) % family.length] ?? ''}${String.fromCharCode(1072 + (again % 30))}${String.fromCharCode(1072 + ((again >> 5) % 30))}`
  return [
    String(at + 1), `${last} ${first}`, again === at ? stem + String(birthNumberCheckDigit(stem)) : '', formatDate(born), `ул. Партизанска ${String(again % 5000)}`, `07${String(again % 10)} ${String(100_000 + (again % 900_000))}`,
    again === at ? `p${String(at)}@posta.example` : '', 'Базик', '01.01.2024', '31.12.2024', at % 333 === 7 ? 'нема' : '1.230,00', 'Скопје',
  ]
}

/** A file of them as UTF-8, a piece at a time. */
export function* manyMembersFile(lines: number): Generator<string> {
  const pieceSize = 5_000
  yield `${manyMembersHeader.join(';')}\r\n`
  for (let at = 0; at < lines; at += pieceSize) {
    let piece = ''
    for (let next = at; next < Math.min(lines, at + pieceSize); next += 1) piece += `${manyMembers(next).join(';')}\r\n`
    yield piece
  }
}
