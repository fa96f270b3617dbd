/** What a file may hold. */
export const importKinds = ['members', 'claims', 'payments'] as const
export type ImportKind = (typeof importKinds)[number]

/** What a line does to somebody who was known before its file: all that it says is newer, only what was missing is taken, it is left out, or somebody looks at both. */
export const knownPolicies = ['update', 'fill', 'skip', 'review'] as const
export type KnownPolicy = (typeof knownPolicies)[number]

/** Bytes of a file that one request carries: as text a third more, and still less than any request may have. */
export const importPieceBytes = 512 * 1024

export type FieldType = 'text' | 'number' | 'embg' | 'reference' | 'date' | 'amount' | 'word' | 'email' | 'phone'

export interface ImportField {
  readonly key: string
  readonly type: FieldType
  /** Free text of people, places and notes: where a cell may look like a formula. */
  readonly free?: true
  /** Fields of one of which a line needs a cell, besides `required`. */
  readonly oneOf?: string
  /** A line without it is refused. */
  readonly required?: true
}

const memberFields = [
  { key: 'number', type: 'number' },
  { key: 'surnameFirst', type: 'text', free: true, oneOf: 'name' },
  { key: 'nameFirst', type: 'text', free: true, oneOf: 'name' },
  { key: 'firstName', type: 'text', free: true, oneOf: 'name' },
  { key: 'lastName', type: 'text', free: true, oneOf: 'name' },
  { key: 'embg', type: 'embg', oneOf: 'identity' },
  { key: 'birthDate', type: 'date', oneOf: 'identity' },
  { key: 'street', type: 'text', free: true },
  { key: 'city', type: 'text', free: true },
  { key: 'phone', type: 'phone' },
  { key: 'email', type: 'email' },
  { key: 'plan', type: 'word', required: true },
  { key: 'startsOn', type: 'date', required: true },
  { key: 'endsOn', type: 'date', required: true },
  { key: 'amount', type: 'amount', required: true },
  { key: 'method', type: 'word' },
  { key: 'agent', type: 'text', free: true },
  { key: 'branch', type: 'text', free: true },
  { key: 'note', type: 'text', free: true },
] as const satisfies readonly ImportField[]

const claimFields = [
  { key: 'number', type: 'number', required: true },
  { key: 'member', type: 'reference', required: true },
  { key: 'category', type: 'word', required: true },
  { key: 'incidentOn', type: 'date', required: true },
  { key: 'reportedOn', type: 'date' },
  { key: 'counterparty', type: 'text', free: true },
  { key: 'status', type: 'word', required: true },
  { key: 'asked', type: 'amount', required: true },
  { key: 'recovered', type: 'amount' },
  { key: 'note', type: 'text', free: true },
] as const satisfies readonly ImportField[]

const paymentFields = [
  { key: 'number', type: 'number', required: true },
  { key: 'paidOn', type: 'date', required: true },
  { key: 'member', type: 'reference', required: true },
  { key: 'amount', type: 'amount', required: true },
  { key: 'currency', type: 'word', required: true },
  { key: 'method', type: 'word', required: true },
  { key: 'agent', type: 'text', free: true },
  { key: 'branch', type: 'text', free: true },
  { key: 'note', type: 'text', free: true },
] as const satisfies readonly ImportField[]

export type MemberField = (typeof memberFields)[number]['key']
export type ClaimField = (typeof claimFields)[number]['key']
export type PaymentField = (typeof paymentFields)[number]['key']
export type AnyField = MemberField | ClaimField | PaymentField

const fields: Readonly<Record<ImportKind, readonly (ImportField & { readonly key: AnyField })[]>> = { members: memberFields, claims: claimFields, payments: paymentFields }

/** What a line of that kind can say. */
export function fieldsOf(kind: ImportKind): readonly (ImportField & { readonly key: AnyField })[] {
  return fields[kind]
}

/** For every column of a file what it holds; null: nothing that is taken over. */
export type Mapping = readonly (AnyField | null)[]

export type MappingFault =
  | { readonly code: 'missing'; readonly field: AnyField }
  | { readonly code: 'twice'; readonly field: AnyField }
  | { readonly code: 'unknown'; readonly field: string }

const nameWays: readonly (readonly AnyField[])[] = [['surnameFirst'], ['nameFirst'], ['firstName', 'lastName']]

/** What keeps a mapping from being used: a field that every line needs has no column, a field has two, or the kind has no such field. */
export function mappingFaults(kind: ImportKind, mapping: readonly (string | null)[]): MappingFault[] {
  const known = new Map(fieldsOf(kind).map((field) => [field.key as string, field]))
  const mapped = mapping.filter((key) => key !== null)
  const held = new Set(mapped)
  const faults: MappingFault[] = []
  for (const key of held) {
    const field = known.get(key)
    if (field === undefined) faults.push({ code: 'unknown', field: key })
    else if (mapped.filter((other) => other === key).length > 1) faults.push({ code: 'twice', field: field.key })
  }
  for (const field of fieldsOf(kind)) if (field.required === true && !held.has(field.key)) faults.push({ code: 'missing', field: field.key })
  if (kind === 'members') {
    if (!nameWays.some((way) => way.every((key) => held.has(key)))) faults.push({ code: 'missing', field: 'lastName' })
    if (!held.has('embg') && !held.has('birthDate')) faults.push({ code: 'missing', field: 'embg' })
  }
  return faults
}

/** Where each field stands in a line; -1: nowhere. */
export type Columns = Readonly<Record<AnyField, number>> & { readonly count: number; readonly free: readonly number[] }

/** The mapping turned round, made once a file. */
export function columnsOf(kind: ImportKind, mapping: Mapping): Columns {
  const all = Object.values(fields).flat()
  const at = Object.fromEntries(all.map(({ key }) => [key, -1])) as Record<AnyField, number>
  mapping.forEach((key, index) => {
    if (key !== null) at[key] = index
  })
  const free = fieldsOf(kind).flatMap((field) => (field.free === true && at[field.key] >= 0 ? [at[field.key]] : []))
  return { ...at, count: mapping.length, free }
}
