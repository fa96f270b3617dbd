import { nameForm } from './likeness'
import { fieldsOf } from './fields'
import type { AnyField, ImportKind } from './fields'

/**
 * Headers as files of the countries have them, in Macedonian, Albanian, Serbian and English; compared without case, marks, script and punctuation. A header
 * is matched whole first, then by the words it holds.
 */
const headers: Readonly<Record<ImportKind, Readonly<Partial<Record<AnyField, readonly string[]>>>>> = {
  members: {
    number: ['Реден број', 'Членски број', 'Број на член', 'Шифра', 'Member No', 'Member number', 'No', 'Nr', 'Nr. i anëtarit', 'Numri i anëtarit', 'Članski broj', 'Broj člana'],
    surnameFirst: ['Презиме и име', 'Mbiemri dhe emri', 'Surname and name', 'Last name, first name', 'Prezime i ime'],
    nameFirst: ['Име и презиме', 'Emri dhe mbiemri', 'Full name', 'Name', 'Name and surname', 'Ime i prezime', 'Член', 'Anëtari', 'Member'],
    firstName: ['Име', 'Emri', 'First name', 'Given name', 'Ime'],
    lastName: ['Презиме', 'Mbiemri', 'Last name', 'Surname', 'Family name', 'Prezime'],
    embg: ['ЕМБГ', 'Матичен број', 'EMBG', 'Personal No (EMBG)', 'Personal No', 'Personal number', 'Numri personal', 'Nr. personal', 'NUAM', 'JMBG', 'Matični broj'],
    birthDate: ['Датум на раѓање', 'Роден на', 'Date of birth', 'Birth date', 'Birthday', 'Datëlindja', 'Data e lindjes', 'Datum rođenja'],
    street: ['Адреса', 'Улица', 'Street', 'Address', 'Adresa', 'Rruga', 'Ulica'],
    city: ['Град', 'Место', 'City', 'Town', 'Place', 'Qyteti', 'Vendi', 'Grad', 'Mesto'],
    phone: ['Телефон', 'Мобилен', 'Phone', 'Mobile', 'Telephone', 'Telefoni', 'Nr. i telefonit', 'Celulari', 'Telefon', 'Mobilni'],
    email: ['Е-пошта', 'Емаил', 'E-mail', 'Email', 'Mail', 'Posta elektronike', 'E-posta', 'E-pošta'],
    plan: ['План', 'Пакет', 'Plan', 'Package', 'Plani', 'Paketa', 'Paket'],
    startsOn: ['Зачленет на', 'Важи од', 'Почеток', 'Valid from', 'Start', 'Member since', 'Vlen nga', 'Fillimi', 'Anëtarësuar më', 'Važi od', 'Početak'],
    endsOn: ['Важи до', 'Крај', 'Valid to', 'Valid until', 'End', 'Expires', 'Vlen deri', 'Vlen deri më', 'Mbarimi', 'Važi do', 'Kraj'],
    amount: ['Износ', 'Членарина', 'Amount', 'Amount EUR', 'Amount MKD', 'Price', 'Fee', 'Shuma', 'Çmimi', 'Iznos', 'Cena'],
    method: ['Начин на плаќање', 'Paid by', 'Payment method', 'Method', 'Mënyra', 'Mënyra e pagesës', 'Način plaćanja'],
    agent: ['Агент', 'Продавач', 'Agent', 'Salesperson', 'Agjenti', 'Shitësi', 'Prodavac'],
    branch: ['Филијала', 'Подружница', 'Branch', 'Dega', 'Filiala', 'Filijala'],
    note: ['Забелешка', 'Коментар', 'Notes', 'Note', 'Comment', 'Shënim', 'Shënime', 'Napomena'],
  },
  claims: {
    number: ['Број на предмет', 'Предмет', 'Case No', 'Case number', 'Claim number', 'Case', 'Nr. i lëndës', 'Numri i lëndës', 'Lënda', 'Broj predmeta'],
    member: ['Член (ЕМБГ или број)', 'Член', 'Member', 'Member (EMBG or number)', 'Anëtari (EMBG ose numri)', 'Anëtari', 'Član'],
    category: ['Категорија', 'Вид', 'Category', 'Type', 'Kategoria', 'Lloji', 'Kategorija', 'Vrsta'],
    incidentOn: ['Датум на настан', 'Настан', 'Date of incident', 'Incident date', 'Data e ngjarjes', 'Datum događaja'],
    reportedOn: ['Датум на пријава', 'Пријавено на', 'Date reported', 'Reported on', 'Data e raportimit', 'Data e paraqitjes', 'Datum prijave'],
    counterparty: ['Спротивна страна', 'Counterparty', 'Opponent', 'Pala kundërshtare', 'Pala tjetër', 'Suprotna strana'],
    status: ['Статус', 'Состојба', 'Status', 'State', 'Statusi', 'Gjendja'],
    asked: ['Побаран износ', 'Побарано', 'Amount asked', 'Claimed amount', 'Amount claimed', 'Shuma e kërkuar', 'Traženi iznos'],
    recovered: ['Наплатен износ', 'Наплатено', 'Amount recovered', 'Recovered', 'Shuma e arkëtuar', 'Shuma e paguar', 'Naplaćeni iznos'],
    note: ['Забелешка', 'Коментар', 'Notes', 'Note', 'Comment', 'Shënim', 'Shënime', 'Napomena'],
  },
  payments: {
    number: ['Број на потврда', 'Број на уплатница', 'Потврда', 'Receipt No', 'Receipt number', 'Receipt', 'Nr. i dëftesës', 'Dëftesa', 'Nr. i faturës', 'Broj potvrde'],
    paidOn: ['Датум', 'Датум на уплата', 'Date', 'Paid on', 'Payment date', 'Data', 'Data e pagesës', 'Datum', 'Datum uplate'],
    member: ['Член (ЕМБГ или број)', 'Член', 'Member', 'Member (EMBG or number)', 'Anëtari (EMBG ose numri)', 'Anëtari', 'Član'],
    amount: ['Износ', 'Amount', 'Shuma', 'Iznos'],
    currency: ['Валута', 'Currency', 'Valuta', 'Monedha'],
    method: ['Начин на плаќање', 'Начин', 'Paid by', 'Payment method', 'Method', 'Mënyra', 'Mënyra e pagesës', 'Način plaćanja'],
    agent: ['Агент', 'Продавач', 'Agent', 'Salesperson', 'Agjenti', 'Shitësi', 'Prodavac'],
    branch: ['Филијала', 'Подружница', 'Branch', 'Dega', 'Filiala', 'Filijala'],
    note: ['Забелешка', 'Коментар', 'Notes', 'Note', 'Comment', 'Shënim', 'Shënime', 'Napomena'],
  },
}

