'use client';
import { fieldsOf } from '@interdomestik/rules/imports';
import { Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useImportWord } from '../use-import-words';

export type Reading = Outputs['imports']['read'];

/** Each column of the file, an example from it, and what it holds; on a phone one under the other. */
export function MappingTable({ reading, onField }: { reading: Reading; onField: (header: string, field: string | null) => void }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const options = [{ value: '', label: t('leftOut') }, ...fieldsOf(reading.kind).map(({ key }) => ({ value: key, label: word('fields', key) }))];
  const row = 'grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-3';
  return (
    <>
      <div aria-hidden="true" className={`${row} text-note font-semibold text-ink-muted max-sm:hidden`}><span>{t('column')}</span><span>{t('example')}</span><span>{t('field')}</span></div>
      <ul className="divide-y divide-line">
        {reading.header.map((header, at) => (
          <li key={header} className={row}>
            <span className="min-w-0 font-semibold break-words">{header}</span>
            <span className="truncate text-ink-muted">{reading.sample.find(({ cells }) => (cells[at] ?? '') !== '')?.cells[at] ?? '–'}</span>
            <Select aria-label={`${t('field')}: ${header}`} value={reading.mapping[at] ?? ''} onValueChange={(value) => { onField(header, value === '' ? null : value); }} options={options} />
          </li>
        ))}
      </ul>
    </>
  );
}
