'use client';
import type { CellEdit } from '@interdomestik/rules/imports';
import { Button, Checkbox, Field, Input, Section, Skeleton } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { useImportWord, useReason } from '../use-import-words';
import type { Reading } from './mapping-table';

type Line = Outputs['imports']['lines']['rows'][number];
export type Edits = ReadonlyMap<string, CellEdit>;
const editKey = (record: number, field: string): string => `${String(record)} ${field}`;
const longestRule = 60;

interface LineProps {
  readonly line: Line;
  readonly reading: Reading;
  readonly edits: Edits;
  readonly onEdit: (edit: CellEdit) => void;
}

/** One refused line: what it is about, and each cell that keeps it out with a field to type it anew. */
function RefusedLine({ line, reading, edits, onEdit }: LineProps) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const reason = useReason();
  const cells = line.cells ?? [];
  const problems = (line.problems ?? []).filter(({ column }, at, all) => all.findIndex((other) => other.column === column) === at);
  const wrong = new Set(problems.map(({ column }) => column));
  const about = cells.filter((cell, at) => cell !== '' && (wrong.has(-1) || (!wrong.has(at) && (reading.mapping[at] ?? null) !== null))).slice(0, 4).join(' · ');
  return (
    <li className="px-4 py-3 sm:px-5">
      <p className="break-words"><span className="figures font-semibold">{t('line')} {line.line}</span> <span className="text-ink-muted">{about}</span></p>
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
        {problems.map(({ column, reason: code }) => {
          const field = reading.mapping[column] ?? null;
          if (field === null) return <p key={code} className="mt-1 font-semibold text-danger-ink sm:col-span-full">{reason(code)}{column < 0 ? `. ${t('mendInFile')}` : ''}</p>;
          const was = cells[column] ?? '';
          const edit = edits.get(editKey(line.record, field)) ?? { record: line.record, field, was, value: was, everywhere: false };
          return (
            <div key={field} className="mt-2">
              <Field label={word('fields', field)} error={reason(code)}><Input value={edit.value} onChange={(event) => { onEdit({ ...edit, value: event.target.value }); }} autoComplete="off" /></Field>
              {edit.value !== was && was !== '' && was.length <= longestRule ? <Checkbox label={t('everywhere', { text: was })} checked={edit.everywhere} onChange={(event) => { onEdit({ ...edit, everywhere: event.target.checked }); }} /> : null}
            </div>
          );
        })}
      </div>
    </li>
  );
}

/** The lines that a trial has refused, a page at a time. `at` moves when there was another trial. */
export function RefusedLines({ reading, all, at, edits, onEdit }: { reading: Reading; all: number; at: number; edits: Edits; onEdit: (edit: CellEdit) => void }) {
  const t = useTranslations('imports');
  const { count } = useFormats();
  const [after, setAfter] = useState(0);
  const lines = trpc.imports.lines.useQuery({ id: reading.id, only: 'rejected', after });
  const { refetch } = lines;
  useEffect(() => { void refetch(); }, [at, refetch]);
  if (lines.data === undefined) return <Skeleton className="h-40" />;
  const { rows, next } = lines.data;
  return (
    <Section title={t('refusedTitle')} help={t('refusedHelp', { count: count(all) })} level={3}>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {rows.map((line) => <RefusedLine key={line.record} line={line} reading={reading} edits={edits} onEdit={onEdit} />)}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        {after === 0 ? null : <Button variant="secondary" onClick={() => { setAfter(0); }}>{t('fromStart')}</Button>}
        {next === null ? null : <Button variant="secondary" onClick={() => { setAfter(next); }}>{t('more')}</Button>}
      </div>
    </Section>
  );
}

/** Cells that were typed anew and are not applied yet. */
export function useEdits() {
  const [edits, setEdits] = useState<Edits>(new Map());
  return {
    edits,
    put: (edit: CellEdit) => { setEdits((before) => new Map(before).set(editKey(edit.record, edit.field), edit)); },
    clear: () => { setEdits(new Map()); },
  };
}
