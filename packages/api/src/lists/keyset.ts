import { sql, type Placeholder, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { decodeCursor, encodeCursor, invalid, isId } from '@interdomestik/rules';

const instantText = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/u;

/** A timestamp as the database writes it. A Date would lose its microseconds, and a page that starts at a rounded one skips rows. */
export const exactInstant = (column: AnyPgColumn) => sql<string>`${column}::text`;

/** Where a page starts, out of a cursor that somebody sent. Throws INVALID for anything else. */
export function cursorValues(cursor: string): { readonly cursorAt: string; readonly cursorId: string } {
  const after = decodeCursor(cursor);
  const [at] = after.values;
  if (typeof at !== 'string' || !instantText.test(at) || !isId(after.id)) throw invalid('cursor', 'errors.cursor');
  return { cursorAt: at, cursorId: after.id };
}

const after = (instant: AnyPgColumn, id: AnyPgColumn, at: string | Placeholder, atId: string | Placeholder) => sql`(${instant}, ${id}) < (${at}::timestamptz, ${atId}::uuid)`;

/** The rows after a cursor in a list that is ordered newest first by an instant and then by id; nothing without a cursor. */
export function olderThan(instant: AnyPgColumn, id: AnyPgColumn, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const { cursorAt, cursorId } = cursorValues(cursor);
  return after(instant, id, cursorAt, cursorId);
}

/** The same for a read that is built once: `cursorValues` are what it is run with. */
export const olderThanCursor = (instant: AnyPgColumn, id: AnyPgColumn): SQL => after(instant, id, sql.placeholder('cursorAt'), sql.placeholder('cursorId'));

/** Cuts a page out of `limit + 1` rows and says where the next one starts. `at` is the row's `exactInstant`. */
export function newestPage<Row extends { readonly id: string; readonly at: string }>(rows: readonly Row[], limit: number): { items: Omit<Row, 'at'>[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor({ sort: '-at', values: [last.at], id: last.id }) : null;
  return { items: page.map(({ at: _, ...item }) => item), nextCursor };
}
