'use client';
import type { ReactNode } from 'react';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { Button, IconButton } from '../actions/button';
import { useWords } from '../context/words';
import { NativeSelect } from '../forms/select';
import type { DataColumn, Sort } from './types';

/** What can be done with the selected rows; stands where the eye already is. */
export function BulkBar({ text, onClear, children }: { text: string; onClear: () => void; children: ReactNode }) {
  const words = useWords();
  return (
    <div role="region" aria-label={text} className="sticky top-(--head-height,0px) z-20 mb-2 flex flex-wrap items-center gap-2 rounded-control border border-accent bg-accent-soft px-3 py-1.5">
      <span className="mr-2 flex items-center gap-1">
        <span role="status" className="figures font-semibold">{text}</span>
        <IconButton label={words.clearSelection} icon={<X />} size="small" onClick={onClear} />
      </span>
      {children}
    </div>
  );
}

type PageBarProps = { hasPrevious: boolean; hasNext: boolean; onPrevious: () => void; onNext: () => void; label?: ReactNode; busy: boolean };

/** One page on, one page back. */
export function PageBar({ hasPrevious, hasNext, onPrevious, onNext, label, busy }: PageBarProps) {
  const words = useWords();
  if (!hasPrevious && !hasNext && !label) return null;
  return (
    <div className="mt-3 flex items-center justify-between gap-3">
      <span className="figures text-note text-ink-muted">{label}</span>
      <span className="flex gap-2">
        <Button variant="secondary" disabled={!hasPrevious || busy} onClick={onPrevious} icon={<ChevronLeft />} size="small">{words.previousPage}</Button>
        <Button variant="secondary" disabled={!hasNext || busy} onClick={onNext} size="small">{words.nextPage}<ChevronRight /></Button>
      </span>
    </div>
  );
}

/** The order of cards on a phone, where there is no head to press. */
export function SortSelect<Row>({ columns, sort, onSortChange }: { columns: readonly DataColumn<Row>[]; sort: Sort | null; onSortChange: (sort: Sort | null) => void }) {
  const words = useWords();
  const options = columns
    .filter((column) => column.sortable)
    .flatMap((column) => [
      { value: `${column.id}:up`, label: `${column.header} (${words.ascending})` },
      { value: `${column.id}:down`, label: `${column.header} (${words.descending})` },
    ]);
  if (options.length === 0) return null;
  return (
    <NativeSelect
      aria-label={words.sortBy}
      className="w-full md:hidden"
      placeholder={words.sortBy}
      options={options}
      value={sort ? `${sort.id}:${sort.desc ? 'down' : 'up'}` : ''}
      onChange={(event) => {
        const [id, way] = event.target.value.split(':');
        onSortChange(id ? { id, desc: way === 'down' } : null);
      }}
    />
  );
}
