import { bigint, boolean, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantRoles } from '@interdomestik/rules';
import { createdAt, day, instant, oneOf, updatedAt } from './columns';
import { branches } from './branches';
import { belongsTo, branchRules, tenantColumns, tenantRules } from './tenancy';

/** People of a tenant: members and staff alike; roles tell which. */
export const user = pgTable(
  'user',
  {
    ...tenantColumns(),
    /** Null: works for the whole tenant. Members always have one. */
    branchId: uuid('branch_id'),
    /** The agent who looks after this member; null: self-service. */
    agentId: uuid('agent_id'),
    /** Address to write to; a family may share one. */
    email: text('email'),
    /** Address to sign in with, unique in the tenant; null: cannot sign in (yet). */
    signInEmail: text('sign_in_email'),
    emailVerifiedAt: instant('email_verified_at'),
    passwordHash: text('password_hash'),
    status: text('status').notNull().default('active'),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    /** Folded words of the name in one script, first name first; `surnameTokens` the other way round. Searched by text range, because LIKE is not leakproof. */
    nameTokens: text('name_tokens').notNull().default(''),
    surnameTokens: text('surname_tokens').notNull().default(''),
    phone: text('phone'),
    personalNumber: text('personal_number'),
    birthDate: day('birth_date'),
    address: text('address'),
    city: text('city'),
    locale: text('locale').notNull(),
    /** Null until the first membership becomes active. */
    memberNumber: text('member_number'),
    /** When everything that names the person went; what is left is kept by law. Null: nobody asked. */
    erasedAt: instant('erased_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('user', t),
    ...branchRules('user', { owner: 'id' }),
    belongsTo('user_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    belongsTo('user_agent_fk', { tenantId: t.tenantId, column: t.agentId }, { tenantId: t.tenantId, id: t.id }),
    uniqueIndex('user_sign_in_email').on(t.tenantId, t.signInEmail),
    uniqueIndex('user_member_number').on(t.tenantId, t.memberNumber),
    index('user_branch_created').on(t.tenantId, t.branchId, t.createdAt, t.id),
    index('user_created').on(t.tenantId, t.createdAt, t.id),
    index('user_agent').on(t.tenantId, t.agentId, t.createdAt),
    index('user_name').on(t.tenantId, t.nameTokens),
    index('user_surname').on(t.tenantId, t.surnameTokens),
    index('user_phone').on(t.tenantId, t.phone),
    index('user_email').on(t.tenantId, t.email),
    index('user_personal_number').on(t.tenantId, t.personalNumber),
    oneOf('user_status', t.status, ['invited', 'active', 'disabled']),
  ],
);

/** Which roles a user has, and for which branch; super admins are not here. */
export const userRoles = pgTable(
  'user_roles',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    role: text('role').notNull(),
    /** Null: the whole tenant (tenant_admin) or the person alone (member). */
    branchId: uuid('branch_id'),
    grantedBy: uuid('granted_by'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('user_roles', t),
    belongsTo('user_roles_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('user_roles_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    unique('user_roles_once').on(t.tenantId, t.userId, t.role, t.branchId).nullsNotDistinct(),
    oneOf('user_roles_role', t.role, tenantRoles),
  ],
);

/** A permission that a person has beyond the roles, in one branch or everywhere. */
export const userGrants = pgTable(
  'user_grants',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    permission: text('permission').notNull(),
    /** Null: the whole tenant. */
    branchId: uuid('branch_id'),
    grantedBy: uuid('granted_by'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('user_grants', t),
    belongsTo('user_grants_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    belongsTo('user_grants_branch_fk', { tenantId: t.tenantId, column: t.branchId }, branches),
    unique('user_grants_once').on(t.tenantId, t.userId, t.permission, t.branchId).nullsNotDistinct(),
  ],
);

/** A signed-in browser. Checked on every request, so that revoking acts at once. */
export const sessions = pgTable(
  'sessions',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    app: text('app').notNull(),
    userAgent: text('user_agent'),
    /** The role that the person works in just now, for people who hold several; null: the widest. No foreign key: a role that is taken away is simply not found. */
    actingRoleId: uuid('acting_role_id'),
    /** When the person last proved who it is, by password or code. */
    verifiedAt: instant('verified_at').notNull().defaultNow(),
    /** When the second factor was given; null: not yet, the session opens nothing that needs one. */
    secondFactorAt: instant('second_factor_at'),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('sessions', t),
    belongsTo('sessions_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    index('sessions_user').on(t.tenantId, t.userId),
    oneOf('sessions_app', t.app, ['member', 'admin']),
  ],
);

/** Single-use links sent by mail. Only a hash of the secret is kept. */
export const userTokens = pgTable(
  'user_tokens',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    purpose: text('purpose').notNull(),
    tokenHash: text('token_hash').notNull(),
    /** The address that a `change_email` link confirms; null for every other purpose. */
    email: text('email'),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('user_tokens', t),
    belongsTo('user_tokens_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    uniqueIndex('user_tokens_hash').on(t.tenantId, t.tokenHash),
    oneOf('user_tokens_purpose', t.purpose, ['verify_email', 'reset_password', 'invitation', 'change_email']),
  ],
);

/** The authenticator app of a person. */
export const secondFactors = pgTable(
  'second_factors',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    /** Sealed; only the server opens it. */
    secret: text('secret').notNull(),
    /** Null until a first code was right; until then it protects nothing. */
    confirmedAt: instant('confirmed_at'),
    /** Time step of the last accepted code: no code is good twice. */
    lastStep: bigint('last_step', { mode: 'number' }),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('second_factors', t),
    belongsTo('second_factors_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    uniqueIndex('second_factors_user').on(t.tenantId, t.userId),
  ],
);

/** Codes for the day when the authenticator app is lost. Single use; only a hash is kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('recovery_codes', t),
    belongsTo('recovery_codes_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    uniqueIndex('recovery_codes_hash').on(t.tenantId, t.userId, t.codeHash),
  ],
);

/** Who accepted which version of which text, when, in which language. Rows are only added. */
export const consents = pgTable(
  'consents',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    textKey: text('text_key').notNull(),
    textVersion: text('text_version').notNull(),
    locale: text('locale').notNull(),
    accepted: boolean('accepted').notNull(),
    /** SHA-256 of the text as it was shown. */
    textHash: text('text_hash').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('consents', t),
    belongsTo('consents_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    index('consents_user').on(t.tenantId, t.userId, t.textKey),
  ],
);
