'use client';
import { createTenantInput } from '@interdomestik/rules/tenants';
import { Button, Field, Input, NativeSelect, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, useErrorText } from '@/trpc/errors';
import { CreationSteps } from './creation-steps';
import { Done } from './done';
import type { PackContent, PackSource } from './pack';

interface AdminStepProps {
  readonly source: PackSource;
  readonly content: PackContent;
  /** Of this intended country. */
  readonly idempotencyKey: string;
  readonly onBack: () => void;
}

const adminSchema = createTenantInput.shape.admin;

/** Who runs the country first, and the button that makes it. A repeat after a failure goes on where it stopped. */
export function AdminStep({ source, content, idempotencyKey, onBack }: AdminStepProps) {
  const t = useTranslations('admin.newCountry');
  // i18n-keys: common.languages.*
  const c = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(adminSchema), defaultValues: { firstName: '', lastName: '', email: '', locale: content.defaultLocale } });
  const create = trpc.platform.createTenant.useMutation({ meta: { quiet: true } });
  const { errors } = form.formState;
  if (create.isSuccess) return <Done made={create.data} name={content.name} email={form.getValues('email')} />;
  return (
    <form method="post" noValidate className="space-y-6" onSubmit={form.handleSubmit((admin) => create.mutate({ key: idempotencyKey, pack: source, admin }))}>
      <h2 className="text-xl">{t('adminTitle')}</h2>
      <p className="text-ink-muted">{t('adminHelp')}</p>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={c('fields.firstName')} error={errorText(errors.firstName)} required><Input {...form.register('firstName')} autoComplete="off" /></Field>
        <Field label={c('fields.lastName')} error={errorText(errors.lastName)} required><Input {...form.register('lastName')} autoComplete="off" /></Field>
        <Field label={c('fields.email')} error={errorText(errors.email)} required><Input {...form.register('email')} type="email" inputMode="email" autoComplete="off" autoCapitalize="none" /></Field>
        <Field label={c('fields.language')} help={t('adminLanguage')} error={errorText(errors.locale)} required>
          <NativeSelect {...form.register('locale')} options={content.locales.map((code) => ({ value: code, label: c(`languages.${code}`) }))} />
        </Field>
      </div>
      <Notice tone="info" title={t('confirmTitle', { name: content.name })}>{t('confirmHelp')}</Notice>
      {create.isPending ? <CreationSteps tenantId={content.tenantId} /> : null}
      {create.isError ? <Notice tone="danger" live title={t('stopped')}>{errorText(create.error)}</Notice> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" loading={create.isPending}>{create.isError ? t('again') : t('make')}</Button>
        <Button variant="secondary" disabled={create.isPending} onClick={onBack}>{c('actions.back')}</Button>
      </div>
    </form>
  );
}
