import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { documentStatuses } from '@interdomestik/rules';
import { createdAt, instant, oneOf } from './columns';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

const documentKinds = [
  'identity', 'police_report', 'accident_statement', 'photos', 'estimate', 'invoice_proof', 'medical_report', 'contract', 'correspondence', 'power_of_attorney',
  'agreement', 'other',
] as const;

export const documents = pgTable(
  'documents',
  {
    ...tenantColumns(),
    /** The member whose record it belongs to. */
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    /** What the uploader says it is, in the words of the workflow rule; null for what we made ourselves. */
    kind: text('kind'),
    /** `pii/tenants/<tenant_id>/<entity>/<entity_id>/<document_id>.<ext>`, made by the server. */
    path: text('path').notNull(),
    /** The store's own key of the file; null until it has arrived. */
    storageKey: text('storage_key'),
    fileName: text('file_name').notNull(),
    mime: text('mime').notNull(),
    sizeBytes: integer('size_bytes'),
    sha256: text('sha256'),
    status: text('status').notNull().default('pending'),
    rejectReason: text('reject_reason'),
    uploadedBy: uuid('uploaded_by'),
    storedAt: instant('stored_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('documents', t),
    ...branchRules('documents', { owner: 'user_id' }),
    belongsTo('documents_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('documents_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('documents_path').on(t.tenantId, t.path),
    index('documents_entity').on(t.tenantId, t.entity, t.entityId),
    index('documents_user').on(t.tenantId, t.userId, t.createdAt),
    check('documents_path_in_tenant', sql`path like 'pii/tenants/' || tenant_id || '/%'`),
    oneOf('documents_entity_words', t.entity, ['claim', 'invoice', 'receipt', 'membership', 'policy', 'member', 'deposit', 'payout']),
    oneOf('documents_kind', t.kind, documentKinds),
    oneOf('documents_status', t.status, documentStatuses),
  ],
);

/** Who opened which document. Rows are only added. */
export const documentAccesses = pgTable(
  'document_accesses',
  {
    ...tenantColumns(),
    documentId: uuid('document_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    requestId: text('request_id'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('document_accesses', t),
    ...branchRules('document_accesses', { owner: 'user_id' }),
    belongsTo('document_accesses_document_fk', { tenantId: t.tenantId, column: t.documentId }, documents),
    belongsTo('document_accesses_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('document_accesses_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('document_accesses_document').on(t.tenantId, t.documentId, t.createdAt),
  ],
);
