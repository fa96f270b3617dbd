import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instalmentStatuses, taxDocumentIssuers } from '@interdomestik/rules';
import { branches } from './branches';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { memberships } from './memberships';
import { payments } from './payments';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** Parts of the price of a membership that is paid in parts, as agreed at the sale. A membership that is paid at once has none. */
export const instalments = pgTable(
  'instalments',
  {
    ...tenantColumns(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    /** The payment that pays it, or by which somebody has begun to; null: nobody has. */
    paymentId: uuid('payment_id'),
    /** Of the plan of instalments, in the rule of the membership's receipt. */
    code: text('code').notNull(),
    /** From 1; the first is paid at the sale. */
    number: integer('number').notNull(),
    dueOn: day('due_on').notNull(),
    amountMinor: minor('amount_minor').notNull(),
    /** Share of the sale's VAT. */
    vatMinor: minor('vat_minor').notNull(),
    currency: text('currency').notNull(),
    /** Who writes the tax documents of the sale, and so how every part of it is paid. */
    taxDocumentIssuer: text('tax_document_issuer').notNull(),
    status: text('status').notNull().default('due'),
    paidAt: instant('paid_at'),
    /** When the payer was told that it will be due; null: not yet. */
    remindedAt: instant('reminded_at'),
    /** When it was found unpaid after its day; null: it was not. */
    overdueAt: instant('overdue_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('instalments', t),
    ...branchRules('instalments', { owner: 'user_id' }),
    belongsTo('instalments_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('instalments_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('instalments_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('instalments_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    uniqueIndex('instalments_number').on(t.tenantId, t.membershipId, t.number),
    uniqueIndex('instalments_payment').on(t.tenantId, t.paymentId),
    index('instalments_user').on(t.tenantId, t.userId),
    index('instalments_due').on(t.tenantId, t.dueOn).where(sql`status = 'due'`),
    check('instalments_amounts', sql`number >= 1 and amount_minor > 0 and vat_minor >= 0 and vat_minor <= amount_minor`),
    check('instalments_paid', sql`status <> 'paid' or (payment_id is not null and paid_at is not null)`),
    oneOf('instalments_status', t.status, instalmentStatuses),
    oneOf('instalments_issuer', t.taxDocumentIssuer, taxDocumentIssuers),
  ],
);
