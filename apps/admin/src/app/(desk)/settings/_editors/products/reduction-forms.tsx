'use client';
import type { Currency } from '@interdomestik/rules/money';
import { DateInput, RadioCards, type Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { ConditionField } from '../condition';
import type { EditorChoices } from '../editor';
import { AmountsField, ManyField, NumberField, PercentField, RuleField, ToggleField, useRuleValue, type RuleFieldProps } from '../fields';
import { valueAt } from '../paths';
import { LanguageTexts } from './language-texts';

const begins = { percent: { kind: 'percent', percentBp: 0 }, amount: { kind: 'amount', amounts: [] }, none: null } as const;

/** A share of the price, or an amount per currency. `none`: nothing at all may be chosen too. */
export function ReductionField({ path, label, currencies, none = false }: { readonly path: string; readonly label: string; readonly currencies: readonly Currency[]; readonly none?: boolean }) {
  const t = useTranslations('products');
  const { value, change, readOnly } = useRuleValue(path);
  const kind = valueAt(value, 'kind');
  const current = kind === 'percent' || kind === 'amount' ? kind : 'none';
  const options = [...(none ? [{ value: 'none', label: t('noReduction') }] : []), { value: 'percent', label: t('byPercent') }, { value: 'amount', label: t('byAmount') }];
  return (
    <div className="space-y-4">
      <RuleField path={`${path}.kind`} label={label} group>
        <RadioCards
          columns={none ? 3 : 2} value={current} options={options.map((option) => ({ ...option, disabled: readOnly }))}
          onValueChange={(next) => { if (next !== current && (next === 'percent' || next === 'amount' || next === 'none')) change(begins[next]); }}
        />
      </RuleField>
      {current === 'percent' ? <PercentField path={`${path}.percentBp`} label={t('share')} /> : null}
      {current === 'amount' ? <AmountsField path={`${path}.amounts`} label={t('amounts')} currencies={currencies} /> : null}
    </div>
  );
}

/** A day, or none. What cannot be read stays as it was typed. */
function DayField(field: RuleFieldProps) {
  const { value, change, readOnly } = useRuleValue(field.path);
  return (
    <RuleField {...field}>
      <DateInput value={typeof value === 'string' ? value : null} readOnly={readOnly} disabled={readOnly} onValueChange={(day, text) => change(text.trim() === '' ? null : (day ?? text))} />
    </RuleField>
  );
}

interface ReductionFormProps {
  readonly path: string;
  readonly choices: EditorChoices;
  readonly plans: readonly Option[];
  /** A coupon: how often it may be used. */
  readonly counted?: boolean;
}

/** A discount or a coupon: how much, for what, when and for whom. */
export function ReductionForm({ path, choices, plans, counted = false }: ReductionFormProps) {
  const t = useTranslations('products');
  const at = (name: string): string => `${path}.${name}`;
  return (
    <>
      <LanguageTexts path={path} languages={choices.languages} parts={[{ name: 'titles', label: t('title') }]} />
      <ReductionField path={at('reduction')} label={t('reduction')} currencies={choices.currencies} />
      <ManyField path={at('plans')} label={t('forPlans')} help={t('allPlans')} options={plans} />
      <div className="grid gap-5 sm:grid-cols-2">
        <DayField path={at('from')} label={t('from')} help={t('windowHelp')} optional />
        <DayField path={at('until')} label={t('until')} help={t('windowHelp')} optional />
        {counted ? <NumberField path={at('maxUses')} label={t('maxUses')} help={t('maxUsesHelp')} chars={9} optional /> : null}
      </div>
      <ConditionField path={at('when')} label={t('when')} context="sale" choices={choices} />
      <ToggleField path={at('combines')} label={t('combines')} help={t('combinesHelp')} />
    </>
  );
}
