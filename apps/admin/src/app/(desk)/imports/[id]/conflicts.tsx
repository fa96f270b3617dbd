'use client';
import { Section } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useImportWord } from '../use-import-words';

/** Rows that an undo left, and why. */
export function Conflicts({ id }: { id: string }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const { data } = trpc.imports.lines.useQuery({ id, only: 'conflicts' });
  return (
    <Section title={t('conflicts')}>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {(data?.rows ?? []).map(({ record, line, number, undo }) => <li key={record} className="flex flex-wrap justify-between gap-x-4 px-4 py-2"><span className="figures">{t('line')} {line}{number === null ? '' : ` · ${number}`}</span><span className="text-ink-muted">{word('undos', undo ?? '')}</span></li>)}
      </ul>
    </Section>
  );
}
