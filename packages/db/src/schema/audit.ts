import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { tenantColumns, tenantRules } from './tenancy';

export const auditLogs = pgTable(
  'audit_logs',
  {
    ...tenantColumns(),
    at: instant('at').notNull().default(sql`clock_timestamp()`),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    action: text('action').notNull(),
    requestId: text('request_id'),
    operation: text('operation').notNull(),
    entity: text('entity').notNull(),
    entityId: text('entity_id'),
    branchId: uuid('branch_id'),
    /** Columns before and after the change; personal columns are named but masked. */
    before: jsonb('before'),
    after: jsonb('after'),
    /** Number of the transaction that wrote the row: what is older than every transaction under way is complete and can be sealed. */
    tx: bigint('tx', { mode: 'number' }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
  },
  (t) => [
    ...tenantRules('audit_logs', t),
    index('audit_logs_tx').on(t.tenantId, t.tx, t.at, t.id),
    index('audit_logs_time').on(t.tenantId, t.at),
    index('audit_logs_entity').on(t.tenantId, t.entity, t.entityId, t.at),
  ],
);

/**
 * Seals over the audit trail, numbered without a gap in each tenant; each holds the seal before it. Written by the worker, whose key is not in the database
 * (decision 0032), and append-only like the trail itself.
 */
export const auditSeals = pgTable(
  'audit_seals',
  {
    ...tenantColumns(),
    number: bigint('number', { mode: 'number' }).notNull(),
    /** Place of its first row in the whole trail; the others follow without a gap. */
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    size: integer('size').notNull(),
    rowIds: uuid('row_ids').array().notNull(),
    /** One for each row, over its text and its place. */
    rowMacs: text('row_macs').array().notNull(),
    /** Which key of AUDIT_KEY sealed it. */
    keyId: text('key_id').notNull(),
    /** Seal of the number before; empty for the first. */
    previousMac: text('previous_mac').notNull(),
    mac: text('mac').notNull(),
    /** The last row that was looked at, in the order of transactions: the next seal goes on behind it. */
    uptoTx: bigint('upto_tx', { mode: 'number' }).notNull(),
    uptoAt: instant('upto_at').notNull(),
    uptoId: uuid('upto_id').notNull(),
    /** All that was on record at that moment is in this seal or an earlier one; null when more was waiting. */
    seenUntil: instant('seen_until'),
    /** After a restore into another server: rows written until then are not looked for by the number of their transaction. */
    knownUntil: instant('known_until'),
    sealedAt: instant('sealed_at').notNull(),
  },
  (t) => [
    ...tenantRules('audit_seals', t),
    uniqueIndex('audit_seals_number').on(t.tenantId, t.number),
    check('audit_seals_size', sql`size > 0 and size = cardinality(row_ids) and size = cardinality(row_macs)`),
    check('audit_seals_numbers', sql`number > 0 and first_seq > 0`),
  ],
);

/** What a check of a tenant's trail found: how far it is sealed, and everything that is not as it was sealed. */
export const auditChecks = pgTable(
  'audit_checks',
  {
    ...tenantColumns(),
    checkedAt: instant('checked_at').notNull(),
    rows: bigint('rows', { mode: 'number' }).notNull(),
    seals: bigint('seals', { mode: 'number' }).notNull(),
    /** When the last seal was made; null while there is none. */
    sealedUntil: instant('sealed_until'),
    /** Number of the newest seal that was found outside the database too; null for none. */
    anchored: bigint('anchored', { mode: 'number' }),
    faults: integer('faults').notNull(),
    /** The first of them. */
    findings: jsonb('findings').notNull(),
  },
  (t) => [...tenantRules('audit_checks', t), index('audit_checks_time').on(t.tenantId, t.checkedAt)],
);

/** One stay of a super admin inside a tenant, with the reason. */
export const platformEntries = pgTable(
  'platform_entries',
  {
    ...tenantColumns(),
    platformUserId: uuid('platform_user_id').notNull(),
    platformUserName: text('platform_user_name').notNull(),
    reason: text('reason').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [...tenantRules('platform_entries', t), index('platform_entries_time').on(t.tenantId, t.startedAt)],
);
