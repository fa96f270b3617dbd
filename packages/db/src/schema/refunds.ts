import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { refundRequestStatuses, refundSources, refundStatuses } from '@interdomestik/rules';
import { branches } from './branches';
import { cashDeposits } from './cash';
import { createdAt, instant, minor, oneOf, updatedAt } from './columns';
import { invoices } from './invoices';
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
    /** Where the bank pays it out to: sealed JSON {iban}; null for every other way. */
    payoutAccount: text('payout_account'),
    /** What the order to the bank names, by which its movement is known again. */
    payoutReference: text('payout_reference'),
    /** Part of the payment, by hand; the rest of it may still be given back. */
    part: boolean('part').notNull().default(false),
    /** The credit note that says so; null for the whole, and where the provider writes the tax document. */
    creditNoteId: uuid('credit_note_id'),
    /** Until then somebody speaks with the provider about it, and nobody else does; null while nobody does. */
    tryingUntil: instant('trying_until'),
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
    belongsTo('refunds_credit_note_fk', { tenantId: t.tenantId, column: t.creditNoteId }, invoices),
    uniqueIndex('refunds_once').on(t.tenantId, t.paymentId).where(sql`status <> 'refused' and not part`),
    uniqueIndex('refunds_payout').on(t.tenantId, t.payoutReference),
    index('refunds_created').on(t.tenantId, t.createdAt, t.id),
    index('refunds_membership').on(t.tenantId, t.membershipId),
    index('refunds_till').on(t.tenantId, t.branchId).where(sql`source = 'branch' and deposit_id is null`),
    check('refunds_amount', sql`amount_minor > 0`),
    check('refunds_by_bank', sql`(source = 'bank') = (payout_account is not null and payout_reference is not null)`),
    oneOf('refunds_source', t.source, refundSources),
    oneOf('refunds_status', t.status, refundStatuses),
  ],
);

/** The wish of a member to have a membership's fee back, inside the tenant's window. What was wished does not change; it is answered once. */
export const refundRequests = pgTable(
  'refund_requests',
  {
    ...tenantColumns(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    /** What was shown and wished for. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** Why, in the member's words. */
    note: text('note').notNull(),
    status: text('status').notNull().default('open'),
    /** Null while it is open, and where the tenant's rule granted it at once. */
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    /** What the member is told when it is declined. */
    answer: text('answer'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('refund_requests', t),
    ...branchRules('refund_requests', { owner: 'user_id' }),
    belongsTo('refund_requests_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('refund_requests_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('refund_requests_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('refund_requests_decided_by_fk', { tenantId: t.tenantId, column: t.decidedBy }, user),
    uniqueIndex('refund_requests_open').on(t.tenantId, t.membershipId).where(sql`status = 'open'`),
    index('refund_requests_branch').on(t.tenantId, t.branchId, t.createdAt, t.id),
    check('refund_requests_amount', sql`amount_minor > 0`),
    check('refund_requests_decided', sql`status = 'open' or decided_at is not null`),
    oneOf('refund_requests_status', t.status, refundRequestStatuses),
  ],
);
