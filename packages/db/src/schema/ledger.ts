import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    ...tenantColumns(),
    code: text('code').notNull(),
    kind: text('kind').notNull(),
    currency: text('currency').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('ledger_accounts', t),
    uniqueIndex('ledger_accounts_code').on(t.tenantId, t.code, t.currency),
    unique('ledger_accounts_currency').on(t.tenantId, t.id, t.currency),
    oneOf('ledger_accounts_kind', t.kind, ['asset', 'liability', 'income', 'expense']),
  ],
);

/** One balanced posting. Never changed: a mistake is reversed by another one. */
export const ledgerTransactions = pgTable(
  'ledger_transactions',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    kind: text('kind').notNull(),
    /** What caused it: `payment` and the payment's id, for instance. */
    sourceType: text('source_type').notNull(),
    sourceId: uuid('source_id').notNull(),
    /** The effect in words; unique, so that nothing is booked twice. */
    effectKey: text('effect_key').notNull(),
    /** Plan of the membership that was paid for, as it stood then; null where nothing was sold. Written by the database, as the next two. */
    planCode: text('plan_code'),
    /** Provider that the money came through: `paddle`, `cash`; null as above. */
    provider: text('provider'),
    /** Basis points of VAT, where the tax document is the tenant's own; null where it is the provider's. */
    vatRateBp: integer('vat_rate_bp'),
    occurredAt: instant('occurred_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('ledger_transactions', t),
    ...branchRules('ledger_transactions'),
    belongsTo('ledger_transactions_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('ledger_transactions_effect').on(t.tenantId, t.effectKey),
    index('ledger_transactions_source').on(t.tenantId, t.sourceType, t.sourceId),
    index('ledger_transactions_time').on(t.tenantId, t.occurredAt),
  ],
);

/** A leg: debit positive, credit negative, in minor units of its account's currency. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    ...tenantColumns(),
    transactionId: uuid('transaction_id').notNull(),
    accountId: uuid('account_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    /** The person a custody account is held by; null for accounts without persons. */
    partyId: uuid('party_id'),
    position: integer('position').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    occurredAt: instant('occurred_at').notNull(),
  },
  (t) => [
    ...tenantRules('ledger_entries', t),
    ...branchRules('ledger_entries'),
    belongsTo('ledger_entries_transaction_fk', { tenantId: t.tenantId, column: t.transactionId }, ledgerTransactions),
    belongsTo('ledger_entries_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('ledger_entries_party_fk', { tenantId: t.tenantId, column: t.partyId }, user),
    foreignKey({
      name: 'ledger_entries_account_fk',
      columns: [t.tenantId, t.accountId, t.currency],
      foreignColumns: [ledgerAccounts.tenantId, ledgerAccounts.id, ledgerAccounts.currency],
    }),
    uniqueIndex('ledger_entries_position').on(t.tenantId, t.transactionId, t.position),
    index('ledger_entries_account').on(t.tenantId, t.accountId, t.occurredAt),
    index('ledger_entries_party').on(t.tenantId, t.partyId, t.accountId),
    check('ledger_entries_amount', sql`amount_minor <> 0`),
  ],
);

/**
 * What was booked on a calendar day of the tenant, by everything that reports ask for: the sums of the entries, never anything else. Written by the database alone as entries come in
 * (decision 0025), so that a report over years reads days.
 */
export const ledgerDays = pgTable(
  'ledger_days',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    accountId: uuid('account_id').notNull(),
    partyId: uuid('party_id'),
    day: day('day').notNull(),
    kind: text('kind').notNull(),
    planCode: text('plan_code'),
    provider: text('provider'),
    vatRateBp: integer('vat_rate_bp'),
    currency: text('currency').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    entries: integer('entries').notNull(),
  },
  (t) => [
    ...tenantRules('ledger_days', t),
    ...branchRules('ledger_days'),
    belongsTo('ledger_days_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('ledger_days_party_fk', { tenantId: t.tenantId, column: t.partyId }, user),
    foreignKey({
      name: 'ledger_days_account_fk',
      columns: [t.tenantId, t.accountId, t.currency],
      foreignColumns: [ledgerAccounts.tenantId, ledgerAccounts.id, ledgerAccounts.currency],
    }),
    unique('ledger_days_once').on(t.tenantId, t.accountId, t.day, t.branchId, t.kind, t.planCode, t.provider, t.vatRateBp, t.partyId).nullsNotDistinct(),
    check('ledger_days_entries', sql`entries > 0`),
  ],
);

/** A month that is closed, and all before it with it: nothing is booked into it any more until it is opened again. Closed once, opened again once. */
export const ledgerClosings = pgTable(
  'ledger_closings',
  {
    ...tenantColumns(),
    /** First day of the month. */
    month: day('month').notNull(),
    /** Who closed it; null for a super admin. */
    closedBy: uuid('closed_by'),
    closedAt: instant('closed_at').notNull(),
    reopenedBy: uuid('reopened_by'),
    /** Null while it is closed. */
    reopenedAt: instant('reopened_at'),
    /** Why it was opened again. */
    reason: text('reason'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('ledger_closings', t),
    belongsTo('ledger_closings_closed_by_fk', { tenantId: t.tenantId, column: t.closedBy }, user),
    belongsTo('ledger_closings_reopened_by_fk', { tenantId: t.tenantId, column: t.reopenedBy }, user),
    uniqueIndex('ledger_closings_month').on(t.tenantId, t.month).where(sql`reopened_at is null`),
    check('ledger_closings_month', sql`extract(day from month) = 1`),
    check('ledger_closings_reopened', sql`(reopened_at is null) = (reason is null)`),
  ],
);
