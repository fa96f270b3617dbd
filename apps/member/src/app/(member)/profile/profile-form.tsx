'use client';
import type { Country } from '@interdomestik/rules/country-packs';
import { profileInputFor } from '@interdomestik/rules/members';
import { formatPhone } from '@interdomestik/rules/people';
import { Button, Field, FormSummary, Input, NativeSelect, toast, type LanguageChoice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { formProblems } from '~/lib/form-problems';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

interface ProfileFormProps {
  readonly profile: Outputs['accounts']['profile'];
  readonly country: Country;
  readonly languages: readonly LanguageChoice[];
}

const order = ['firstName', 'lastName', 'phone', 'address', 'city', 'locale'];

export function ProfileForm({ profile, country, languages }: ProfileFormProps) {
  const t = useTranslations('common');
  const p = useTranslations('member.profile');
  const errorText = useErrorText();
  const router = useRouter();
  const [attempt, setAttempt] = useState(0);
  const [resolver] = useState(() => formResolver(profileInputFor(country)));
  const form = useForm({
    resolver, shouldFocusError: false,
    defaultValues: {
      firstName: profile.firstName, lastName: profile.lastName, phone: profile.phone === null ? '' : formatPhone(profile.phone), address: profile.address ?? '', city: profile.city ?? '', locale: profile.locale,
    },
  });
  const { errors } = form.formState;
  const failed = () => setAttempt((before) => before + 1);
  const save = trpc.accounts.updateProfile.useMutation({
    onSuccess: (_answer, { locale }) => {
      document.cookie = `idm-locale=${locale}; Path=/; SameSite=Lax; Max-Age=31536000`;
      toast.success(t('ui.saved'));
      router.refresh();
    },
    onError: (error) => {
      showErrors(error, form);
      failed();
    },
  });
  return (
    <form method="post" noValidate onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values), failed)(event)} className="space-y-5">
      <FormSummary problems={formProblems(errors, errorText, order, { firstName: t('fields.firstName'), lastName: t('fields.lastName'), phone: t('fields.phone') })} attempt={attempt} />
      <Field id="firstName" label={t('fields.firstName')} error={errorText(errors.firstName)}><Input autoComplete="given-name" {...form.register('firstName')} /></Field>
      <Field id="lastName" label={t('fields.lastName')} error={errorText(errors.lastName)}><Input autoComplete="family-name" {...form.register('lastName')} /></Field>
      <Field id="phone" label={t('fields.phone')} error={errorText(errors.phone)}><Input type="tel" inputMode="tel" autoComplete="tel" chars={20} className="figures" {...form.register('phone')} /></Field>
      <Field id="address" optional label={t('fields.address')} error={errorText(errors.address)}><Input autoComplete="street-address" {...form.register('address')} /></Field>
      <Field id="city" optional label={t('fields.city')} error={errorText(errors.city)}><Input autoComplete="address-level2" chars={24} {...form.register('city')} /></Field>
      <Field id="locale" label={t('fields.language')} help={p('languageHelp')} error={errorText(errors.locale)}>
        <NativeSelect className="max-w-60" options={languages.map(({ code, name }) => ({ value: code, label: name }))} {...form.register('locale')} />
      </Field>
      <Button type="submit" loading={save.isPending}>{t('actions.save')}</Button>
    </form>
  );
}
