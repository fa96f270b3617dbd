import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
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
  },
  (t) => [
    ...tenantRules('audit_logs', t),
    index('audit_logs_time').on(t.tenantId, t.at),
    index('audit_logs_entity').on(t.tenantId, t.entity, t.entityId, t.at),
  ],
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
