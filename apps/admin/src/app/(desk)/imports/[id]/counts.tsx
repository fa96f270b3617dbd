'use client';
import { KeyValue, Stat, StatRow } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../../_parts/use-formats';
import { useImportWord, useReason } from '../use-import-words';

type Report = Readonly<Record<string, unknown>>;

/** The database keeps the words of a report in an order of its own. */
const order = ['valid_new', 'renewal', 'duplicate_in_file', 'probable_duplicate', 'rejected'];
const numbersIn = (value: unknown): [string, number][] => (typeof value === 'object' && value !== null ? Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number') : []);

/** What becomes of the lines of a file, counted. */
export function Counts({ report, known }: { report: Report; known: string | null }) {
  const t = useTranslations('imports');
  const { count } = useFormats();
  const word = useImportWord();
  const reason = useReason();
  const repaired = report['embg_repaired_leading_zero'];
  const renewals = numbersIn(report['outcomes']).find(([outcome]) => outcome === 'renewal')?.[1] ?? 0;
  const mended = numbersIn(report['repairs_by_kind']);
  const refused = numbersIn(report['rejected_by_reason']).toSorted(([, a], [, b]) => b - a);
  return (
    <>
      <StatRow>
        {numbersIn(report['outcomes']).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([outcome, lines]) => <Stat key={outcome} label={word('outcomes', outcome)} value={count(lines)} />)}
      </StatRow>
      {typeof repaired === 'number' && repaired > 0 ? <p className="mt-3 text-note text-ink-muted">{t('repaired', { count: count(repaired) })}</p> : null}
      {renewals === 0 || known === null ? null : <p className="mt-3 text-note text-ink-muted">{t('knownSaid', { how: word('knownPolicies', known) })}</p>}
      {mended.length === 0 ? null : <p className="mt-1 text-note text-ink-muted">{t('mended', { lines: count(Number(report['repaired_lines'])), kinds: mended.map(([kind, times]) => `${word('repairKinds', kind)} ${count(times)}`).join(', ') })}</p>}
      {refused.length === 0 ? null : (
        <div className="mt-6 max-w-2xl">
          <h3 className="mb-2 font-semibold">{t('reasons')}</h3>
          <KeyValue items={refused.map(([code, lines]) => ({ label: reason(code), value: <span className="figures">{count(lines)}</span> }))} />
        </div>
      )}
    </>
  );
}
