import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, minor, oneOf } from './columns';
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
