import { asc, sql, type SQL } from 'drizzle-orm';
import { decodeCursor, encodeCursor, invalid, isId } from '@interdomestik/rules';
import { claims } from '@interdomestik/db/schema';
import { dueColumn } from './view';

// what has no deadline comes last, urgent or not
const rank = sql<number>`case when ${dueColumn} is null then 2 when ${claims.priority} = 'urgent' then 0 else 1 end`;
const due = sql`coalesce(${dueColumn}, 'infinity'::timestamptz)`;
const instantText = /^(infinity|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?)$/u;

/** What to look at first: urgent claims before others, and of those the ones that are due first. Pages start after the last row, as in every list. */
export const byDue = {
  rank,
  instant: sql<string>`${due}::text`,
  order: [asc(rank), asc(due), asc(claims.id)],
  /** Throws INVALID for a cursor that is not of this order. */
  after: (cursor: string | undefined): SQL | undefined => {
    if (cursor === undefined) return undefined;
    const { sort, values: [place, at], id } = decodeCursor(cursor);
    if (sort !== 'due' || typeof place !== 'number' || ![0, 1, 2].includes(place) || typeof at !== 'string' || !instantText.test(at) || !isId(id)) throw invalid('cursor', 'errors.cursor');
    return sql`(${rank}, ${due}, ${claims.id}) > (${place}::int, ${at}::timestamptz, ${id}::uuid)`;
  },
};

/** Cuts a page out of `limit + 1` rows and says where the next one starts. */
export function duePage<Row extends { readonly id: string; readonly rank: number; readonly due: string }>(rows: readonly Row[], limit: number): { items: readonly Row[]; nextCursor: string | null } {
  const last = rows.slice(0, limit).at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor({ sort: 'due', values: [last.rank, last.due], id: last.id }) : null;
  return { items: rows.slice(0, limit), nextCursor };
}
