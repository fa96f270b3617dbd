'use client';
import { legalTextKeys } from '@interdomestik/rules/rule-sets';
import { Button, Card, Field, IconButton, Input, Select } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { ChoiceField, PercentField } from '../fields';

const categories = 'admin.settings.tax.categories';
/** Categories that every language has a word for. */
const usual = ['standard', 'reduced', 'low', 'exempt'] as const;

/** Rates, and what falls under which. */
export function TaxEditor({ value, onChange, readOnly }: EditorProps<'tax'>) {
  const t = useTranslations('admin.settings.tax');
  const e = useTranslations('settings.editors');
  const say = useSay();
  const word = (category: string) => say.word(categories, category);
  const options = value.rates.map(({ category }) => ({ value: category, label: word(category) }));
  const used = [value.membershipCategory, value.successFeeCategory];
  return (
    <div className="space-y-4">
      <Card title={t('rates')} level={3}>
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {value.rates.map(({ category }, index) => (
            <div key={category} className="flex items-start gap-1">
              <PercentField path={`rates.${String(index)}.rateBp`} label={word(category)} className="flex-1" />
              {readOnly || used.includes(category) ? null : (
                <IconButton className="mt-6" label={e('removeRate', { name: word(category) })} icon={<Trash2 />} onClick={() => onChange({ ...value, rates: value.rates.filter((rate) => rate.category !== category) })} />
              )}
            </div>
          ))}
        </div>
        {readOnly ? null : <AddRate taken={value.rates.map(({ category }) => category)} onAdd={(category) => onChange({ ...value, rates: [...value.rates, { category, rateBp: 0 }] })} />}
      </Card>
      <Card>
        <div className="space-y-6">
          <ChoiceField path="membershipCategory" label={t('membership')} options={options} />
          <ChoiceField path="successFeeCategory" label={t('successFee')} options={options} />
          <ChoiceField path="exemptTextKey" label={e('exemptText')} help={e('exemptTextHelp')} none={e('noText')} options={legalTextKeys.map((key) => ({ value: key, label: say.word('admin.settings.legal.keys', key) }))} />
          <p className="text-ink-muted">{e('pricesIncludeVat')}</p>
        </div>
      </Card>
    </div>
  );
}

const own = 'own';

function AddRate({ taken, onAdd }: { taken: readonly string[]; onAdd: (category: string) => void }) {
  const e = useTranslations('settings.editors');
  const say = useSay();
  const free = usual.filter((category) => !taken.includes(category));
  const [choice, setChoice] = useState<string>();
  const [code, setCode] = useState('');
  const chosen = choice ?? free[0] ?? own;
  const category = chosen === own ? code.trim() : chosen;
  const fits = /^[a-z_]{2,30}$/u.test(category) && !taken.includes(category);
  return (
    <div className="mt-5 flex flex-wrap items-end gap-3 border-t pt-4">
      <Field label={e('newRate')} className="w-full sm:w-56"><Select value={chosen} onValueChange={setChoice} options={[...free.map((one) => ({ value: one, label: say.word(categories, one) })), { value: own, label: e('ownRate') }]} /></Field>
      {chosen === own ? <Field label={e('rateCode')} help={e('rateCodeHelp')} className="w-full sm:w-56"><Input value={code} onChange={(event) => setCode(event.target.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field> : null}
      <Button variant="secondary" icon={<Plus />} disabled={!fits} onClick={() => { onAdd(category); setChoice(undefined); setCode(''); }}>{e('addRate')}</Button>
    </div>
  );
}
