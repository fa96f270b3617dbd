import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, oneOf } from './columns';
import { tenants } from './tenants';

/** Super admins. They belong to no tenant; the app role cannot read this table. */
export const platformUsers = pgTable(
  'platform_users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    /** Null: invited, and has not chosen one yet. */
    passwordHash: text('password_hash'),
    name: text('name').notNull(),
    locale: text('locale').notNull().default('en'),
    status: text('status').notNull().default('active'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('platform_users_email').on(t.email), oneOf('platform_users_status', t.status, ['invited', 'active', 'disabled'])],
);

export const platformSessions = pgTable('platform_sessions', {
  id: uuid('id').primaryKey(),
  platformUserId: uuid('platform_user_id').notNull().references(() => platformUsers.id),
  /** The tenant that this session is inside of, and the entry that says why; both null while outside. */
  tenantId: text('entered_tenant_id'),
  entryId: uuid('entry_id'),
  /** As in `sessions`; null for one from before it was kept. */
  userAgent: text('user_agent'),
  createdAt: createdAt(),
  /** As in `sessions`. */
  verifiedAt: instant('verified_at').notNull().defaultNow(),
  secondFactorAt: instant('second_factor_at'),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
});

/** As `second_factors`, of super admins. */
export const platformSecondFactors = pgTable('platform_second_factors', {
  platformUserId: uuid('platform_user_id').primaryKey().references(() => platformUsers.id),
  secret: text('secret').notNull(),
  confirmedAt: instant('confirmed_at'),
  lastStep: bigint('last_step', { mode: 'number' }),
  createdAt: createdAt(),
});

/** As `recovery_codes`, of super admins. */
export const platformRecoveryCodes = pgTable(
  'platform_recovery_codes',
  {
    id: uuid('id').primaryKey(),
    platformUserId: uuid('platform_user_id').notNull().references(() => platformUsers.id),
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('platform_recovery_codes_hash').on(t.platformUserId, t.codeHash)],
);

/** Single-use links for super admins: invitation and password. Only a hash of the secret is kept. */
export const platformTokens = pgTable(
  'platform_tokens',
  {
    id: uuid('id').primaryKey(),
    platformUserId: uuid('platform_user_id').notNull().references(() => platformUsers.id),
    purpose: text('purpose').notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('platform_tokens_hash').on(t.tokenHash), oneOf('platform_tokens_purpose', t.purpose, ['invitation', 'reset_password'])],
);

/** What super admins did outside every tenant: their own accounts and sign-ins, tenants made. What they do inside one stands in that tenant's trail. Rows are only added. */
export const platformAuditLogs = pgTable(
  'platform_audit_logs',
  {
    id: uuid('id').primaryKey(),
    /** Who acted; null: nobody who was known, such as a failed sign-in. */
    platformUserId: uuid('platform_user_id'),
    action: text('action').notNull(),
    /** What it was done to: a super admin's id or a tenant's. */
    subject: text('subject'),
    detail: jsonb('detail').$type<Readonly<Record<string, string | number | boolean | null>>>(),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('platform_audit_logs_created').on(t.createdAt, t.id)],
);

/** A tenant on its way from a country pack to being open: what it is made from, until it is finished. */
export const tenantCreations = pgTable('tenant_creations', {
  tenantId: text('made_tenant_id').primaryKey().references(() => tenants.id),
  /** Made by the console, once per intended tenant: the same key goes on with it, another one is refused. */
  key: uuid('key').notNull(),
  /** Of the pack and the first administrator: a repeated request must ask for the same. */
  payloadHash: text('payload_hash').notNull(),
  /** Null once it is finished: the rules and branches are the tenant's own then. */
  pack: jsonb('pack'),
  /** Name, e-mail and language of the first administrator. Null once it is finished. */
  admin: jsonb('admin').$type<{ readonly firstName: string; readonly lastName: string; readonly email: string; readonly locale: string }>(),
  createdBy: uuid('created_by').notNull().references(() => platformUsers.id),
  createdAt: createdAt(),
  finishedAt: instant('finished_at'),
});

/** Counters of attempts. Keys are keyed hashes, so the table holds no address and no e-mail. */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  windowEndsAt: instant('window_ends_at').notNull(),
});

/** How many deliveries were refused before a tenant or an account was proven; nothing of them is kept. */
export const webhookRejections = pgTable(
  'webhook_rejections',
  {
    day: date('day', { mode: 'string' }).notNull(),
    reason: text('reason').notNull(),
    count: integer('count').notNull().default(0),
  },
  (t) => [primaryKey({ name: 'webhook_rejections_pkey', columns: [t.day, t.reason] })],
);
