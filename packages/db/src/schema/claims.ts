import { sql } from 'drizzle-orm';
import { boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { claimCategories, claimStatuses } from '@interdomestik/rules';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { memberships } from './memberships';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

export const claims = pgTable(
  'claims',
  {
    ...tenantColumns(),
    /** The member who suffered the loss. */
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    membershipId: uuid('membership_id'),
    /** Number of the case; null while it is a draft. */
    code: text('code'),
    category: text('category').notNull(),
    status: text('status').notNull().default('draft'),
    incidentOn: day('incident_on'),
    counterparty: text('counterparty').notNull().default(''),
    description: text('description').notNull().default(''),
    claimedMinor: minor('claimed_minor'),
    recoveredMinor: minor('recovered_minor'),
    /** Success fee by the rule of `receipt`; null until the outcome is known. */
    feeMinor: minor('fee_minor'),
    /** Why no fee is taken; null otherwise. */
    noFeeReason: text('no_fee_reason'),
    /** When the member agreed to how the fee is paid, and to the cap of court action. */
    feeAuthorisedAt: instant('fee_authorised_at'),
    legalCapAcceptedAt: instant('legal_cap_accepted_at'),
    currency: text('currency').notNull(),
    rejectReason: text('reject_reason'),
    handlerId: uuid('handler_id'),
    submittedAt: instant('submitted_at'),
    /** When all required documents were there; null pauses the clock. */
    packCompleteAt: instant('pack_complete_at'),
    /** When the present state must be left; null: the clock stands, or the state has no deadline. */
    slaDueAt: instant('sla_due_at'),
    /** Why that deadline: rule version, inputs and trace. */
    slaReceipt: jsonb('sla_receipt'),
    /** When the present state was entered. */
    stageSince: instant('stage_since'),
    /** The route through triage by the rule's code; null: none fitted. */
    routeCode: text('route_code'),
    priority: text('priority').notNull().default('normal'),
    /** Versions of the rules that it began with and keeps: `{ workflows, products }`; null: those in force. */
    ruleVersions: jsonb('rule_versions'),
    /** Why that success fee. */
    receipt: jsonb('receipt'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('claims', t),
    ...branchRules('claims', { owner: 'user_id' }),
    belongsTo('claims_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('claims_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('claims_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('claims_handler_fk', { tenantId: t.tenantId, column: t.handlerId }, user),
    uniqueIndex('claims_code').on(t.tenantId, t.code),
    index('claims_user').on(t.tenantId, t.userId, t.createdAt),
    index('claims_branch').on(t.tenantId, t.branchId, t.createdAt, t.id),
    index('claims_created').on(t.tenantId, t.createdAt, t.id),
    index('claims_status').on(t.tenantId, t.status, t.slaDueAt),
    check('claims_amounts', sql`coalesce(claimed_minor, 0) >= 0 and coalesce(recovered_minor, 0) >= 0 and coalesce(fee_minor, 0) >= 0`),
    oneOf('claims_status_words', t.status, claimStatuses),
    oneOf('claims_category', t.category, claimCategories),
    oneOf('claims_priority', t.priority, ['normal', 'urgent']),
    // what the deadline job looks for
    index('claims_due').on(t.tenantId, t.slaDueAt),
  ],
);

/** The story of a claim; rows are only added. */
export const claimEvents = pgTable(
  'claim_events',
  {
    ...tenantColumns(),
    claimId: uuid('claim_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    kind: text('kind').notNull(),
    fromStatus: text('from_status'),
    toStatus: text('to_status'),
    note: text('note'),
    /** Who did it; null: the system. */
    actorId: uuid('actor_id'),
    visibleToMember: boolean('visible_to_member').notNull().default(true),
    /** Why the step was allowed: rule version, inputs and trace; null where no rule decided. */
    receipt: jsonb('receipt'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('claim_events', t),
    ...branchRules('claim_events', { owner: 'user_id' }),
    belongsTo('claim_events_claim_fk', { tenantId: t.tenantId, column: t.claimId }, claims),
    belongsTo('claim_events_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('claim_events_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('claim_events_claim').on(t.tenantId, t.claimId, t.createdAt),
    oneOf('claim_events_kind', t.kind, ['created', 'status', 'document', 'note', 'assigned', 'reminded', 'escalated']),
  ],
);
