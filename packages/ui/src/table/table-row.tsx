'use client';
import type { MouseEvent } from 'react';
import { UiLink } from '../context/link';
import { Checkbox } from '../forms/choices';
import { cn } from '../lib/cn';
import type { DataColumn } from './types';

type RowProps<Row> = {
  row: Row;
  index: number;
  columns: readonly DataColumn<Row>[];
  titleId: string | undefined;
  dense: boolean | undefined;
  last: boolean;
  open: boolean;
  reachable: boolean;
  onReach: () => void;
  href: string | undefined;
  onOpen: (() => void) | undefined;
  selected: boolean;
  checkLabel: string;
  onSelect: (() => void) | undefined;
};

/** One row: a table row on a desk, a card on a phone, from the same elements. */
export function TableRow<Row>({ row, index, columns, titleId, dense, last, open, reachable, onReach, href, onOpen, selected, checkLabel, onSelect }: RowProps<Row>) {
  const opens = Boolean(onOpen ?? href);
  const press = (event: MouseEvent<HTMLTableRowElement>) => {
    // A press anywhere on the row opens it, except on something that acts by itself or while text is being marked.
    if (!onOpen || !(event.target instanceof Element)) return;
    if (event.target.closest('a,button,input,label,select,textarea') || window.getSelection()?.toString()) return;
    onOpen();
  };
  const opener = 'rounded-small text-left font-semibold text-ink hover:underline';
  return (
    <tr
      role="row"
      onClick={press}
      className={cn(
        'relative grid grid-cols-[1fr_auto] gap-x-3 rounded-card border bg-raised px-4 py-3 md:table-row md:border-0 md:bg-transparent md:p-0',
        onSelect && 'grid-cols-[auto_1fr_auto]',
        opens && 'md:cursor-default md:hover:bg-sunken',
        (selected || open) && 'bg-accent-soft md:bg-accent-soft md:hover:bg-accent-soft',
      )}
    >
      {onSelect ? (
        <td role="cell" className={cn('row-start-1 self-center md:table-cell md:w-10 md:border-b md:pl-3 md:align-middle', last && 'md:border-b-0')}>
          <Checkbox hideLabel label={checkLabel} checked={selected} onChange={onSelect} />
        </td>
      ) : null}
      {columns.map((column) => {
        const title = column.id === titleId;
        const place = title ? 'title' : (column.card ?? 'line');
        const content = column.cell(row);
        return (
          <td
            role="cell"
            key={column.id}
            data-label={column.header}
            className={cn(
              'min-w-0 md:table-cell md:border-b md:px-3 md:py-1 md:align-middle',
              dense ? 'md:h-8 md:py-0.5' : 'md:h-10',
              last && 'md:border-b-0',
              place === 'title' && 'row-start-1 flex min-h-control items-center md:min-h-0',
              place === 'status' && 'row-start-1 self-center justify-self-end',
              place === 'line' && 'col-span-full flex justify-between gap-4 py-1 before:text-ink-muted before:content-[attr(data-label)] md:before:content-none',
              place === 'hidden' && 'hidden',
              column.align === 'end' && 'figures text-right',
              column.from === 'lg' && 'md:hidden lg:table-cell',
              column.from === 'xl' && 'md:hidden xl:table-cell',
            )}
          >
            {title && opens ? (
              href ? (
                <UiLink
                  href={href}
                  tabIndex={reachable ? 0 : -1}
                  data-row-opener={index}
                  onFocus={onReach}
                  aria-current={open || undefined}
                  onClick={(event) => {
                    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    onOpen();
                  }}
                  className={opener}
                >
                  {content}
                </UiLink>
              ) : (
                <button type="button" tabIndex={reachable ? 0 : -1} data-row-opener={index} onFocus={onReach} aria-current={open || undefined} onClick={onOpen} className={opener}>
                  {content}
                </button>
              )
            ) : (
              <span className={cn('min-w-0', place === 'line' && 'max-md:text-right')}>{content}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
