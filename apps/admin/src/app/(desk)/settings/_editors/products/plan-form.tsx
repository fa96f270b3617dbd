'use client';
import { saleChannels } from '@interdomestik/rules/rule-sets';
import { Switch, type Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorChoices } from '../editor';
import { AmountsField, ManyField, NumberField, PercentField, ToggleField, useRuleValue } from '../fields';
import { LanguageTexts } from './language-texts';

interface FormProps {
  readonly path: string;
  readonly choices: EditorChoices;
}

export function useChannelOptions(): readonly Option[] {
  const say = useSay();
  return saleChannels.map((channel) => ({ value: channel, label: say.word('admin.settings.channels', channel) }));
}

/** Switches a part of the document on, with what it begins with, and off, which is null. */
export function PartSwitch({ path, label, help, begin }: { readonly path: string; readonly label: string; readonly help?: string; readonly begin: unknown }) {
  const { value, change, readOnly } = useRuleValue(path);
  return <Switch className="max-w-lg" label={label} help={help} disabled={readOnly} checked={value !== null && value !== undefined} onCheckedChange={(on) => change(on ? begin : null)} />;
}

/** Everything of one plan. */
export function PlanForm({ path, choices }: FormProps) {
  const t = useTranslations('products');
  const units = useTranslations('settings.units');
  const channels = useChannelOptions();
  const { languages, currencies } = choices;
  const at = (name: string): string => `${path}.${name}`;
  const family = useRuleValue(at('family')).value;
  const fee = useRuleValue(at('successFee')).value;
  return (
    <>
      <LanguageTexts
        path={path} languages={languages}
        parts={[
          { name: 'titles', label: t('title') }, { name: 'summaries', label: t('summary') }, { name: 'covers', label: t('covers') },
          { name: 'benefits', label: t('benefits'), help: t('benefitsHelp'), lines: 5, list: true },
        ]}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <AmountsField className="sm:col-span-2" path={at('prices')} label={t('prices')} help={t('pricesHelp')} currencies={currencies} />
        <NumberField path={at('periodMonths')} label={t('period')} unit={units('months')} chars={4} />
        <NumberField path={at('mattersPerYear')} label={t('matters')} help={t('mattersHelp')} unit={t('mattersUnit')} chars={4} optional />
        <NumberField path={at('peopleLimit')} label={t('people')} help={t('peopleHelp')} unit={t('peopleUnit')} chars={4} optional />
      </div>
      <div className="space-y-4">
        <PartSwitch path={at('family')} label={t('family')} begin={{ includedPeople: 1, perExtraPerson: [] }} />
        {family === null || family === undefined ? null : (
          <div className="grid gap-5 border-l-2 pl-4 sm:grid-cols-2">
            <NumberField path={at('family.includedPeople')} label={t('included')} unit={t('peopleUnit')} chars={4} />
            <AmountsField path={at('family.perExtraPerson')} label={t('perPerson')} currencies={currencies} />
          </div>
        )}
      </div>
      <div className="space-y-4">
        <PartSwitch path={at('successFee')} label={t('successFee')} help={t('successFeeHelp')} begin={{ percentBp: 0, minimums: [], capBp: null, limitToRecovery: false }} />
        {fee === null || fee === undefined ? null : (
          <div className="grid gap-5 border-l-2 pl-4 sm:grid-cols-2">
            <PercentField path={at('successFee.percentBp')} label={t('percent')} />
            <PercentField path={at('successFee.capBp')} label={t('cap')} help={t('capHelp')} optional />
            <AmountsField className="sm:col-span-2" path={at('successFee.minimums')} label={t('minimum')} help={t('minimumHelp')} currencies={currencies} />
            <ToggleField className="sm:col-span-2" path={at('successFee.limitToRecovery')} label={t('limitToRecovery')} />
          </div>
        )}
      </div>
      <div className="space-y-4">
        <ManyField path={at('channels')} label={t('channels')} options={channels} columns={3} />
        <ToggleField path={at('visible')} label={t('visible')} />
      </div>
    </>
  );
}

/** Something bought on top of a plan. */
export function AddonForm({ path, choices, plans }: FormProps & { readonly plans: readonly Option[] }) {
  const t = useTranslations('products');
  const channels = useChannelOptions();
  const at = (name: string): string => `${path}.${name}`;
  return (
    <>
      <LanguageTexts path={path} languages={choices.languages} parts={[{ name: 'titles', label: t('title') }, { name: 'summaries', label: t('summary') }]} />
      <AmountsField path={at('prices')} label={t('prices')} currencies={choices.currencies} />
      <NumberField path={at('extraMatters')} label={t('extraMatters')} unit={t('mattersUnit')} chars={4} />
      <ManyField path={at('plans')} label={t('forPlans')} options={plans} />
      <ManyField path={at('channels')} label={t('channels')} options={channels} columns={3} />
    </>
  );
}
