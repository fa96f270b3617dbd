'use client';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useWords } from '../context/words';
import { Checkbox } from '../forms/choices';
import { Skeleton } from '../feedback/skeleton';
import { cn } from '../lib/cn';
import { fill } from '../lib/fill';
import { BulkBar, PageBar, SortSelect } from './table-bars';
import { TableHead } from './table-head';
import { TableRow } from './table-row';
import { stepRow, toggled, toggledAll } from './types';
import type { DataColumn, Sort } from './types';

export type DataTableProps<Row> = {
  /** What the table lists; its accessible name. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The row in a word or two, such as a name or number: read aloud with its box. */
  rowLabel: (row: Row) => string;
  sort?: Sort | null | undefined;
  onSortChange?: ((sort: Sort | null) => void) | undefined;
  /** Opens the row, normally in a SidePanel. */
  onOpen?: ((row: Row) => void) | undefined;
  /** The row as a page of its own: Ctrl-click opens it in a new tab. May stand beside `onOpen`. */
  rowHref?: ((row: Row) => string) | undefined;
  /** Key of the row whose panel is open. */
  openKey?: string | null | undefined;
  selection?: ReadonlySet<string> | undefined;
  onSelectionChange?: ((selection: Set<string>) => void) | undefined;
  /** Buttons for the selected rows. */
  bulkActions?: ReactNode;
  /** Search, filters and saved views, above the table. */
  filters?: ReactNode;
  /** Keyset paging: there is a page before or after, or not. */
  paging?: { hasPrevious: boolean; hasNext: boolean; onPrevious: () => void; onNext: () => void; /** Such as "1-25". */ label?: ReactNode } | undefined;
  /** First load: rows of grey keep the layout. */
  loading?: boolean | undefined;
  /** A later load: the old rows stay and fade. */
  refreshing?: boolean | undefined;
  /** An ErrorState in place of rows. */
  error?: ReactNode;
  /** An EmptyState in place of rows. */
  empty: ReactNode;
  /** 32 px rows in place of 40. */
  dense?: boolean | undefined;
  /** Rows of grey while loading. Default 8. */
  expectedRows?: number | undefined;
  className?: string | undefined;
};

