import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { invoiceStatuses } from '@interdomestik/rules';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { documents } from './documents';
import { memberships } from './memberships';
import { payments } from './payments';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** Tax documents of the tenant's own series. Never deleted, never renumbered. */
export const invoices = pgTable(
  'invoices',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    membershipId: uuid('membership_id'),
    /** The invoice that a credit note takes back, whole or in part: its amounts are below nothing, and all of them together never more than the invoice. Null: it is an invoice. */
    creditOf: uuid('credit_of'),
    /** The payment it documents; one payment has at most one invoice. A credit note has none. */
    paymentId: uuid('payment_id'),
    series: text('series').notNull(),
    fiscalYear: integer('fiscal_year').notNull(),
    number: integer('number').notNull(),
    /** Number as printed. */
    code: text('code').notNull(),
    status: text('status').notNull().default('issued'),
    issuedOn: day('issued_on').notNull(),
    dueOn: day('due_on').notNull(),
    currency: text('currency').notNull(),
    netMinor: minor('net_minor').notNull(),
    vatMinor: minor('vat_minor').notNull(),
    totalMinor: minor('total_minor').notNull(),
    /** Legal details of seller and buyer as they were on the day. */
    seller: jsonb('seller').notNull(),
    buyer: jsonb('buyer').notNull(),
    /** Languages of the document, first one leading. */
    languages: text('languages').array().notNull(),
    receipt: jsonb('receipt'),
    /** The PDF, stored once; null until the worker has made it. */
    documentId: uuid('document_id'),
    pdfSha256: text('pdf_sha256'),
    issuedBy: uuid('issued_by'),
    issuedAt: instant('issued_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('invoices', t),
    ...branchRules('invoices', { owner: 'user_id' }),
    belongsTo('invoices_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('invoices_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('invoices_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('invoices_payment_fk', { tenantId: t.tenantId, column: t.paymentId }, payments),
    belongsTo('invoices_document_fk', { tenantId: t.tenantId, column: t.documentId }, documents),
    foreignKey({ name: 'invoices_credit_fk', columns: [t.tenantId, t.creditOf], foreignColumns: [t.tenantId, t.id] }),
    index('invoices_credit').on(t.tenantId, t.creditOf),
    uniqueIndex('invoices_number').on(t.tenantId, t.series, t.fiscalYear, t.number),
    uniqueIndex('invoices_payment').on(t.tenantId, t.paymentId),
    index('invoices_user').on(t.tenantId, t.userId, t.issuedAt),
    index('invoices_branch').on(t.tenantId, t.branchId, t.issuedAt, t.id),
    index('invoices_issued').on(t.tenantId, t.issuedAt, t.id),
    check('invoices_totals', sql`net_minor + vat_minor = total_minor and number > 0`),
    check('invoices_credit_sign', sql`(credit_of is null and total_minor >= 0) or (credit_of is not null and total_minor <= 0)`),
    oneOf('invoices_status', t.status, invoiceStatuses),
  ],
);

export const invoiceLines = pgTable(
  'invoice_lines',
  {
    ...tenantColumns(),
    invoiceId: uuid('invoice_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    position: integer('position').notNull(),
    /** Text by language, as printed. */
    description: jsonb('description').notNull(),
    quantity: integer('quantity').notNull(),
    /** Basis points: 1800 is 18 %. */
    vatRateBp: integer('vat_rate_bp').notNull(),
    netMinor: minor('net_minor').notNull(),
    vatMinor: minor('vat_minor').notNull(),
    totalMinor: minor('total_minor').notNull(),
  },
  (t) => [
    ...tenantRules('invoice_lines', t),
    ...branchRules('invoice_lines', { owner: 'user_id' }),
    belongsTo('invoice_lines_invoice_fk', { tenantId: t.tenantId, column: t.invoiceId }, invoices),
    belongsTo('invoice_lines_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('invoice_lines_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('invoice_lines_position').on(t.tenantId, t.invoiceId, t.position),
    check('invoice_lines_totals', sql`net_minor + vat_minor = total_minor and quantity > 0`),
  ],
);
