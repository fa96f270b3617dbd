import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cashReceiptStatuses, countOutcomes } from '@interdomestik/rules';
import { branches } from './branches';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { payments } from './payments';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** What a collector says was handed to the branch: receipts of one branch and currency, together. Never changed; what the branch counted stands beside it. */
export const cashHandovers = pgTable(
  'cash_handovers',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    /** Who held the cash. */
    agentId: uuid('agent_id').notNull(),
    /** Who said that it was handed over: the collector, or the branch for one who works here no more. */
    handedBy: uuid('handed_by').notNull(),
    receipts: integer('receipts').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    handedAt: instant('handed_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cash_handovers', t),
    ...branchRules('cash_handovers'),
    belongsTo('cash_handovers_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('cash_handovers_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('cash_handovers_handed_by_fk', { tenantId: t.tenantId, column: t.handedBy }, user),
    index('cash_handovers_branch').on(t.tenantId, t.branchId, t.handedAt, t.id),
    index('cash_handovers_agent').on(t.tenantId, t.agentId, t.handedAt),
    check('cash_handovers_amounts', sql`amount_minor > 0 and receipts > 0`),
  ],
);

/** What the branch made of it, once: counted and taken over, with what was counted, or given back. Never changed. */
export const cashCounts = pgTable(
  'cash_counts',
  {
    ...tenantColumns(),
    handoverId: uuid('handover_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    outcome: text('outcome').notNull(),
    /** Nothing when it was given back. */
    countedMinor: minor('counted_minor').notNull(),
    currency: text('currency').notNull(),
    /** Why it differs, or why it was given back. */
    note: text('note'),
    countedBy: uuid('counted_by').notNull(),
    countedAt: instant('counted_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cash_counts', t),
    ...branchRules('cash_counts'),
    belongsTo('cash_counts_handover_fk', { tenantId: t.tenantId, column: t.handoverId }, cashHandovers),
    belongsTo('cash_counts_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('cash_counts_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('cash_counts_counted_by_fk', { tenantId: t.tenantId, column: t.countedBy }, user),
    uniqueIndex('cash_counts_handover').on(t.tenantId, t.handoverId),
    index('cash_counts_branch').on(t.tenantId, t.branchId, t.countedAt),
    oneOf('cash_counts_outcome', t.outcome, countOutcomes),
    check('cash_counts_counted', sql`counted_minor >= 0`),
  ],
);

/** Cash that a branch paid into the bank, by the bank's slip. Never changed. */
export const cashDeposits = pgTable(
  'cash_deposits',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** Number of the bank's slip. */
    slip: text('slip').notNull(),
    depositedOn: day('deposited_on').notNull(),
    bankedBy: uuid('banked_by').notNull(),
    bankedAt: instant('banked_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cash_deposits', t),
    ...branchRules('cash_deposits'),
    belongsTo('cash_deposits_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('cash_deposits_banked_by_fk', { tenantId: t.tenantId, column: t.bankedBy }, user),
    index('cash_deposits_branch').on(t.tenantId, t.branchId, t.bankedAt, t.id),
    check('cash_deposits_amount', sql`amount_minor > 0`),
  ],
);

/** Which counted cash a deposit is made of; each once. Never changed. */
export const cashDepositItems = pgTable(
  'cash_deposit_items',
  {
    ...tenantColumns(),
    depositId: uuid('deposit_id').notNull(),
    handoverId: uuid('handover_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cash_deposit_items', t),
    ...branchRules('cash_deposit_items'),
    belongsTo('cash_deposit_items_deposit_fk', { tenantId: t.tenantId, column: t.depositId }, cashDeposits),
    belongsTo('cash_deposit_items_handover_fk', { tenantId: t.tenantId, column: t.handoverId }, cashHandovers),
    belongsTo('cash_deposit_items_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('cash_deposit_items_handover').on(t.tenantId, t.handoverId),
    index('cash_deposit_items_deposit').on(t.tenantId, t.depositId),
    check('cash_deposit_items_amount', sql`amount_minor > 0`),
  ],
);

/** A difference between what somebody said and what was counted that nobody will make good any more, by a person with the right. Never changed. */
export const cashWriteOffs = pgTable(
  'cash_write_offs',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    /** Whose difference it was. */
    agentId: uuid('agent_id').notNull(),
    /** Below nothing: that much was missing; above: too much. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    reason: text('reason').notNull(),
    writtenOffBy: uuid('written_off_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cash_write_offs', t),
    ...branchRules('cash_write_offs'),
    belongsTo('cash_write_offs_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('cash_write_offs_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('cash_write_offs_by_fk', { tenantId: t.tenantId, column: t.writtenOffBy }, user),
    index('cash_write_offs_agent').on(t.tenantId, t.branchId, t.agentId),
    check('cash_write_offs_amount', sql`amount_minor <> 0`),
  ],
);

/** Pre-numbered receipt of cash taken by a person, and where that cash is now. */
export const cashReceipts = pgTable(
  'cash_receipts',
  {
    ...tenantColumns(),
    paymentId: uuid('payment_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    /** What it was handed over with; null while its collector has it. */
    handoverId: uuid('handover_id'),
    code: text('code').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull().default('collected'),
    collectedAt: instant('collected_at').notNull(),
    handedAt: instant('handed_at'),
    /** Branch person who counted and confirmed the cash. */
    verifiedBy: uuid('verified_by'),
    bankedAt: instant('banked_at'),
    /** Number of the bank's slip, as written down; null while it is not in the bank. */
    bankSlip: text('bank_slip'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('cash_receipts', t),
    ...branchRules('cash_receipts', { owner: 'user_id' }),
    belongsTo('cash_receipts_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    belongsTo('cash_receipts_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('cash_receipts_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('cash_receipts_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('cash_receipts_verifier_fk', { tenantId: t.tenantId, column: t.verifiedBy }, user),
    belongsTo('cash_receipts_handover_fk', { tenantId: t.tenantId, column: t.handoverId }, cashHandovers),
    uniqueIndex('cash_receipts_payment').on(t.tenantId, t.paymentId),
    uniqueIndex('cash_receipts_code').on(t.tenantId, t.code),
    index('cash_receipts_branch').on(t.tenantId, t.branchId, t.status, t.collectedAt),
    index('cash_receipts_agent').on(t.tenantId, t.agentId, t.status, t.collectedAt),
    index('cash_receipts_handover').on(t.tenantId, t.handoverId),
    check('cash_receipts_amount', sql`amount_minor > 0`),
    oneOf('cash_receipts_status', t.status, cashReceiptStatuses),
  ],
);
