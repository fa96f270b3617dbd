import { integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt } from './columns';
import { tenantColumns, tenantRules } from './tenancy';

/** The next free number of a gapless series; the row lock of its update orders the numbers. */
export const numberSeries = pgTable(
  'number_series',
  {
    ...tenantColumns(),
    series: text('series').notNull(),
    /** Year of the numbers; 0 for a series that never restarts. */
    fiscalYear: integer('fiscal_year').notNull(),
    lastNumber: integer('last_number').notNull().default(0),
  },
  (t) => [...tenantRules('number_series', t), uniqueIndex('number_series_key').on(t.tenantId, t.series, t.fiscalYear)],
);

/** One answer for one key of one actor, so that a repeated call repeats the answer and not the effect. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    ...tenantColumns(),
    /** Who asked: `user:<id>`, or `visitor` for a person who is not known yet. */
    actor: text('actor').notNull(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    payloadHash: text('payload_hash').notNull(),
    response: jsonb('response'),
    createdAt: createdAt(),
  },
  (t) => [...tenantRules('idempotency_keys', t), uniqueIndex('idempotency_keys_key').on(t.tenantId, t.actor, t.operation, t.key)],
);
