import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant, oneOf } from './columns';
import { belongsTo, tenantColumns, tenantRules } from './tenancy';
import { user } from './users';

export const notifications = pgTable(
  'notifications',
  {
    ...tenantColumns(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').notNull(),
    params: jsonb('params').notNull().default(sql`'{}'::jsonb`),
    /** Path inside the portal that the notification leads to. */
    href: text('href'),
    /** What caused it, once: the same effect never notifies twice. */
    effectKey: text('effect_key').notNull(),
    readAt: instant('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('notifications', t),
    belongsTo('notifications_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    uniqueIndex('notifications_effect').on(t.tenantId, t.effectKey),
    index('notifications_user').on(t.tenantId, t.userId, t.createdAt),
  ],
);

/** Every mail that was asked for, rendered; sent by the worker, once. */
export const mails = pgTable(
  'mails',
  {
    ...tenantColumns(),
    userId: uuid('user_id'),
    toEmail: text('to_email').notNull(),
    locale: text('locale').notNull(),
    template: text('template').notNull(),
    subject: text('subject').notNull(),
    html: text('html').notNull(),
    text: text('text').notNull(),
    status: text('status').notNull().default('queued'),
    error: text('error'),
    effectKey: text('effect_key').notNull(),
    sentAt: instant('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    ...tenantRules('mails', t),
    belongsTo('mails_user_fk', { tenantId: t.tenantId, column: t.userId }, user),
    uniqueIndex('mails_effect').on(t.tenantId, t.effectKey),
    index('mails_created').on(t.tenantId, t.createdAt),
    oneOf('mails_status', t.status, ['queued', 'sent', 'mailbox', 'failed']),
  ],
);
