import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    /** `published` is scheduled, in force or superseded by its time and its successors; `withdrawn` never counts. */
    status: text('status').notNull().default('draft'),
    /** The whole document; of a branch, what it overrides as a JSON merge patch (RFC 7396) over the tenant's. */
    value: jsonb('value').notNull(),
    /** Counts the saves of a draft, so that of two who edit at once the second is told. */
    revision: integer('revision').notNull().default(1),
    /** The published version that the draft was begun from; null: from nothing. */
    baseVersion: integer('base_version'),
    /** The earlier version that this one publishes again; null: none. */
    restoresVersion: integer('restores_version'),
    /** Why, in the author's words. */
    note: text('note').notNull().default(''),
    effectiveFrom: instant('effective_from'),
    /** Null: the system, a pack, or the console. */
    createdBy: uuid('created_by'),
    updatedBy: uuid('updated_by'),
    validatedAt: instant('validated_at'),
    /** The second person, where the tenant demands one. */
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    publishedBy: uuid('published_by'),
    publishedAt: instant('published_at'),
    /** SHA-256 of the canonical document that was simulated before publishing; null: it was not. */
    simulatedHash: text('simulated_hash'),
    simulationId: uuid('simulation_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('tenant_settings', t),
    belongsTo('tenant_settings_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('tenant_settings_version').on(t.tenantId, t.kind, sql`coalesce(${t.branchId}, '00000000-0000-0000-0000-000000000000'::uuid)`, t.version),
    index('tenant_settings_in_force').on(t.tenantId, t.kind, t.status, t.effectiveFrom),
    uniqueIndex('tenant_settings_one_draft').on(t.tenantId, t.kind, sql`coalesce(${t.branchId}, '00000000-0000-0000-0000-000000000000'::uuid)`).where(sql`status in ('draft', 'validated', 'approved')`),
    oneOf('tenant_settings_status', t.status, ['draft', 'validated', 'approved', 'published', 'withdrawn']),
  ],
);

/** A draft tried on the past: what would have been different. */
export const ruleSimulations = pgTable(
  'rule_simulations',
  {
    ...tenantColumns(),
    settingId: uuid('setting_id').notNull(),
    kind: text('kind').notNull(),
    /** SHA-256 of the canonical document that was tried. */
    documentHash: text('document_hash').notNull(),
    /** How far back it looks, in days. */
    days: integer('days').notNull(),
    status: text('status').notNull().default('queued'),
    /** Records looked at and to be looked at, for the progress bar. */
    done: integer('done').notNull().default(0),
    total: integer('total'),
    /** Totals, per branch too; null until it is done. */
    figures: jsonb('figures'),
    /** Message key of what went wrong; null: nothing. */
    errorKey: text('error_key'),
    createdBy: uuid('created_by'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('rule_simulations', t),
    belongsTo('rule_simulations_setting_fk', { tenantId: t.tenantId, column: t.settingId }, tenantSettings),
    index('rule_simulations_setting').on(t.tenantId, t.settingId, t.createdAt),
    check('rule_simulations_days', sql`days between 1 and 365`),
    oneOf('rule_simulations_status', t.status, ['queued', 'running', 'done', 'failed']),
  ],
);

/** The records behind the figures of a simulation; ids and amounts only. */
export const ruleSimulationRows = pgTable(
  'rule_simulation_rows',
  {
    ...tenantColumns(),
    simulationId: uuid('simulation_id').notNull(),
    branchId: uuid('branch_id'),
    /** Which figure it belongs to. */
    figure: text('figure').notNull(),
    /** Place in the list of the figure, the largest difference first. */
    position: integer('position').notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    currency: text('currency'),
    beforeMinor: bigint('before_minor', { mode: 'bigint' }),
    afterMinor: bigint('after_minor', { mode: 'bigint' }),
    before: jsonb('before'),
    after: jsonb('after'),
  },
  (t) => [
    ...tenantRules('rule_simulation_rows', t),
    belongsTo('rule_simulation_rows_simulation_fk', { tenantId: t.tenantId, column: t.simulationId }, ruleSimulations),
    belongsTo('rule_simulation_rows_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('rule_simulation_rows_figure').on(t.tenantId, t.simulationId, t.figure, t.position),
    oneOf('rule_simulation_rows_entity', t.entity, ['membership', 'claim']),
  ],
);

/** One pass over stored receipts: each decision made again by the version that it names. */
export const receiptChecks = pgTable(
  'receipt_checks',
  {
    ...tenantColumns(),
    status: text('status').notNull().default('queued'),
    checked: integer('checked').notNull().default(0),
    differing: integer('differing').notNull().default(0),
    /** Who asked; null: the daily job. */
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    ...tenantRules('receipt_checks', t),
    index('receipt_checks_created').on(t.tenantId, t.createdAt),
    oneOf('receipt_checks_status', t.status, ['queued', 'running', 'done', 'failed']),
  ],
);

/** A stored decision that its own rule version would not make today. */
export const receiptDifferences = pgTable(
  'receipt_differences',
  {
    ...tenantColumns(),
    checkId: uuid('check_id').notNull(),
    branchId: uuid('branch_id'),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    /** Which decision of the record: its price, fee, deadline or step. */
    decision: text('decision').notNull(),
    stored: jsonb('stored').notNull(),
    recomputed: jsonb('recomputed'),
  },
  (t) => [
    ...tenantRules('receipt_differences', t),
    belongsTo('receipt_differences_check_fk', { tenantId: t.tenantId, column: t.checkId }, receiptChecks),
    belongsTo('receipt_differences_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('receipt_differences_check').on(t.tenantId, t.checkId, t.id),
  ],
);

/** Switches that somebody of the tenant has set; what has no row is on. */
export const featureFlags = pgTable(
  'feature_flags',
  {
    ...tenantColumns(),
    key: text('key').notNull(),
    enabled: boolean('enabled').notNull(),
    /** Why, in the words of whoever set it. */
    note: text('note').notNull().default(''),
    updatedBy: uuid('updated_by'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [...tenantRules('feature_flags', t), uniqueIndex('feature_flags_key').on(t.tenantId, t.key)],
);
