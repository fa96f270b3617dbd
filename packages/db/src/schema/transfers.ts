import { transferStatuses } from '@interdomestik/rules';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { branches } from './branches';
import { createdAt, instant, oneOf, updatedAt } from './columns';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** Requests to hand a member over to another branch or agent. Both branches see the row. */
export const memberTransfers = pgTable(
  'member_transfers',
  {
    ...tenantColumns(),
    /** The member. */
    userId: uuid('user_id').notNull(),
    fromBranchId: uuid('from_branch_id').notNull(),
    toBranchId: uuid('to_branch_id').notNull(),
    /** Null: nobody, the member came by self-service. */
    fromAgentId: uuid('from_agent_id'),
    /** Null: nobody looks after the member afterwards. */
    toAgentId: uuid('to_agent_id'),
    reason: text('reason').notNull(),
    status: text('status').notNull().default('requested'),
    /** Null: the tenant itself, when a branch was closed. */
    requestedBy: uuid('requested_by'),
    decidedBy: uuid('decided_by'),
    decidedAt: instant('decided_at'),
    decisionNote: text('decision_note'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('member_transfers', t),
    ...branchRules('member_transfers', { branch: 'from_branch_id', otherBranch: 'to_branch_id' }),
    belongsTo('member_transfers_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('member_transfers_from_branch_fk', { tenantId: t.tenantId, column: t.fromBranchId }, branches),
    belongsTo('member_transfers_to_branch_fk', { tenantId: t.tenantId, column: t.toBranchId }, branches),
    belongsTo('member_transfers_from_agent_fk', { tenantId: t.tenantId, column: t.fromAgentId }, user),
    belongsTo('member_transfers_to_agent_fk', { tenantId: t.tenantId, column: t.toAgentId }, user),
    uniqueIndex('member_transfers_open').on(t.tenantId, t.userId).where(sql`status = 'requested'`),
    index('member_transfers_created').on(t.tenantId, t.createdAt, t.id),
    oneOf('member_transfers_status', t.status, transferStatuses),
  ],
);
