import { sql } from 'drizzle-orm';
import { bigint, check, date, pgRole, timestamp, type AnyPgColumn } from 'drizzle-orm/pg-core';

/** Runtime role of both apps and the worker. Made by the roles bootstrap, so that a second database of the cluster finds it. */
export const appRole = pgRole('interdomestik_app').existing();
/** Role of super admins. */
export const platformRole = pgRole('interdomestik_platform').existing();

/** An amount in minor units of the row's `currency`. */
export const minor = (name: string) => bigint(name, { mode: 'bigint' });
/** A point in time, UTC in storage. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** A calendar day of the tenant's own time zone, as `YYYY-MM-DD`. */
export const day = (name: string) => date(name, { mode: 'string' });

export const createdAt = () => instant('created_at').notNull().defaultNow();
export const updatedAt = () => instant('updated_at').notNull().defaultNow();

/** CHECK over a fixed list of words; text and not an enum, because enum comparison is not leakproof under RLS. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  const list = words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ');
  // eslint-disable-next-line -- schema text, built from constants only
  return check(name, sql`${column} in (${sql.raw(list)})`);
}
