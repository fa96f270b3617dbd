import type { ReactNode } from 'react';

export type DataColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The header sorts. Sorting itself is the caller's: `onSortChange`. */
  sortable?: boolean | undefined;
  /** Money and numbers stand at the `end`. */
  align?: 'start' | 'end' | undefined;
  /** CSS width, such as `8rem`. */
  width?: string | undefined;
  /** Only shown from this width of the window on; a card on a phone shows it all the same unless `card` hides it. */
  from?: 'lg' | 'xl' | undefined;
  /** Its place when rows are cards. `title` opens the row (default: the first column), `status` stands beside it. */
  card?: 'title' | 'status' | 'line' | 'hidden' | undefined;
};

export type Sort = { id: string; desc: boolean };

/** The order after a press on a header: rising, then falling, then none. */
export function nextSort(current: Sort | null | undefined, id: string): Sort | null {
  if (current?.id !== id) return { id, desc: false };
  return current.desc ? null : { id, desc: true };
}

/** The selection after one row's box was pressed. A new set; the given one is not touched. */
export function toggled(selection: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The selection after the head's box was pressed: all rows of the page, or, when all were, none of them. Other pages stay. */
export function toggledAll(selection: ReadonlySet<string>, page: readonly string[]): Set<string> {
  const next = new Set(selection);
  const all = page.length > 0 && page.every((id) => next.has(id));
  for (const id of page) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Where the arrows lead from row `at` of `count`: clamped, never around the end. */
export function stepRow(key: string, at: number, count: number): number {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return at;
}
