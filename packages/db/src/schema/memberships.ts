import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { familyRelations, membershipStatuses } from '@interdomestik/rules';
import { createdAt, day, instant, minor, oneOf, updatedAt } from './columns';
import { referralCodes } from './leads';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

export const memberships = pgTable(
  'memberships',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    /** Who sold it and earns by it, for ever; null: self-service. Who looks after the member now is `user.agentId`. */
    sellerId: uuid('agent_id'),
    referralCodeId: uuid('referral_code_id'),
    planCode: text('plan_code').notNull(),
    /** Bought on top of the plan for the same period, by their codes in the rule of the receipt. */
    addonCodes: text('addon_codes').array().notNull().default(sql`'{}'::text[]`),
    /** People that were paid for, the member included. */
    people: integer('people').notNull().default(1),
    status: text('status').notNull().default('pending'),
    channel: text('channel').notNull(),
    /** Period `[startsOn, endsOn)`; null until it is paid. */
    startsOn: day('starts_on'),
    endsOn: day('ends_on'),
    priceMinor: minor('price_minor').notNull(),
    currency: text('currency').notNull(),
    /** Why this price: rule version, inputs and outcome, frozen at the sale. */
    receipt: jsonb('receipt'),
    activatedAt: instant('activated_at'),
    canceledAt: instant('canceled_at'),
    /** When somebody called the renewal off; null where nobody did, also when the money went back. */
    cancelAskedAt: instant('cancel_asked_at'),
    /** The membership whose place this one takes in the middle of its period; null: it takes nobody's. */
    upgradedFrom: uuid('upgraded_from'),
    /** Where the period would have ended before a bigger plan took its place; null: none did. */
    cutEndsOn: day('cut_ends_on'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('memberships', t),
    ...branchRules('memberships', { owner: 'user_id' }),
    belongsTo('memberships_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('memberships_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('memberships_agent_fk', { tenantId: t.tenantId, column: t.sellerId }, user),
    belongsTo('memberships_referral_fk', { tenantId: t.tenantId, column: t.referralCodeId }, referralCodes),
    foreignKey({ name: 'memberships_upgraded_fk', columns: [t.tenantId, t.upgradedFrom], foreignColumns: [t.tenantId, t.id] }),
    index('memberships_upgraded').on(t.tenantId, t.upgradedFrom).where(sql`upgraded_from is not null`),
    index('memberships_user').on(t.tenantId, t.userId, t.createdAt),
    index('memberships_branch').on(t.tenantId, t.branchId, t.createdAt, t.id),
    // what somebody sold, or brought by a code: their own page of earnings
    index('memberships_seller').on(t.tenantId, t.sellerId, t.activatedAt),
    index('memberships_referral').on(t.tenantId, t.referralCodeId),
    index('memberships_status').on(t.tenantId, t.status, t.endsOn),
    uniqueIndex('memberships_one_pending').on(t.tenantId, t.userId).where(sql`status = 'pending'`),
    check('memberships_period', sql`(status = 'pending') or (starts_on is not null and ends_on is not null and starts_on < ends_on)`),
    check('memberships_price', sql`price_minor >= 0`),
    check('memberships_people', sql`people >= 1`),
    oneOf('memberships_status_words', t.status, membershipStatuses),
    oneOf('memberships_channel', t.channel, ['self_service', 'agent', 'import']),
  ],
);

/** A coupon used for one sale. */
export const couponRedemptions = pgTable(
  'coupon_redemptions',
  {
    ...tenantColumns(),
    code: text('code').notNull(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    /** What it took off. */
    amountMinor: minor('amount_minor').notNull(),
    currency: text('currency').notNull(),
    /** When the sale came to nothing and the coupon was free again; null: used. */
    releasedAt: instant('released_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('coupon_redemptions', t),
    ...branchRules('coupon_redemptions', { owner: 'user_id' }),
    belongsTo('coupon_redemptions_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('coupon_redemptions_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('coupon_redemptions_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('coupon_redemptions_once').on(t.tenantId, t.code, t.userId).where(sql`released_at is null`),
    uniqueIndex('coupon_redemptions_membership').on(t.tenantId, t.membershipId),
    check('coupon_redemptions_amount', sql`amount_minor >= 0`),
  ],
);

/** Days that a member was given because a friend joined with the own code and paid. */
export const referralRewards = pgTable(
  'referral_rewards',
  {
    ...tenantColumns(),
    /** The friend's membership: it rewards once. */
    membershipId: uuid('membership_id').notNull(),
    /** The member who referred, and the membership that was prolonged. */
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    prolongedId: uuid('prolonged_id').notNull(),
    days: integer('days').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('referral_rewards', t),
    ...branchRules('referral_rewards', { owner: 'user_id' }),
    belongsTo('referral_rewards_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('referral_rewards_prolonged_fk', { tenantId: t.tenantId, column: t.prolongedId }, memberships),
    belongsTo('referral_rewards_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('referral_rewards_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('referral_rewards_membership').on(t.tenantId, t.membershipId),
    check('referral_rewards_days', sql`days > 0`),
  ],
);

/** Days in which a membership rests and covers nothing. What was agreed at its start stands; only its end moves when it is taken up earlier. */
export const membershipPauses = pgTable(
  'membership_pauses',
  {
    ...tenantColumns(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    startsOn: day('starts_on').notNull(),
    /** First day of cover again: as agreed, or as it was taken up. */
    endsOn: day('ends_on').notNull(),
    /** Its days were added at the end of the membership. */
    prolongs: boolean('prolongs').notNull(),
    askedBy: uuid('asked_by').notNull(),
    /** When it was over; null: it lasts. */
    resumedAt: instant('resumed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('membership_pauses', t),
    ...branchRules('membership_pauses', { owner: 'user_id' }),
    belongsTo('membership_pauses_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('membership_pauses_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('membership_pauses_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('membership_pauses_asked_by_fk', { tenantId: t.tenantId, column: t.askedBy }, user),
    index('membership_pauses_user').on(t.tenantId, t.userId, t.startsOn),
    uniqueIndex('membership_pauses_one').on(t.tenantId, t.membershipId).where(sql`resumed_at is null`),
    check('membership_pauses_period', sql`starts_on <= ends_on`),
  ],
);

/** People covered by a family membership beside the member. */
export const familyMembers = pgTable(
  'family_members',
  {
    ...tenantColumns(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    birthDate: day('birth_date'),
    relation: text('relation').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('family_members', t),
    ...branchRules('family_members', { owner: 'user_id' }),
    belongsTo('family_members_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('family_members_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('family_members_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('family_members_membership').on(t.tenantId, t.membershipId),
    oneOf('family_members_relation', t.relation, familyRelations),
  ],
);

/** The digital card. `code` is the random part of the public check address. */
export const cards = pgTable(
  'cards',
  {
    ...tenantColumns(),
    membershipId: uuid('membership_id').notNull(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    code: text('code').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('cards', t),
    ...branchRules('cards', { owner: 'user_id' }),
    belongsTo('cards_membership_fk', { tenantId: t.tenantId, column: t.membershipId }, memberships),
    belongsTo('cards_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('cards_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    uniqueIndex('cards_code').on(t.tenantId, t.code),
    uniqueIndex('cards_membership').on(t.tenantId, t.membershipId),
  ],
);

/** Insurance and service policies that a member holds elsewhere. */
export const policies = pgTable(
  'policies',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    branchId: uuid('branch_id').notNull(),
    insurer: text('insurer').notNull(),
    policyNumber: text('policy_number').notNull(),
    kind: text('kind').notNull(),
    startsOn: day('starts_on'),
    endsOn: day('ends_on'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('policies', t),
    ...branchRules('policies', { owner: 'user_id' }),
    belongsTo('policies_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('policies_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    index('policies_user').on(t.tenantId, t.userId, t.createdAt),
    oneOf('policies_kind', t.kind, [
      'vehicle_liability', 'vehicle_casco', 'property', 'travel', 'health', 'life', 'other',
      // words of the years before tenants; no form offers them any more
      'motor', 'liability', 'service',
    ]),
  ],
);
