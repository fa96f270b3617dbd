import { sql, type SQL } from 'drizzle-orm';
import type { AuditText } from '@interdomestik/rules';

/** An instant as the seals have it: UTC with microseconds. */
export const instantText = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A row as its seal reads it; for `from audit_logs l`. */
export const auditColumns = sql`l.tenant_id, l.id::text, ${instantText(sql`l.at`)} as at, l.tx::text, l.actor_kind, l.actor_id, l.action, l.request_id, l.operation, l.entity, l.entity_id, l.branch_id::text, l.before::text as before, l.after::text as after`;

/** A row as `auditColumns` give it. */
export interface AuditRow extends Record<string, unknown> {
  readonly tenant_id: string; readonly id: string; readonly at: string; readonly tx: string; readonly actor_kind: string; readonly actor_id: string | null; readonly action: string;
  readonly request_id: string | null; readonly operation: string; readonly entity: string; readonly entity_id: string | null; readonly branch_id: string | null; readonly before: string | null; readonly after: string | null;
}

export const textOf = (row: AuditRow): AuditText => ({
  tenantId: row.tenant_id, id: row.id, at: row.at, tx: row.tx, actorKind: row.actor_kind, actorId: row.actor_id, action: row.action, requestId: row.request_id,
  operation: row.operation, entity: row.entity, entityId: row.entity_id, branchId: row.branch_id, before: row.before, after: row.after,
});

/** A seal as `sealColumns` give it. */
export interface SealRow extends Record<string, unknown> {
  readonly number: string; readonly first_seq: string; readonly row_ids: string[]; readonly row_macs: string[]; readonly key_id: string; readonly previous_mac: string; readonly mac: string;
  readonly upto_tx: string; readonly upto_at: string; readonly upto_id: string; readonly seen_until: string | null; readonly known_until: string | null; readonly sealed_at: string;
}

/** For `from audit_seals s`. */
export const sealColumns = sql`s.number::text, s.first_seq::text, s.row_ids::text[] as row_ids, s.row_macs, s.key_id, s.previous_mac, s.mac, s.upto_tx::text, ${instantText(sql`s.upto_at`)} as upto_at, s.upto_id::text,
  ${instantText(sql`s.seen_until`)} as seen_until, ${instantText(sql`s.known_until`)} as known_until, ${instantText(sql`s.sealed_at`)} as sealed_at`;
