'use client';
import { Badge, Button, Field, RadioCards, Section, Select, SidePanel, Skeleton } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useImportWord } from '../use-import-words';
import { Comparison } from './comparison';

type Line = Outputs['imports']['lines']['rows'][number];
type Decision = Parameters<ReturnType<typeof trpc.imports.decide.useMutation>['mutate']>[0]['decision'];

const takes = ['keep', 'fill', 'update'] as const;
/** `same` was once only noted, and somebody else can still turn out to be the same. */
const isOpen = ({ decision }: Pick<Line, 'decision'>): boolean => decision === null || decision === 'same' || decision === 'different';

/** What a line says beside whom it may be about, and the ways to decide. */
function Decide({ id, line, onDecided }: { id: string; line: Line; onDecided: () => void }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const [take, setTake] = useState<(typeof takes)[number]>('fill');
  const [chosen, setChosen] = useState<string | null>(null);
  const pair = trpc.imports.pair.useQuery({ id, record: line.record });
  const decide = trpc.imports.decide.useMutation({ onSuccess: onDecided });
  if (pair.data === undefined) return <Skeleton className="h-64" />;
  const [left, ...others] = pair.data;
  const right = others.find((person) => person.id === chosen) ?? others[0];
  if (left === undefined || right === undefined) return <p className="text-ink-muted">{word('decisions', line.decision ?? '')}</p>;
  const isKnown = left.id === null;
  const say = (decision: Decision): void => { decide.mutate({ id, record: line.record, decision, ...(isKnown || right.id === null ? {} : { userId: right.id }) }); };
  return (
    <>
      {others.length < 2 ? null : (
        <Field label={t('whichPerson')} className="mb-4"><Select value={right.id} onValueChange={setChosen} options={others.map((person) => ({ value: person.id ?? '', label: `${person.lastName} ${person.firstName}${person.memberNumber === null ? '' : ` · ${person.memberNumber}`}` }))} /></Field>
      )}
      <Comparison left={left} right={right} />
      {isOpen(line) ? (
        <>
          <Field group label={t('sameAs')} help={t('takeHelp')} className="mt-6"><RadioCards value={take} onValueChange={(value) => { setTake(takes.find((known) => known === value) ?? 'fill'); }} options={takes.map((value) => ({ value, label: word('takes', value) }))} /></Field>
          {isKnown ? null : <p className="mt-3 text-note text-ink-muted">{t('joinHelp')}</p>}
          <div className="mt-4 flex flex-wrap gap-2">
            <Button loading={decide.isPending} onClick={() => { say(take); }}>{isKnown ? t('takeIn') : t('join')}</Button>
            <Button variant="secondary" loading={decide.isPending} onClick={() => { say(isKnown ? 'skip' : 'different'); }}>{isKnown ? t('leaveOut') : t('different')}</Button>
          </div>
        </>
      ) : <p className="mt-4 font-semibold">{word('decisions', line.decision ?? '')}</p>}
    </>
  );
}

/** Lines about people who may be known, side by side with them, and what somebody decided. */
export function Pairs({ id }: { id: string }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const [after, setAfter] = useState(0);
  const [record, setRecord] = useState<number | null>(null);
  const lines = trpc.imports.lines.useQuery({ id, only: 'pairs', after });
  const rows = lines.data?.rows ?? [];
  const next = lines.data?.next ?? null;
  const line = rows.find((row) => row.record === record);
  const goOn = (): void => {
    setRecord(rows.find((row) => row.record > (record ?? 0) && row.decision === null)?.record ?? null);
    void lines.refetch();
  };
  return (
    <Section title={t('pairs')} help={t('pairsHelp')}>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {rows.map((row) => (
          <li key={row.record} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2">
            <span className="figures">{t('line')} {row.line}{row.number === null ? '' : ` · ${row.number}`}</span>
            <span className="flex flex-wrap items-center gap-3">
              {row.decision === null ? <Badge tone="warning">{t('open')}</Badge> : <Badge>{word('decisions', row.decision)}</Badge>}
              <Button size="small" variant="secondary" onClick={() => { setRecord(row.record); }}>{t('look')}</Button>
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        {after === 0 ? null : <Button variant="secondary" onClick={() => { setAfter(0); }}>{t('fromStart')}</Button>}
        {next === null ? null : <Button variant="secondary" onClick={() => { setAfter(next); }}>{t('more')}</Button>}
      </div>
      <SidePanel open={line !== undefined} onOpenChange={(open) => { if (!open) setRecord(null); }} title={line === undefined ? t('look') : `${t('line')} ${String(line.line)}`} width="wide">
        {line === undefined ? null : <Decide key={line.record} id={id} line={line} onDecided={goOn} />}
      </SidePanel>
    </Section>
  );
}
