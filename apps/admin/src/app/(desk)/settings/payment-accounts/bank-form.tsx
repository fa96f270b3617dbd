'use client';
import { printIban, setBankAccountInput } from '@interdomestik/rules/bank';
import { Button, Field, FormSummary, Input, SidePanel, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Account } from './account-list';

/** Where transfers of members go, as it stands on every payment slip. */
export function BankForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const router = useRouter();
  const { bank } = account;
  const form = useForm({
    resolver: formResolver(setBankAccountInput),
    defaultValues: { id: account.id, name: account.name, details: { beneficiary: bank?.beneficiary ?? '', address: bank?.address ?? '', iban: bank === null ? '' : printIban(bank.iban), bank: bank?.bank ?? '', swift: bank?.swift ?? '' } },
  });
  const save = trpc.paymentAccounts.setBank.useMutation({
    onSuccess: () => {
      toast.success(t('switched'));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  const { details } = errors;
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('bankTitle', { currency: account.currency })}
      footer={<><Button type="submit" form="bank" loading={save.isPending}>{c('actions.save')}</Button><Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button></>}
    >
      <form method="post" id="bank" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => save.mutate(values))}>
        {errors.root ? <FormSummary problems={[{ message: errorText(errors.root) }]} /> : null}
        <Field label={t('name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
        <Field label={t('beneficiary')} help={t('beneficiaryHelp')} error={errorText(details?.beneficiary)} required><Input {...form.register('details.beneficiary')} autoComplete="off" /></Field>
        <Field label={c('fields.address')} error={errorText(details?.address)} required><Input {...form.register('details.address')} autoComplete="off" /></Field>
        <Field label={c('fields.iban')} error={errorText(details?.iban)} required><Input {...form.register('details.iban')} className="figures" chars={32} autoComplete="off" autoCapitalize="characters" spellCheck={false} /></Field>
        <Field label={c('fields.bank')} error={errorText(details?.bank)} required><Input {...form.register('details.bank')} autoComplete="off" /></Field>
        <Field label={t('swift')} help={t('swiftHelp')} error={errorText(details?.swift)} optional><Input {...form.register('details.swift')} className="figures" chars={12} autoComplete="off" autoCapitalize="characters" spellCheck={false} /></Field>
      </form>
    </SidePanel>
  );
}
