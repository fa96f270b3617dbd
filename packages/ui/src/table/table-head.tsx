'use client';
import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cn } from '../lib/cn';
import { nextSort } from './types';
import type { DataColumn, Sort } from './types';

type HeadProps<Row> = {
  columns: readonly DataColumn<Row>[];
  sort: Sort | null;
  onSortChange: ((sort: Sort | null) => void) | undefined;
  dense: boolean | undefined;
  selectAll: ReactNode;
};

/** The head of a DataTable: stays under the shell's own head while the page scrolls. */
export function TableHead<Row>({ columns, sort, onSortChange, dense, selectAll }: HeadProps<Row>) {
  const cell = cn(
    'sticky top-(--head-height,0px) z-10 border-b bg-raised px-3 text-left text-note font-semibold text-ink-muted first:rounded-tl-card last:rounded-tr-card',
    dense ? 'h-8' : 'h-10',
  );
  return (
    <thead role="rowgroup" className="hidden md:table-header-group">
      <tr role="row">
        {selectAll ? <th role="columnheader" className={cn(cell, 'w-10 pr-0')}>{selectAll}</th> : null}
        {columns.map((column) => {
          const on = sort?.id === column.id;
          const Mark = on ? (sort?.desc ? ArrowDown : ArrowUp) : ChevronsUpDown;
          return (
            <th
              key={column.id}
              role="columnheader"
              scope="col"
              style={column.width ? { width: column.width } : undefined}
              aria-sort={on ? (sort?.desc ? 'descending' : 'ascending') : undefined}
              className={cn(cell, column.align === 'end' && 'text-right', column.from === 'lg' && 'hidden lg:table-cell', column.from === 'xl' && 'hidden xl:table-cell')}
            >
              {column.sortable && onSortChange ? (
                <button
                  type="button"
                  onClick={() => onSortChange(nextSort(sort, column.id))}
                  className={cn('group -mx-1 inline-flex h-full items-center gap-1 rounded-small px-1 whitespace-nowrap hover:text-ink', column.align === 'end' && 'flex-row-reverse', on && 'text-ink')}
                >
                  {column.header}
                  <Mark aria-hidden="true" className={cn('size-3.5', !on && 'opacity-45 group-hover:opacity-100')} />
                </button>
              ) : (
                <span className="whitespace-nowrap">{column.header}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
