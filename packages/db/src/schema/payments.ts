import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { paymentStatuses, taxDocumentIssuers, webhookStatuses } from '@interdomestik/rules';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { memberships } from './memberships';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** A provider account of one tenant. Its money never meets another tenant's. */
export const paymentAccounts = pgTable(
  'payment_accounts',
  {
    ...tenantColumns(),
    provider: text('provider').notNull(),
    /** Second part of the webhook address: `main` in `/api/webhooks/paddle/ks-main`. */
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    environment: text('environment').notNull(),
    taxDocumentIssuer: text('tax_document_issuer').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    /** Public token for the provider's browser script; null where there is none. */
    clientToken: text('client_token'),
    /** Sealed JSON {apiKey}; null for cash and bank transfer. */
    credentials: text('credentials'),
    /** Sealed JSON array of live webhook secrets, newest first, so that a secret can be rotated without a gap. */
    webhookSecrets: text('webhook_secrets'),
    /** Where transfers go: beneficiary, account number and bank; null while nobody has said so, and for everything but bank transfer. */
    bankDetails: jsonb('bank_details'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('payment_accounts', t),
    uniqueIndex('payment_accounts_slug').on(t.tenantId, t.provider, t.slug),
    oneOf('payment_accounts_provider', t.provider, ['paddle', 'cash', 'bank_transfer']),
    oneOf('payment_accounts_environment', t.environment, ['local', 'sandbox', 'production']),
    oneOf('payment_accounts_issuer', t.taxDocumentIssuer, taxDocumentIssuers),
  ],
);

export const payments = pgTable(
  'payments',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    membershipId: uuid('membership_id'),
    paymentAccountId: uuid('payment_account_id').notNull(),
    method: text('method').notNull(),
    status: text('status').notNull().default('pending'),
    amountMinor: minor('amount_minor').notNull(),
    /** VAT inside the amount, in minor units; null where the provider computes it and has not said yet. */
    vatMinor: minor('vat_minor'),
    refundedMinor: minor('refunded_minor').notNull().default(sql`0`),
    currency: text('currency').notNull(),
    /** Who writes the one tax document of this sale. */
    taxDocumentIssuer: text('tax_document_issuer').notNull(),
    providerCustomerId: text('provider_customer_id'),
    providerTransactionId: text('provider_transaction_id'),
    checkoutUrl: text('checkout_url'),
    /** Staff member who took the cash; null otherwise. */
    collectedBy: uuid('collected_by'),
    receipt: jsonb('receipt'),
    paidAt: instant('paid_at'),
    /** Last day on which a transfer is waited for; null for every other way to pay. */
    expiresOn: day('expires_on'),
    /** `occurred_at` of the newest provider event applied; older ones change nothing. */
    lastEventAt: instant('last_event_at'),
    /** When another way of paying took its place before it was paid; null: none did. What is charged for it all the same buys nothing. */
    replacedAt: instant('replaced_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('payments', t),
    ...branchRules('payments', { owner: 'user_id' }),
    belongsTo('payments_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('payments_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('payments_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('payments_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    belongsTo('payments_collector_fk', { tenantId: t.tenantId, column: t.collectedBy }, user),
    uniqueIndex('payments_provider_transaction').on(t.tenantId, t.paymentAccountId, t.providerTransactionId),
    index('payments_user').on(t.tenantId, t.userId, t.createdAt),
    index('payments_branch').on(t.tenantId, t.branchId, t.createdAt, t.id),
    index('payments_created').on(t.tenantId, t.createdAt, t.id),
    index('payments_paid').on(t.tenantId, t.paidAt),
    index('payments_membership').on(t.tenantId, t.membershipId),
    index('payments_transfers').on(t.tenantId, t.status, t.expiresOn).where(sql`method = 'bank_transfer'`),
    check('payments_amounts', sql`amount_minor >= 0 and refunded_minor >= 0 and refunded_minor <= amount_minor`),
    oneOf('payments_method', t.method, ['card', 'cash', 'bank_transfer', 'free']),
    oneOf('payments_status', t.status, paymentStatuses),
    oneOf('payments_issuer', t.taxDocumentIssuer, taxDocumentIssuers),
  ],
);

/** Inbox of provider events: stored before anything is done with them. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    ...tenantColumns(),
    paymentAccountId: uuid('payment_account_id').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    occurredAt: instant('occurred_at').notNull(),
    raw: text('raw').notNull(),
    status: text('status').notNull().default('received'),
    attempts: integer('attempts').notNull().default(0),
    /** Message key of why it failed or was parked, or why nothing followed from it. */
    reason: text('reason'),
    processedAt: instant('processed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('webhook_events', t),
    belongsTo('webhook_events_account_fk', { tenantId: t.tenantId, column: t.paymentAccountId }, paymentAccounts),
    uniqueIndex('webhook_events_once').on(t.tenantId, t.paymentAccountId, t.eventId),
    index('webhook_events_status').on(t.tenantId, t.status, t.createdAt),
    index('webhook_events_created').on(t.tenantId, t.createdAt, t.id),
    oneOf('webhook_events_status_words', t.status, webhookStatuses),
  ],
);
