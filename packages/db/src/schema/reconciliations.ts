import { integer, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { differenceKinds, reconciliationStatuses } from '@interdomestik/rules';
import { createdAt, instant, minor, oneOf } from './columns';
import { paymentAccounts } from './payments';
import { belongsTo, tenantColumns, tenantRules } from './tenancy';

/** A comparison of our records with everything that a provider's account lists. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    ...tenantColumns(),
    paymentAccountId: uuid('payment_account_id').notNull(),
    status: text('status').notNull().default('queued'),
    /** What the provider changed before is left out; null: nothing is. */
    since: instant('since'),
    /** What the provider changed later is left out: its messages may still be on their way. */
    until: instant('until').notNull(),
    /** Which of the provider's lists is being read. */
    phase: text('phase').notNull().default('transactions'),
    /** Provider's number of the last one that was compared; null at the beginning of a list. */
    position: text('position'),
    checked: integer('checked').notNull().default(0),
    /** Missing events that were put into the inbox. */
    repaired: integer('repaired').notNull().default(0),
    /** Differences that were not known before. */
    found: integer('found').notNull().default(0),
    /** Message key of what holds it up or ended it; null: nothing does. */
    reason: text('reason'),
    /** Who asked; null: the nightly job. */
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    ...tenantRules('reconciliations', t),
    belongsTo('reconciliations_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    index('reconciliations_created').on(t.tenantId, t.createdAt, t.id),
    oneOf('reconciliations_status', t.status, reconciliationStatuses),
    oneOf('reconciliations_phase', t.phase, ['transactions', 'adjustments']),
  ],
);

/** Something that the provider lists otherwise than we do, and that no event can mend. One row however often it is found. */
export const reconciliationDifferences = pgTable(
  'reconciliation_differences',
  {
    ...tenantColumns(),
    paymentAccountId: uuid('payment_account_id').notNull(),
    /** The run that found it first. */
    reconciliationId: uuid('reconciliation_id').notNull(),
    kind: text('kind').notNull(),
    /** Provider's number of the transaction, refund or dispute. */
    providerId: text('provider_id').notNull(),
    /** Our payment; null where we have none. It is named and not referenced, so that looking at payments holds none of them. */
    paymentId: uuid('payment_id'),
    toldMinor: minor('told_minor'),
    toldCurrency: text('told_currency'),
    oursMinor: minor('ours_minor'),
    oursCurrency: text('ours_currency'),
    createdAt: createdAt(),
    /** When a later run found it gone; null while it stands. */
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    ...tenantRules('reconciliation_differences', t),
    belongsTo('reconciliation_differences_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    belongsTo('reconciliation_differences_run_fk', { tenantId: t.tenantId, column: t.reconciliationId }, reconciliations),
    uniqueIndex('reconciliation_differences_once').on(t.tenantId, t.paymentAccountId, t.providerId, t.kind),
    index('reconciliation_differences_created').on(t.tenantId, t.createdAt, t.id),
    oneOf('reconciliation_differences_kind', t.kind, differenceKinds),
  ],
);
