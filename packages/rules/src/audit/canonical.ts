/** A row of the audit trail as the database writes it out: every value as text, the instant with its microseconds in UTC, changes as the database's own JSON text. */
export interface AuditText {
  readonly tenantId: string
  readonly id: string
  /** `2026-11-30T22:15:05.123456Z` */
  readonly at: string
  /** Number of the transaction that wrote it. */
  readonly tx: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly action: string
  readonly requestId: string | null
  readonly operation: string
  readonly entity: string
  readonly entityId: string | null
  readonly branchId: string | null
  readonly before: string | null
  readonly after: string | null
}

const version = 'audit-row/1'
const order = ['tenantId', 'id', 'at', 'tx', 'actorKind', 'actorId', 'action', 'requestId', 'operation', 'entity', 'entityId', 'branchId', 'before', 'after'] as const satisfies readonly (keyof AuditText)[]

/** Parts of a text that can be read in one way only: each with its length before it, `-` for none. */
export const unmistakable = (parts: readonly (string | null)[]): string => parts.map((part) => (part === null ? '-' : `${String(part.length)}:${part}`)).join(',')

/**
 * The one text of an audit row that its seal is made over. It never changes: what was sealed years ago is checked by it. A new column comes under a new
 * version.
 */
export const canonicalAuditRow = (row: AuditText): string => unmistakable([version, ...order.map((field) => row[field])])
