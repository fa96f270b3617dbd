'use client';
import { Badge, Button, KeyValue, Section, SidePanel } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { useImportWord } from '../use-import-words';

type Person = Outputs['imports']['pair'][number];

function PersonCard({ person }: { person: Person }) {
  const word = useImportWord();
  const { day } = useFormats();
  const values: readonly (readonly [string, string | null])[] = [
    ['number', person.memberNumber], ['embg', person.personalNumber], ['birthDate', person.birthDate === null ? null : day(person.birthDate)], ['phone', person.phone], ['email', person.email], ['street', person.address], ['city', person.city],
  ];
  return (
    <div className="rounded-card border p-4">
      <h3 className="font-semibold">{person.lastName} {person.firstName}</h3>
      {person.kind === null ? null : <p className="text-note text-ink-muted">{word('pairKinds', person.kind)}</p>}
      <KeyValue items={values.map(([field, value]) => ({ label: word('fields', field), value: <span className="break-words">{value ?? '–'}</span> }))} />
    </div>
  );
}

/** People who may be one, side by side, and what somebody decided about them. */
export function Pairs({ id }: { id: string }) {
  const t = useTranslations('imports');
  const [after, setAfter] = useState(0);
  const [record, setRecord] = useState<number | null>(null);
  const lines = trpc.imports.lines.useQuery({ id, only: 'pairs', after });
  const pair = trpc.imports.pair.useQuery({ id, record: record ?? 1 }, { enabled: record !== null });
  const decide = trpc.imports.decide.useMutation({ onSuccess: () => { setRecord(null); void lines.refetch(); } });
  const decideAs = (decision: 'same' | 'different'): void => { if (record !== null) decide.mutate({ id, record, decision }); };
  const next = lines.data?.next ?? null;
  return (
    <Section title={t('pairs')}>
      <p className="mb-3 max-w-prose text-ink-muted">{t('pairsHelp')}</p>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {(lines.data?.rows ?? []).map((row) => (
          <li key={row.record} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2">
            <span className="figures">{t('line')} {row.line}{row.number === null ? '' : ` · ${row.number}`}</span>
            <span className="flex items-center gap-3">
              {row.decision === null ? null : <Badge>{t(row.decision === 'same' ? 'same' : 'different')}</Badge>}
              <Button size="small" variant="secondary" onClick={() => { setRecord(row.record); }}>{t('look')}</Button>
            </span>
          </li>
        ))}
      </ul>
      {next === null ? null : <Button className="mt-3" variant="secondary" onClick={() => { setAfter(next); }}>{t('more')}</Button>}
      <SidePanel open={record !== null} onOpenChange={(open) => { if (!open) setRecord(null); }} title={t('look')}>
        <div className="grid gap-4">{(pair.data ?? []).map((person) => <PersonCard key={person.id} person={person} />)}</div>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button variant="secondary" loading={decide.isPending} onClick={() => { decideAs('same'); }}>{t('same')}</Button>
          <Button variant="secondary" loading={decide.isPending} onClick={() => { decideAs('different'); }}>{t('different')}</Button>
        </div>
      </SidePanel>
    </Section>
  );
}