/**
 * A list of records. Sorting, paging, filters and selection are the caller's state (normally the URL); the table shows
 * them. Arrows move between rows, Enter opens, Space selects. On a phone each row is a card; nothing scrolls sideways.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowLabel, sort = null, onSortChange, onOpen, rowHref, openKey, selection, onSelectionChange, bulkActions, filters, paging, loading, refreshing, error, empty, dense, expectedRows = 8, className } = props;
  const words = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const table = useReactTable<Row>({
    data: [...rows],
    columns: columns.map((column) => ({ id: column.id, header: column.header, enableSorting: Boolean(column.sortable) })),
    getCoreRowModel: getCoreRowModel(),
    getRowId: (row) => rowKey(row),
    manualSorting: true,
    manualPagination: true,
    state: { sorting: sort ? [sort] : [], rowSelection: Object.fromEntries([...(selection ?? [])].map((key) => [key, true])) },
  });
  const shown = table.getRowModel().rows;
  const keys = shown.map((row) => row.id);
  const selectable = Boolean(selection && onSelectionChange);
  const chosen = keys.filter((key) => selection?.has(key)).length;
  const opens = Boolean(onOpen ?? rowHref);
  const reach = Math.min(active, Math.max(0, shown.length - 1));

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || !target.dataset['rowOpener']) return;
    const at = Number(target.dataset['rowOpener']);
    if (event.key === ' ' && selectable && selection) {
      const key = keys[at];
      event.preventDefault();
      if (key !== undefined) onSelectionChange?.(toggled(selection, key));
      return;
    }
    const next = stepRow(event.key, at, shown.length);
    if (next === at) return;
    event.preventDefault();
    setActive(next);
    body.current?.querySelector<HTMLElement>(`[data-row-opener="${next}"]`)?.focus();
  };
  const titleId = columns.find((column) => column.card === 'title')?.id ?? columns[0]?.id;
  const nothing = error ?? (!loading && shown.length === 0 ? empty : null);

  return (
    <div className={className}>
      {filters || onSortChange ? (
        <div role="group" aria-label={words.filters} className="mb-3 flex flex-wrap items-center gap-2">
          {filters}
          {onSortChange ? <SortSelect columns={columns} sort={sort} onSortChange={onSortChange} /> : null}
        </div>
      ) : null}
      {selectable && selection && selection.size > 0 ? (
        <BulkBar text={fill(words.selected, { n: selection.size })} onClear={() => onSelectionChange?.(new Set())}>{bulkActions}</BulkBar>
      ) : null}
      {nothing ? (
        <div className="rounded-card border bg-raised px-5">{nothing}</div>
      ) : (
        <table role="table" aria-label={label} aria-busy={Boolean(loading ?? refreshing)} className="block w-full border-separate border-spacing-0 md:table md:rounded-card md:border md:bg-raised">
          <TableHead
            columns={columns}
            sort={sort}
            onSortChange={onSortChange}
            dense={dense}
            selectAll={
              selectable && selection ? (
                <Checkbox
                  hideLabel
                  label={words.selectAll}
                  checked={keys.length > 0 && chosen === keys.length}
                  partly={chosen > 0 && chosen < keys.length}
                  onChange={() => onSelectionChange?.(toggledAll(selection, keys))}
                />
              ) : undefined
            }
          />
          <tbody ref={body} role="rowgroup" onKeyDown={onKeyDown} className={cn('block space-y-2 transition-opacity md:table-row-group', refreshing && 'opacity-55')}>
            {loading
              ? Array.from({ length: expectedRows }, (_, index) => <LoadingRow key={index} columns={columns} selectable={selectable} dense={dense} label={index === 0 ? words.loading : undefined} />)
              : shown.map((row, index) => (
                  <TableRow
                    key={row.id}
                    row={row.original}
                    index={index}
                    columns={columns}
                    titleId={titleId}
                    dense={dense}
                    last={index === shown.length - 1}
                    open={openKey === row.id}
                    reachable={index === reach}
                    onReach={() => setActive(index)}
                    href={rowHref?.(row.original)}
                    onOpen={opens && onOpen ? () => onOpen(row.original) : undefined}
                    selected={Boolean(selection?.has(row.id))}
                    checkLabel={fill(words.selectRow, { name: rowLabel(row.original) })}
                    onSelect={selectable && selection ? () => onSelectionChange?.(toggled(selection, row.id)) : undefined}
                  />
                ))}
          </tbody>
        </table>
      )}
      {paging && !error ? <PageBar {...paging} busy={Boolean(loading ?? refreshing)} /> : null}
    </div>
  );
}

function LoadingRow<Row>({ columns, selectable, dense, label }: { columns: readonly DataColumn<Row>[]; selectable: boolean; dense: boolean | undefined; label: string | undefined }) {
  return (
    <tr role="row" className="block rounded-card border bg-raised p-4 md:table-row md:border-0 md:p-0">
      {selectable ? <td role="cell" className="hidden w-10 border-b md:table-cell" /> : null}
      {columns.map((column, index) => (
        <td role="cell" key={column.id} className={cn('block py-1 md:table-cell md:border-b md:px-3 md:py-0', dense ? 'md:h-8' : 'md:h-10', column.from === 'lg' && 'md:hidden lg:table-cell', column.from === 'xl' && 'md:hidden xl:table-cell')}>
          {label && index === 0 ? <span className="sr-only">{label}</span> : null}
          <Skeleton className={cn(index === 0 ? 'w-3/5' : 'w-2/5', column.align === 'end' && 'md:ml-auto')} />
        </td>
      ))}
    </tr>
  );
}