interface Known {
  readonly field: AnyField
  readonly form: string
}

function formsOf(kind: ImportKind): Known[] {
  return Object.entries(headers[kind]).flatMap(([field, texts]) => texts.map((text) => ({ field: field as AnyField, form: nameForm(text) })))
}

/** How well a header says a field: all of it, or how many letters of it the field's words make up. */
function fitOf(header: string, { form }: Known): number {
  if (header === form) return 1000
  const words = ` ${header} `
  return words.includes(` ${form} `) ? form.length : 0
}

/** What each column most likely holds, by its header; null: no idea. No field is suggested twice. */
export function suggestMapping(kind: ImportKind, header: readonly string[]): (AnyField | null)[] {
  const known = formsOf(kind)
  const offers = header.flatMap((text, column) => {
    const form = nameForm(text)
    return known.flatMap((one) => {
      const score = fitOf(form, one)
      return score === 0 ? [] : [{ column, field: one.field, score }]
    })
  })
  const mapping: (AnyField | null)[] = header.map(() => null)
  const taken = new Set<AnyField>()
  for (const { column, field, score } of offers.toSorted((a, b) => b.score - a.score || a.column - b.column)) {
    if (mapping[column] !== null || taken.has(field) || score < 3) continue
    mapping[column] = field
    taken.add(field)
  }
  return mapping
}

/** The field that a person means by its key, or by a word that a header of it may be; null: none. */
export function fieldNamed(kind: ImportKind, name: string): AnyField | null {
  return fieldsOf(kind).find(({ key }) => key.toLowerCase() === name.trim().toLowerCase())?.key ?? null
}
