'use client';
import { fieldsOf, isRepairOf, type RepairRule } from '@interdomestik/rules/imports';
import { Button, Field, Input, Select } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useImportWord } from '../use-import-words';
import type { Reading } from './mapping-table';

const kinds = ['replace', 'split_name', 'lost_zero'] as const;
type Kind = (typeof kinds)[number];

const blank = (kind: Kind, field: string): RepairRule => {
  if (kind === 'replace') return { kind, field, find: '', by: '', where: 'whole' };
  return kind === 'split_name' ? { kind, field, order: 'surnameFirst' } : { kind, field };
};

/** A rule in the making: what is done, in which column, and with what. */
export function RuleForm({ reading, onAdd }: { reading: Reading; onAdd: (rule: RepairRule) => void }) {
  const t = useTranslations('imports');
  const word = useImportWord();
  const fieldsFor = (kind: Kind): string[] => fieldsOf(reading.kind).map(({ key }) => key).filter((key) => reading.mapping.includes(key) && isRepairOf(reading.kind, blank(kind, key)));
  const possible = kinds.filter((kind) => fieldsFor(kind).length > 0);
  const [rule, setRule] = useState<RepairRule>(() => blank('replace', fieldsFor('replace')[0] ?? ''));
  const choose = (kind: Kind): void => { setRule(blank(kind, fieldsFor(kind)[0] ?? '')); };
  const isEmpty = rule.kind === 'replace' && (rule.find === rule.by || (rule.where === 'anywhere' && rule.find === ''));
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <Field label={t('ruleKind')}><Select value={rule.kind} onValueChange={(value) => { choose(kinds.find((known) => known === value) ?? 'replace'); }} options={possible.map((value) => ({ value, label: word('ruleKinds', value) }))} /></Field>
      <Field label={t('field')}><Select value={rule.field} onValueChange={(field) => { setRule({ ...rule, field }); }} options={fieldsFor(rule.kind).map((value) => ({ value, label: word('fields', value) }))} /></Field>
      {rule.kind === 'split_name' ? (
        <Field label={t('ruleOrder')}><Select value={rule.order} onValueChange={(value) => { setRule({ ...rule, order: value === 'nameFirst' ? 'nameFirst' : 'surnameFirst' }); }} options={['surnameFirst', 'nameFirst'].map((value) => ({ value, label: word('fields', value) }))} /></Field>
      ) : null}
      {rule.kind === 'replace' ? (
        <>
          <Field label={t('ruleWhere')}><Select value={rule.where} onValueChange={(value) => { setRule({ ...rule, where: value === 'anywhere' ? 'anywhere' : 'whole' }); }} options={['whole', 'anywhere'].map((value) => ({ value, label: word('ruleWheres', value) }))} /></Field>
          <Field label={t('ruleFind')}><Input value={rule.find} onChange={(event) => { setRule({ ...rule, find: event.target.value }); }} autoComplete="off" /></Field>
          <Field label={t('ruleBy')}><Input value={rule.by} onChange={(event) => { setRule({ ...rule, by: event.target.value }); }} autoComplete="off" /></Field>
        </>
      ) : null}
      <Button variant="secondary" className="justify-self-start" disabled={isEmpty} onClick={() => { onAdd(rule); choose(rule.kind); }}>{t('addRule')}</Button>
    </div>
  );
}
