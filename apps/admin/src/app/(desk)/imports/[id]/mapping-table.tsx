'use client';
import { fieldsOf } from '@interdomestik/rules/imports';
import { Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useImportWord } from '../use-import-words';

export type Reading = Outputs['imports']['read'];

/** Each column of the file, an example from it, and what it holds. */
export function MappingTable({ reading, onField }: { reading: Reading; onField: (header: string, field: string | null) => void }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const options = [{ value: '', label: t('leftOut') }, ...fieldsOf(reading.kind).map(({ key }) => ({ value: key, label: word('fields', key) }))];
  return (
    <div className="overflow-x-auto">
      <table className="w-full">
        <thead><tr className="text-left text-note text-ink-muted"><th className="py-2 pr-4">{t('column')}</th><th className="py-2 pr-4">{t('example')}</th><th className="py-2">{t('field')}</th></tr></thead>
        <tbody className="divide-y divide-line">
          {reading.header.map((header, at) => (
            <tr key={header}>
              <th scope="row" className="max-w-48 py-2 pr-4 text-left font-semibold break-words">{header}</th>
              <td className="max-w-48 truncate py-2 pr-4 text-ink-muted">{reading.sample.find(({ cells }) => (cells[at] ?? '') !== '')?.cells[at] ?? '–'}</td>
              <td className="min-w-44 py-2"><Select aria-label={`${t('field')}: ${header}`} value={reading.mapping[at] ?? ''} onValueChange={(value) => { onField(header, value === '' ? null : value); }} options={options} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
