import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { branches } from './branches';
import { createdAt, instant, oneOf, updatedAt } from './columns';
import { belongsTo, tenantColumns, tenantRules } from './tenancy';

/** Rule documents as dated versions; the newest published one whose time has come is in force. */
export const tenantSettings = pgTable(
  'tenant_settings',
  {
    ...tenantColumns(),
    kind: text('kind').notNull(),
    /** Null: the rule of the whole tenant. Set: an override of one branch. */
    branchId: uuid('branch_id'),
    version: integer('version').notNull(),
    status: text('status').notNull().default('draft'),
    value: jsonb('value').notNull(),
    effectiveFrom: instant('effective_from'),
    createdBy: uuid('created_by'),
    publishedBy: uuid('published_by'),
    publishedAt: instant('published_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('tenant_settings', t),
    belongsTo('tenant_settings_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('tenant_settings_version').on(t.tenantId, t.kind, sql`coalesce(${t.branchId}, '00000000-0000-0000-0000-000000000000'::uuid)`, t.version),
    index('tenant_settings_in_force').on(t.tenantId, t.kind, t.status, t.effectiveFrom),
    oneOf('tenant_settings_status', t.status, ['draft', 'validated', 'approved', 'published', 'superseded', 'withdrawn']),
  ],
);
