import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { leadSources, leadStatuses } from '@interdomestik/rules';
import { createdAt, instant, oneOf, updatedAt } from './columns';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

/** Code that a promoter or agent hands out; a membership that names it counts for its owner. */
export const referralCodes = pgTable(
  'referral_codes',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    code: text('code').notNull(),
    disabledAt: instant('disabled_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('referral_codes', t),
    ...branchRules('referral_codes', { owner: 'user_id' }),
    belongsTo('referral_codes_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('referral_codes_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('referral_codes_code').on(t.tenantId, t.code),
    index('referral_codes_user').on(t.tenantId, t.userId),
  ],
);

export const leads = pgTable(
  'leads',
  {
    ...tenantColumns(),
    branchId: uuid('branch_id').notNull(),
    /** The agent or promoter who works on it. */
    ownerId: uuid('owner_id').notNull(),
    /** The member it became; null until then. */
    userId: uuid('user_id'),
    referralCodeId: uuid('referral_code_id'),
    source: text('source').notNull().default('agent'),
    /** The plan that was asked for; null: none in mind. */
    planCode: text('plan_code'),
    status: text('status').notNull().default('new'),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull().default(''),
    phone: text('phone'),
    email: text('email'),
    note: text('note').notNull().default(''),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('leads', t),
    ...branchRules('leads'),
    belongsTo('leads_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('leads_owner_fk', { tenantId: t.tenantId, column: t.ownerId }, user),
    belongsTo('leads_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('leads_referral_code_fk', { tenantId: t.tenantId, column: t.referralCodeId }, referralCodes),
    index('leads_branch').on(t.tenantId, t.branchId, t.createdAt, t.id),
    index('leads_owner').on(t.tenantId, t.ownerId, t.createdAt, t.id),
    oneOf('leads_status', t.status, leadStatuses),
    oneOf('leads_source', t.source, leadSources),
  ],
);
