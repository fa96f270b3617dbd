'use client';
import type { Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { ConditionField } from '../condition';
import type { EditorChoices } from '../editor';
import { ManyField, NumberField, PercentField } from '../fields';
import { LanguageTexts } from './language-texts';
import { useChannelOptions } from './plan-form';

/** A way to pay a plan in parts: how many, how far apart, what it costs on top, for whom. */
export function InstalmentsForm({ path, choices, plans }: { readonly path: string; readonly choices: EditorChoices; readonly plans: readonly Option[] }) {
  const t = useTranslations('products');
  const units = useTranslations('settings.units');
  const channels = useChannelOptions();
  const at = (name: string): string => `${path}.${name}`;
  return (
    <>
      <LanguageTexts path={path} languages={choices.languages} parts={[{ name: 'titles', label: t('title') }]} />
      <div className="grid gap-5 sm:grid-cols-2">
        <NumberField path={at('parts')} label={t('parts')} chars={4} />
        <NumberField path={at('everyMonths')} label={t('everyMonths')} unit={units('months')} chars={4} />
        <PercentField path={at('firstPartBp')} label={t('firstPart')} help={t('firstPartHelp')} optional />
        <PercentField path={at('surchargeBp')} label={t('surcharge')} help={t('surchargeHelp')} />
      </div>
      <ManyField path={at('plans')} label={t('forPlans')} options={plans} />
      <ManyField path={at('channels')} label={t('channels')} options={channels} columns={3} />
      <ConditionField path={at('when')} label={t('when')} context="sale" choices={choices} />
    </>
  );
}
