import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { erasureStatuses } from '@interdomestik/rules';
import { branches } from './branches';
import { createdAt, day, instant, oneOf, updatedAt } from './columns';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** The wish that what is held about a member be erased: asked once, decided once, carried out by a job. The row stays as the proof of it and names nobody. */
export const erasureRequests = pgTable(
  'erasure_requests',
  {
    ...tenantColumns(),
    /** The member. */
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    status: text('status').notNull().default('open'),
    /** The member, or who works here and asked on the member's behalf; null: known again from the list outside the database. */
    askedBy: uuid('asked_by'),
    note: text('note').notNull().default(''),
    /** The last day to answer, by the tenant's rule. */
    dueOn: day('due_on').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    /** What the member is told when it is refused. */
    answer: text('answer'),
    /** What the letter says: what went, what is kept, until when; null until it is written. */
    letter: jsonb('letter'),
    doneAt: instant('done_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('erasure_requests', t),
    ...branchRules('erasure_requests', { owner: 'user_id' }),
    belongsTo('erasure_requests_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('erasure_requests_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('erasure_requests_asked_by_fk', { tenantId: t.tenantId, column: t.askedBy }, user),
    belongsTo('erasure_requests_decided_by_fk', { tenantId: t.tenantId, column: t.decidedBy }, user),
    uniqueIndex('erasure_requests_one').on(t.tenantId, t.userId).where(sql`status in ('open', 'approved', 'done')`),
    index('erasure_requests_created').on(t.tenantId, t.createdAt, t.id),
    check('erasure_requests_done', sql`(status = 'done') = (done_at is not null)`),
    oneOf('erasure_requests_status', t.status, erasureStatuses),
  ],
);
