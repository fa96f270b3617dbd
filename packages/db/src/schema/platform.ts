import { date, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, oneOf } from './columns';

/** Super admins. They belong to no tenant; the app role cannot read this table. */
export const platformUsers = pgTable(
  'platform_users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    passwordHash: text('password_hash').notNull(),
    name: text('name').notNull(),
    locale: text('locale').notNull().default('en'),
    status: text('status').notNull().default('active'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('platform_users_email').on(t.email), oneOf('platform_users_status', t.status, ['active', 'disabled'])],
);

export const platformSessions = pgTable('platform_sessions', {
  id: uuid('id').primaryKey(),
  platformUserId: uuid('platform_user_id').notNull().references(() => platformUsers.id),
  /** The tenant that this session is inside of, and the entry that says why; both null while outside. */
  tenantId: text('entered_tenant_id'),
  entryId: uuid('entry_id'),
  createdAt: createdAt(),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
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
