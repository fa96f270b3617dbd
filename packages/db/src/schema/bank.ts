import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bankLineStatuses, openReasons } from '@interdomestik/rules';
import { cashDeposits } from './cash';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { paymentAccounts, payments } from './payments';
import { refunds } from './refunds';
import { belongsTo, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** A statement of the tenant's bank account, as it was read in: the same file once. Never changed. */
export const bankStatements = pgTable(
  'bank_statements',
  {
    ...tenantColumns(),
    paymentAccountId: uuid('payment_account_id').notNull(),
    fileName: text('file_name').notNull(),
    /** Of the bytes, so that the same file under another name is known. */
    fileHash: text('file_hash').notNull(),
    /** How it was read: which column is what, and how days and amounts are written; the next one with the same header begins with it. */
    reading: jsonb('reading').notNull(),
    lines: integer('lines').notNull(),
    /** Lines that no statement before had. */
    fresh: integer('fresh').notNull(),
    /** Who read it in; null for a super admin. */
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('bank_statements', t),
    belongsTo('bank_statements_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    belongsTo('bank_statements_created_by_fk', { tenantId: t.tenantId, column: t.createdBy }, user),
    uniqueIndex('bank_statements_file').on(t.tenantId, t.paymentAccountId, t.fileHash),
    index('bank_statements_created').on(t.tenantId, t.createdAt, t.id),
  ],
);

/** A movement of the tenant's bank account. What the bank said of it never changes; what we made of it does. */
export const bankLines = pgTable(
  'bank_lines',
  {
    ...tenantColumns(),
    /** The first statement that had it. */
    statementId: uuid('statement_id').notNull(),
    paymentAccountId: uuid('payment_account_id').notNull(),
    /** What makes it this movement and no other; unique in the account, so that none is taken in twice. */
    lineKey: text('line_key').notNull(),
    bookedOn: day('booked_on').notNull(),
    /** Below nothing where money went out. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    payer: text('payer').notNull(),
    payerAccount: text('payer_account').notNull(),
    purpose: text('purpose').notNull(),
    reference: text('reference').notNull(),
    /** The bank's own number; empty where it gives none. */
    bankId: text('bank_id').notNull(),
    status: text('status').notNull().default('new'),
    /** Why it waits for a person; null where it does not. */
    reason: text('open_reason'),
    /** The sale that it paid for, or seems to. */
    paymentId: uuid('payment_id'),
    /** What of it is kept for somebody and paid for nothing yet. */
    heldMinor: minor('held_minor').notNull().default(sql`0`),
    /** The cash that a branch has paid in with it. */
    depositId: uuid('deposit_id'),
    /** The refund that went out with it. */
    refundId: uuid('refund_id'),
    /** The card account whose provider has paid out with it. */
    payoutOf: uuid('payout_of'),
    /** Who said what it is; null where its reference did, and for a super admin. */
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    /** Why it is none of ours, or the bank's number of the transfer by which it went back. */
    note: text('note'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('bank_lines', t),
    belongsTo('bank_lines_statement_fk', { tenantId: t.tenantId, column: t.statementId }, bankStatements),
    belongsTo('bank_lines_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    belongsTo('bank_lines_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    belongsTo('bank_lines_deposit_fk', { tenantId: t.tenantId, column: t.depositId }, cashDeposits),
    belongsTo('bank_lines_refund_fk', { tenantId: t.tenantId, column: t.refundId }, refunds),
    belongsTo('bank_lines_payout_fk', { tenantId: t.tenantId, column: t.payoutOf }, paymentAccounts),
    belongsTo('bank_lines_decided_by_fk', { tenantId: t.tenantId, column: t.decidedBy }, user),
    uniqueIndex('bank_lines_once').on(t.tenantId, t.paymentAccountId, t.lineKey),
    uniqueIndex('bank_lines_deposit').on(t.tenantId, t.depositId),
    uniqueIndex('bank_lines_refund').on(t.tenantId, t.refundId),
    index('bank_lines_status').on(t.tenantId, t.status, t.bookedOn, t.id),
    index('bank_lines_booked').on(t.tenantId, t.bookedOn, t.id),
    index('bank_lines_statement').on(t.tenantId, t.statementId),
    index('bank_lines_payment').on(t.tenantId, t.paymentId),
    check('bank_lines_amount', sql`amount_minor <> 0`),
    check('bank_lines_held', sql`held_minor >= 0 and held_minor <= greatest(amount_minor, 0)`),
    oneOf('bank_lines_status_words', t.status, bankLineStatuses),
    oneOf('bank_lines_reason', t.reason, openReasons),
  ],
);
