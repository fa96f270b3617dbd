'use client';
import { cn } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useReason } from '../use-import-words';
import type { Reading } from './mapping-table';

const onPhone = 6;

/** The first lines as they are read, each cell that keeps its line out marked with the reason; on a phone a few of them, a line in a box. */
export function SampleTable({ reading }: { reading: Reading }) {
  const t = useTranslations('imports');
  const reason = useReason();
  return (
    <>
      <ul className="divide-y divide-line rounded-card border bg-raised sm:hidden">
        {reading.sample.slice(0, onPhone).map(({ line, cells, problems }) => (
          <li key={line} className="px-4 py-2 text-note">
            <p className="break-words"><span className="figures font-semibold">{t('line')} {line}</span> {cells.filter((cell) => cell !== '').join(' · ')}</p>
            {problems.map((problem) => <p key={`${problem.reason} ${String(problem.column)}`} className="font-semibold text-danger-ink">{problem.column < 0 ? '' : `${reading.header[problem.column] ?? ''}: `}{reason(problem.reason)}</p>)}
          </li>
        ))}
      </ul>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard (WCAG 2.1.1) */}
      <div role="region" aria-label={t('preview')} tabIndex={0} className="max-h-96 overflow-auto rounded-card border bg-raised max-sm:hidden">
        <table className="text-note">
          <thead><tr className="text-left"><th className="px-3 py-2">{t('line')}</th>{reading.header.map((header) => <th key={header} className="px-3 py-2 whitespace-nowrap">{header}</th>)}</tr></thead>
          <tbody className="divide-y divide-line">
            {reading.sample.map(({ line, cells, problems }) => (
              <tr key={line}>
                <th scope="row" className="figures px-3 py-1 text-left text-ink-muted">
                  {line}
                  {problems.filter(({ column }) => column < 0).map((problem) => <span key={problem.reason} className="block font-semibold text-danger-ink">{reason(problem.reason)}</span>)}
                </th>
                {reading.header.map((header, at) => {
                  const problem = problems.find(({ column }) => column === at);
                  return (
                    <td key={header} className={cn('max-w-64 px-3 py-1', problem !== undefined && 'bg-danger-soft')}>
                      <span className="block truncate">{cells[at] ?? ''}</span>
                      {problem === undefined ? null : <span className="block font-semibold text-danger-ink">{reason(problem.reason)}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
