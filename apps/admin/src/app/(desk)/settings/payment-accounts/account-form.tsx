'use client';
import { createPaymentAccountInput, newAccountEnvironments, updatePaymentAccountInput } from '@interdomestik/rules/payments';
import { Button, Field, FormSummary, Input, RadioCards, SidePanel, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { Controller, useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Account } from './account-list';

/** A text that nobody else at the screen should read, and that no browser should keep. */
const hidden = { type: 'password', autoComplete: 'off', spellCheck: false, autoCapitalize: 'none' } as const;

interface AccountFormProps {
  /** Null: a new one. */
  readonly account: Account | null;
  readonly onClose: () => void;
}

export function AccountForm({ account, onClose }: AccountFormProps) {
  return account === null ? <NewAccount onClose={onClose} /> : <ChangedAccount account={account} onClose={onClose} />;
}

function useSaved(onClose: () => void): (text: string) => void {
  const router = useRouter();
  return (text) => {
    toast.success(text);
    onClose();
    router.refresh();
  };
}

// i18n-keys: providerAccounts.environments.*
function NewAccount({ onClose }: { onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const saved = useSaved(onClose);
  const form = useForm({ resolver: formResolver(createPaymentAccountInput), defaultValues: { slug: '', name: '', environment: 'sandbox' as const, key: '', clientToken: '', signingKey: '' } });
  const create = trpc.paymentAccounts.create.useMutation({ onSuccess: () => saved(t('added')), onError: (error) => showErrors(error, form) });
  const { errors } = form.formState;
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('add')}
      footer={<><Button type="submit" form="account" loading={create.isPending}>{t('add')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      {/* what is sent is read again by the server, so the form gives it as it was typed */}
      <form method="post" id="account" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => create.mutate({ ...values, clientToken: values.clientToken ?? '' }))}>
        {errors.root ? <FormSummary problems={[{ message: errorText(errors.root) }]} /> : null}
        <Field label={t('name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
        <Field label={t('code')} help={t('codeHelp')} error={errorText(errors.slug)} required><Input {...form.register('slug')} chars={24} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field>
        <Field label={t('environment')} error={errorText(errors.environment)} group>
          <Controller
            control={form.control}
            name="environment"
            render={({ field }) => (
              <RadioCards name="environment" value={field.value} onValueChange={(value) => field.onChange(newAccountEnvironments.find((one) => one === value))} options={newAccountEnvironments.map((value) => ({ value, label: t(`environments.${value}`) }))} />
            )}
          />
        </Field>
        <Field label={t('apiKey')} error={errorText(errors.key)} required><Input {...form.register('key')} {...hidden} /></Field>
        <Field label={t('secret')} help={t('secretHelp')} error={errorText(errors.signingKey)} required><Input {...form.register('signingKey')} {...hidden} /></Field>
        <Field label={t('clientToken')} help={t('clientTokenHelp')} error={errorText(errors.clientToken)} optional><Input {...form.register('clientToken')} autoComplete="off" spellCheck={false} autoCapitalize="none" /></Field>
      </form>
    </SidePanel>
  );
}

function ChangedAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const saved = useSaved(onClose);
  const form = useForm({ resolver: formResolver(updatePaymentAccountInput), defaultValues: { id: account.id, name: account.name, clientToken: account.clientToken ?? '', key: '' } });
  const update = trpc.paymentAccounts.update.useMutation({ onSuccess: () => saved(t('switched')), onError: (error) => showErrors(error, form) });
  const { errors } = form.formState;
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('editTitle', { name: account.name })}
      footer={<><Button type="submit" form="account" loading={update.isPending}>{c('save')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <form method="post" id="account" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => update.mutate({ ...values, clientToken: values.clientToken ?? '' }))}>
        {errors.root ? <FormSummary problems={[{ message: errorText(errors.root) }]} /> : null}
        <Field label={t('name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
        <Field label={t('newKey')} help={t('newKeyHelp')} error={errorText(errors.key)} optional><Input {...form.register('key')} {...hidden} /></Field>
        <Field label={t('clientToken')} help={t('clientTokenHelp')} error={errorText(errors.clientToken)} optional><Input {...form.register('clientToken')} autoComplete="off" spellCheck={false} autoCapitalize="none" /></Field>
      </form>
    </SidePanel>
  );
}
