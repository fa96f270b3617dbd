import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { clearanceProblems, clearanceServices, clearanceStates } from '@interdomestik/rules';
import { branches } from './branches';
import { createdAt, instant, oneOf, updatedAt } from './columns';
import { documents } from './documents';
import { invoices } from './invoices';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** By what a tax authority's service knows the tenant. */
export const clearanceAccounts = pgTable(
  'clearance_accounts',
  {
    ...tenantColumns(),
    /** One of the services that there are; which, the code knows that brings keys in. */
    service: text('service').notNull(),
    /** Sealed JSON {apiKey, setAt}. */
    credentials: text('credentials').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('clearance_accounts', t),
    uniqueIndex('clearance_accounts_service').on(t.tenantId, t.service),
  ],
);

/** Where an invoice or credit note stands with the tax authority's service. A cleared one never changes; a rejected one may be sent again. */
export const invoiceClearances = pgTable(
  'invoice_clearances',
  {
    ...tenantColumns(),
    invoiceId: uuid('invoice_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    service: text('service').notNull(),
    status: text('status').notNull().default('waiting'),
    /** Counts what was sent after a rejection; part of the key by which the service knows one sending from another. */
    attempt: integer('attempt').notNull().default(1),
    /** When this attempt was first sent; null: never. From then on the service is asked before anything is sent again. */
    sentAt: instant('sent_at'),
    /** Why the last try came to nothing; null: it did not. */
    problem: text('problem'),
    /** The service's own number of the cleared document, and what its QR code says. */
    clearanceId: text('clearance_id'),
    qr: text('qr'),
    /** Why it was rejected, in the service's words. */
    reason: text('reason'),
    decidedAt: instant('decided_at'),
    /** Who sent it again; null while nobody had to, and for a super admin. */
    askedBy: uuid('asked_by'),
    /** The copy with number and QR code, stored once beside the PDF of the day of issue; null until it is made. */
    documentId: uuid('document_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('invoice_clearances', t),
    ...branchRules('invoice_clearances', { owner: 'user_id' }),
    belongsTo('invoice_clearances_invoice_fk', { tenantId: t.tenantId, column: t.invoiceId }, invoices),
    belongsTo('invoice_clearances_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('invoice_clearances_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('invoice_clearances_asked_by_fk', { tenantId: t.tenantId, column: t.askedBy }, user),
    belongsTo('invoice_clearances_document_fk', { tenantId: t.tenantId, column: t.documentId }, documents),
    uniqueIndex('invoice_clearances_once').on(t.tenantId, t.invoiceId),
    uniqueIndex('invoice_clearances_number').on(t.tenantId, t.service, t.clearanceId),
    index('invoice_clearances_open').on(t.tenantId, t.status, t.createdAt),
    check('invoice_clearances_attempt', sql`attempt > 0`),
    check('invoice_clearances_cleared', sql`(status = 'cleared') = (clearance_id is not null and qr is not null)`),
    check('invoice_clearances_rejected', sql`(status = 'rejected') = (reason is not null)`),
    check('invoice_clearances_decided', sql`(status in ('cleared', 'rejected')) = (decided_at is not null)`),
    oneOf('invoice_clearances_service', t.service, clearanceServices),
    oneOf('invoice_clearances_status', t.status, clearanceStates),
    oneOf('invoice_clearances_problem', t.problem, clearanceProblems),
  ],
);
