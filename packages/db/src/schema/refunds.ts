import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { refundSources, refundStatuses } from '@interdomestik/rules';
import { branches } from './branches';
import { cashDeposits } from './cash';
import { createdAt, instant, minor, oneOf, updatedAt } from './columns';
import { memberships } from './memberships';
import { payments } from './payments';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** Money of one payment that somebody of ours gives back, once. What it is and whose never changes; only how far it has come. */
export const refunds = pgTable(
  'refunds',
  {
    ...tenantColumns(),
    paymentId: uuid('payment_id').notNull(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    /** Where it is given back: cash leaves the hands or the till of this branch. */
    branchId: uuid('branch_id').notNull(),
    source: text('source').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull(),
    /** Why. */
    note: text('note').notNull(),
    askedBy: uuid('asked_by').notNull(),
    /** At the provider; null while it has not heard of it, and for cash. */
    providerAdjustmentId: text('provider_adjustment_id'),
    /** The deposit that was paid in less by it; null while it is still missing in the till, and for everything but cash of a branch. */
    depositId: uuid('deposit_id'),
    doneAt: instant('done_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('refunds', t),
    ...branchRules('refunds', { owner: 'user_id' }),
    belongsTo('refunds_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    belongsTo('refunds_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('refunds_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('refunds_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('refunds_asked_by_fk', { tenantId: t.tenantId, column: t.askedBy }, user),
    belongsTo('refunds_deposit_fk', { tenantId: t.tenantId, column: t.depositId }, cashDeposits),
    uniqueIndex('refunds_once').on(t.tenantId, t.paymentId).where(sql`status <> 'refused'`),
    index('refunds_membership').on(t.tenantId, t.membershipId),
    index('refunds_till').on(t.tenantId, t.branchId).where(sql`source = 'branch' and deposit_id is null`),
    check('refunds_amount', sql`amount_minor > 0`),
    oneOf('refunds_source', t.source, refundSources),
    oneOf('refunds_status', t.status, refundStatuses),
  ],
);
