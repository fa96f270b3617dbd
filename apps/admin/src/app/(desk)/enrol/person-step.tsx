'use client';
import type { Country } from '@interdomestik/rules/country-packs';
import { asksPersonalNumber } from '@interdomestik/rules/people';
import type { EnrolmentField } from '@interdomestik/rules/rule-sets';
import { DateInput, Field, Input, Select, type Option } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import { readPersonalNumber, type EnrolForm } from './fields';

interface PersonStepProps {
  readonly country: Country;
  readonly required: readonly EnrolmentField[];
  readonly referralAllowed: boolean;
  readonly languages: readonly Option[];
}

/** Who becomes a member, as on the identity card. */
export function PersonStep({ country, required, referralAllowed, languages }: PersonStepProps) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common');
  const formats = useFormats();
  const errorText = useErrorText();
  const { register, watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  const number = readPersonalNumber(country, watch('personalNumber'));
  const carried = number?.birthDate;
  const warnings = (number?.warnings ?? []).map((warning) => (warning === 'leadingZeroRestored' ? c('warnings.leadingZeroRestored') : c('warnings.checksumUnsure')));
  const numberHelp = [...warnings, ...(carried === undefined ? [] : [t('bornOn', { date: formats.day(carried) })])].join(' ');
  return (
    <div className="space-y-5">
      <h2 className="text-xl">{t('whoIsIt')}</h2>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field id="firstName" label={c('fields.firstName')} error={errorText(errors.firstName)}><Input autoComplete="off" {...register('firstName')} /></Field>
        <Field id="lastName" label={c('fields.lastName')} error={errorText(errors.lastName)}><Input autoComplete="off" {...register('lastName')} /></Field>
        {asksPersonalNumber(country) ? (
          <Field id="personalNumber" label={c('fields.personalNumber')} help={numberHelp || t('personalNumberHelp')} error={errorText(errors.personalNumber)}>
            <Input inputMode="numeric" autoComplete="off" className="figures" {...register('personalNumber')} />
          </Field>
        ) : null}
        {carried === undefined ? (
          <Field id="birthDate" label={c('fields.birthDate')} optional={!required.includes('birthDate')} help={c('dates.dateHelp')} error={errorText(errors.birthDate)}>
            <DateInput value={watch('birthDate') || null} onValueChange={(day, text) => setValue('birthDate', day ?? text)} />
          </Field>
        ) : null}
        <Field id="phone" label={c('fields.phone')} error={errorText(errors.phone)}><Input inputMode="tel" autoComplete="off" className="figures" {...register('phone')} /></Field>
        <Field id="email" label={c('fields.email')} optional help={t('emailHelp')} error={errorText(errors.email)}><Input type="email" autoComplete="off" autoCapitalize="none" {...register('email')} /></Field>
        <Field id="address" label={c('fields.address')} optional={!required.includes('address')} error={errorText(errors.address)}><Input autoComplete="off" {...register('address')} /></Field>
        <Field id="city" label={c('fields.city')} optional={!required.includes('city')} error={errorText(errors.city)}><Input autoComplete="off" {...register('city')} /></Field>
        <Field id="locale" label={c('fields.language')} help={t('languageHelp')} error={errorText(errors.locale)}><Select value={watch('locale')} onValueChange={(code) => setValue('locale', code)} options={languages} /></Field>
        {referralAllowed ? <Field id="referralCode" label={c('fields.referralCode')} optional error={errorText(errors.referralCode)}><Input autoComplete="off" autoCapitalize="characters" className="figures uppercase" {...register('referralCode')} /></Field> : null}
      </div>
    </div>
  );
}
