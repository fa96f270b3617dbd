import type { ReactNode } from 'react';
import { cn } from '../lib/cn';

/** One amount of a sum. `off`: it lowers the sum. */
export type SumLine = { readonly label: ReactNode; readonly amount: ReactNode; readonly off?: boolean | undefined };

/** Amounts that make up a sum, right-aligned, with the sum below them. A single line that is the sum is left out. */
export function SumList({ lines, total, note, className }: { lines: readonly SumLine[]; total: SumLine; note?: ReactNode; className?: string | undefined }) {
  return (
    <div className={className}>
      <dl className="space-y-1.5">
        {(lines.length > 1 ? lines : []).map((line, index) => (
          <div key={index} className="flex items-baseline justify-between gap-4">
            <dt className="min-w-0">{line.label}</dt>
            <dd className={cn('figures shrink-0 whitespace-nowrap', line.off === true && 'text-success-ink')}>{line.amount}</dd>
          </div>
        ))}
        <div className={cn('flex items-baseline justify-between gap-4 font-semibold', lines.length > 1 && 'border-t pt-2')}>
          <dt>{total.label}</dt>
          <dd className="figures shrink-0 text-lg whitespace-nowrap">{total.amount}</dd>
        </div>
      </dl>
      {note === undefined ? null : <p className="mt-1 text-note text-ink-muted">{note}</p>}
    </div>
  );
}
