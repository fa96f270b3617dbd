'use client';
import { isRule, withEdits, type Repair, type RepairRule } from '@interdomestik/rules/imports';
import { Button, Section } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import { useImportWord } from '../use-import-words';
import type { Reading } from './mapping-table';
import { RefusedLines, useEdits } from './refused-lines';
import { RuleForm } from './rule-form';

/** What a rule does, in a sentence. */
function useRuleText(): (rule: RepairRule) => string {
  const t = useTranslations('imports');
  const word = useImportWord();
  return (rule) => {
    const field = word('fields', rule.field);
    if (rule.kind === 'split_name') return `${field}: ${word('ruleKinds', rule.kind)} (${word('fields', rule.order)})`;
    if (rule.kind === 'lost_zero') return `${field}: ${word('ruleKinds', rule.kind)}`;
    const said = { field, find: rule.find === '' ? t('emptyCell') : rule.find, by: rule.by === '' ? t('emptyCell') : rule.by };
    return rule.where === 'whole' ? t('ruleWhole', said) : t('ruleAnywhere', said);
  };
}

interface Props {
  readonly reading: Reading;
  /** Lines that the last trial has refused; null while there is none. */
  readonly refused: number | null;
  /** Moves when there was another trial. */
  readonly at: number;
  readonly isTrying: boolean;
  readonly onApplied: () => void;
}

/** Rules for all lines and the refused lines themselves, mended and tried again in one go. */
export function Corrections({ reading, refused, at, isTrying, onApplied }: Props) {
  const t = useTranslations('imports');
  const { count } = useFormats();
  const text = useRuleText();
  const [draft, setDraft] = useState<readonly Repair[] | null>(null);
  const { edits, put, clear } = useEdits();
  const repair = trpc.imports.repair.useMutation({ onSuccess: () => { setDraft(null); clear(); onApplied(); } });
  const repairs = draft ?? reading.repairs;
  const rules = repairs.filter(isRule);
  const typed = repairs.length - rules.length;
  const without = (gone: Repair): void => { setDraft(repairs.filter((one) => one !== gone)); };
  const isChanged = draft !== null || [...edits.values()].some(({ was, value }) => was !== value.trim());
  return (
    <Section title={t('corrections')} help={t('correctionsHelp')} className="mb-8">
      <h3 className="mb-2 font-semibold">{t('rules')}</h3>
      {rules.length === 0 && typed === 0 ? null : (
        <ul className="mb-4 divide-y divide-line">
          {rules.map((rule, place) => (
            <li key={place} className="flex items-center justify-between gap-3 py-1"><span className="min-w-0 break-words">{text(rule)}</span><Button size="small" variant="ghost" onClick={() => { without(rule); }}>{t('remove')}</Button></li>
          ))}
          {typed === 0 ? null : (
            <li className="flex items-center justify-between gap-3 py-1"><span>{t('typed', { count: count(typed) })}</span><Button size="small" variant="ghost" onClick={() => { setDraft(rules); }}>{t('remove')}</Button></li>
          )}
        </ul>
      )}
      <RuleForm reading={reading} onAdd={(rule) => { setDraft([...rules, rule, ...repairs.filter((one) => !isRule(one))]); }} />
      {refused === null || refused === 0 ? null : <div className="mt-6"><RefusedLines reading={reading} all={refused} at={at} edits={edits} onEdit={put} /></div>}
      <Button className="mt-4" variant="secondary" disabled={!isChanged || isTrying || reading.faults.length > 0} loading={repair.isPending} onClick={() => { repair.mutate({ id: reading.id, repairs: withEdits(repairs, [...edits.values()]) }); }}>{t('apply')}</Button>
    </Section>
  );
}
