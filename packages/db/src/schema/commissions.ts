import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { branches } from './branches';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { memberships } from './memberships';
import { payments } from './payments';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** What was paid out to one person in one currency, with its statement. Never changed. */
export const commissionPayouts = pgTable(
  'commission_payouts',
  {
    ...tenantColumns(),
    /** The branch where the person works; the ledger entries stand in the branches of the sales. */
    branchId: uuid('branch_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    /** Those that were paid out together. */
    batchId: uuid('batch_id').notNull(),
    code: text('code').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    entries: integer('entries').notNull(),
    paidOn: day('paid_on').notNull(),
    /** Of the bank, as written down; null when none was given. */
    reference: text('reference'),
    paidBy: uuid('paid_by').notNull(),
    /** Rule by which it was payable. */
    receipt: jsonb('receipt').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('commission_payouts', t),
    ...branchRules('commission_payouts'),
    belongsTo('commission_payouts_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('commission_payouts_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('commission_payouts_paid_by_fk', { tenantId: t.tenantId, column: t.paidBy }, user),
    uniqueIndex('commission_payouts_code').on(t.tenantId, t.code),
    index('commission_payouts_agent').on(t.tenantId, t.agentId, t.createdAt, t.id),
    index('commission_payouts_created').on(t.tenantId, t.createdAt, t.id),
    check('commission_payouts_amount', sql`amount_minor > 0 and entries > 0`),
  ],
);

/**
 * What a payment earned somebody, or took back: together they are what the payment, as it stands, earns by the rule. Amount, sale and receipt never change; approval and payout are
 * set once.
 */
export const commissions = pgTable(
  'commissions',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    /** Who earns it. */
    agentId: uuid('agent_id').notNull(),
    paymentId: uuid('payment_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    /** From 1 within the payment: the first is earned, later ones follow what goes back or comes again. */
    number: integer('number').notNull(),
    kind: text('kind').notNull(),
    planCode: text('plan_code').notNull(),
    /** Of the net fee that has stayed. */
    netMinor: minor('net_minor').notNull(),
    rateBp: integer('rate_bp').notNull(),
    /** Below zero when it takes back. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    receipt: jsonb('receipt').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    /** Null while nobody has approved it. */
    approvedAt: instant('approved_at'),
    approvedBy: uuid('approved_by'),
    /** Null while it is not paid out. */
    payoutId: uuid('payout_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('commissions', t),
    ...branchRules('commissions'),
    belongsTo('commissions_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('commissions_agent_fk', { tenantId: t.tenantId, column: t.agentId }, user),
    belongsTo('commissions_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    belongsTo('commissions_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('commissions_approver_fk', { tenantId: t.tenantId, column: t.approvedBy }, user),
    belongsTo('commissions_payout_fk', { tenantId: t.tenantId, column: t.payoutId }, commissionPayouts),
    uniqueIndex('commissions_number').on(t.tenantId, t.paymentId, t.number),
    index('commissions_agent').on(t.tenantId, t.agentId, t.occurredAt, t.id),
    index('commissions_branch').on(t.tenantId, t.branchId, t.occurredAt, t.id),
    index('commissions_time').on(t.tenantId, t.occurredAt, t.id),
    index('commissions_open').on(t.tenantId, t.agentId).where(sql`payout_id is null`),
    index('commissions_payout').on(t.tenantId, t.payoutId),
    check('commissions_amounts', sql`amount_minor <> 0 and net_minor >= 0 and rate_bp >= 0 and number >= 1`),
    oneOf('commissions_kind', t.kind, ['new', 'renewal', 'upgrade', 'business']),
  ],
);
