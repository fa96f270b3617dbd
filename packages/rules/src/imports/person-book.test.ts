import { describe, expect, it } from 'vitest'
import { parseDateOnly } from '../periods'
import { Known, PersonBook, type PersonTraits } from '.'
import { compareNames, isSlip, nameForm, streetForm } from './likeness'

const name = (first: string, last: string) => ({ given: nameForm(first), family: nameForm(last) })
const anna: PersonTraits = { firstName: 'Ана', lastName: 'Ѓорѓиевска', embg: null, birthDate: parseDateOnly('1980-05-04'), emailKey: '', phoneKey: '70111222', street: 'ул. Партизанска 5' }

function kindOf(other: Partial<PersonTraits>, first: PersonTraits = anna): string | null {
  const book = new PersonBook()
  book.add(book.weigh(first), null)
  const line = book.weigh({ ...anna, ...other })
  const match = book.match(line)
  return match === null ? (book.alike(line)[0]?.kind ?? null) : match.key
}

describe('names', () => {
  it.each([
    ['Ѓорѓи', 'Шаќири', 'Gjorgji', 'Shaqiri', 'spelling'], ['Џемаил', 'Хоџа', 'Xhemail', 'Hoxha', 'spelling'], ['Џемаил', 'Хоџа', 'Džemail', 'Hodža', 'spelling'],
    ['Enkeledë', 'Çupi', 'Енкеледа', 'Чупи', 'spelling'], ['Љупчо', 'Жежовски', 'Ljupcho', 'Zhezhovski', 'spelling'], ['Снежана', 'Петрова', 'SNEŽANA', 'PETROVA', 'spelling'],
    ['Петрова', 'Ана', 'Ана', 'Петрова', 'name_order'], ['Ана Марија', 'Петрова', 'Ана', 'Марија Петрова', 'name_order'],
    ['Ана', 'Наумовска', 'Ана', 'Намуовска', 'typo'], ['Снежана', 'Петрова', 'Снежнаа', 'Петрова', 'typo'], ['Ана', 'Петрова', 'Ана', 'Димова', 'surname_changed'],
    ['Јован', 'Петров', 'Јована', 'Петров', null], ['Арбен', 'Хоџа', 'Арбена', 'Хоџа', null], ['Ана', 'Петрова', 'Ива', 'Петрова', null], ['Ана', 'Петрова', 'Марија', 'Петрова', null],
  ])('%s %s and %s %s: %s', (first, last, otherFirst, otherLast, kind) => {
    expect(compareNames(name(first, last), name(otherFirst, otherLast))).toBe(kind)
    expect(compareNames(name(otherFirst, otherLast), name(first, last))).toBe(kind)
  })

  it('takes one letter for a slip, and no short word', () => {
    expect([isSlip('petrov', 'petrv'), isSlip('petrov', 'petorv'), isSlip('petrov', 'petrob'), isSlip('petrov', 'petrovv')]).toEqual([true, true, true, true])
    expect([isSlip('ana', 'iva'), isSlip('petrov', 'petrov'), isSlip('petrov', 'dimov'), isSlip('petrov', 'petar')]).toEqual([false, false, false, false])
  })

  it('hears one address in two scripts, with and without the flat', () => {
    const forms = ['ул. Кеј 13 Ноември 27; влез 2', 'Kej 13 Noemvri 27', 'КЕЈ 13 НОЕМВРИ 27 "Б", стан 4', 'Ul. Kej 13 Noemvri 27, kat 3'].map(streetForm)
    expect(new Set(forms).size).toBe(1)
    expect([streetForm(''), streetForm('без адреса')]).toEqual(['', ''])
  })
})

describe('M-08 who may be who', () => {
  it.each([
    ['the same in Latin, reached by phone', { firstName: 'Ana', lastName: 'Gjorgjievska', street: '' }, 'spelling'],
    ['the same in Latin, at the same address', { firstName: 'Ana', lastName: 'Đorđievska', phoneKey: '71999999', street: 'Partizanska 5' }, 'spelling'],
    ['day and month of birth changed over', { birthDate: parseDateOnly('1980-04-05') }, 'birth_date_swapped'],
    ['a namesake elsewhere', { phoneKey: '71999999', street: 'Илинденска 9' }, null],
    ['a namesake of another age at the same address', { birthDate: parseDateOnly('1955-01-30') }, null],
    ['a twin', { firstName: 'Марија' }, null],
    ['a day and a month changed over for somebody of another surname', { birthDate: parseDateOnly('1980-04-05'), lastName: 'Димова', street: '' }, null],
    ['the same name and birth with nothing to reach either by', { phoneKey: '', street: '' }, 'spelling'],
    ['nothing known of the birth', { birthDate: null }, null],
  ])('%s', (_, other, kind) => {
    expect(kindOf(other)).toBe(kind)
  })

  it('two EMBGs that differ are two people, a shared e-mail alone is nobody', () => {
    const one = { ...anna, embg: '0405980455001', emailKey: 'family@example.com' }
    expect(kindOf({ embg: '0405980455028', emailKey: 'family@example.com' }, one)).toBeNull()
    expect(kindOf({ embg: '0405980455001', firstName: 'X' }, one)).toBe('embg')
    expect(kindOf({ emailKey: 'family@example.com', firstName: 'X' }, one)).toBe('email_birthdate')
    expect(kindOf({ emailKey: 'family@example.com', firstName: 'Филип', birthDate: parseDateOnly('2001-01-01') }, one)).toBeNull()
  })

  it('an EMBG that any line of a person had keeps somebody else away', () => {
    const book = new PersonBook()
    const person = book.add(book.weigh({ ...anna, embg: '0405980455001' }), null)
    book.add(book.weigh({ ...anna, emailKey: 'ana@example.com' }), person)
    expect(book.match(book.weigh({ ...anna, emailKey: 'ana@example.com', embg: '0405980455028' }))).toBeNull()
    expect(book.alike(book.weigh({ ...anna, embg: '0405980455028' }))).toEqual([])
    expect(book.alike(book.weigh(anna))).toEqual([{ person, kind: 'spelling' }])
  })

  it('finds everybody again among many', () => {
    const book = new PersonBook()
    const people = Array.from({ length: 20_000 }, (_, at): PersonTraits => ({
      firstName: `Име${String(at % 97)}`, lastName: `Презиме${String(at % 1013)}`, embg: String(1_000_000_000_000 + at), birthDate: parseDateOnly(`${String(1940 + (at % 60))}-0${String(1 + (at % 9))}-1${String(at % 10)}`),
      emailKey: `p${String(at)}@example.com`, phoneKey: String(70_000_000 + at), street: `Street ${String(at)}`,
    }))
    for (const person of people) book.add(book.weigh(person), null)
    expect(people.every((person, at) => book.match(book.weigh(person))?.person === at)).toBe(true)
    expect(people.every((person, at) => book.match(book.weigh({ ...person, embg: null }))?.person === at)).toBe(true)
    expect(people.every((person, at) => book.alike(book.weigh({ ...person, embg: null, emailKey: '' })).some((alike) => alike.person === at))).toBe(true)
  })
})

describe('numbers of before', () => {
  it('a reference finds the person of a line, whichever file it was in', () => {
    const known = new Known()
    known.addPerson({ ...anna, embg: '0405980455001' }, ['N24-7', '18'])
    expect([known.find({ by: 'number', value: 'n24-7' }), known.find({ by: 'number', value: '18' }), known.find({ by: 'embg', value: '0405980455001' }), known.find({ by: 'number', value: '19' })]).toEqual([0, 0, 0, null])
  })
})
