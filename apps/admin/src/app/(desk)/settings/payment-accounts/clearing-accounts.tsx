'use client';
import { setClearanceAccessInput } from '@interdomestik/rules/invoices';
import { Button, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';

type Access = Outputs['clearances']['access'][number];

// i18n-keys: admin.settings.invoicing.clearanceServices.*
/** The key under which the tenant's invoices go to the tax authority's service; nothing where they go to none. */
export function ClearingAccounts({ accounts, mayChange }: { accounts: Outputs['clearances']['access']; mayChange: boolean }) {
  const t = useTranslations('providerAccounts');
  const i = useTranslations('admin.settings.invoicing');
  const [opened, setOpened] = useState<Access | null>(null);
  return accounts.filter(({ inUse, key }) => inUse || key !== null).map((account) => (
    <section key={account.service} aria-label={t('clearing.title', { service: i(`clearanceServices.${account.service}`) })} className="mt-6 rounded-card border bg-raised p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="max-w-prose">
          <h3 className="font-semibold">{t('clearing.title', { service: i(`clearanceServices.${account.service}`) })}</h3>
          <p className="mt-1 text-ink-muted">{t('clearing.help')}</p>
          {account.key === null ? null : <p className="mt-2">{t('clearing.key')}: <span className="figures">{t('ending', { last: account.key.last })}</span></p>}
        </div>
        {mayChange ? <Button variant="secondary" onClick={() => setOpened(account)}>{t(account.key === null ? 'clearing.set' : 'clearing.exchange')}</Button> : null}
      </div>
      {account.key === null ? <Notice tone="warning" className="mt-3">{t('clearing.missing')}</Notice> : null}
      {account.reachable ? null : <Notice tone="warning" className="mt-3">{t('clearing.unreachable')}</Notice>}
      {opened?.service === account.service ? <KeyForm account={account} onClose={() => setOpened(null)} /> : null}
    </section>
  ));
}

function KeyForm({ account, onClose }: { account: Access; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const form = useForm({ resolver: formResolver(setClearanceAccessInput), defaultValues: { service: account.service, key: '' } });
  const save = trpc.clearances.setAccess.useMutation({
    onSuccess: () => {
      toast.success(t('clearing.saved'));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(account.key === null ? 'clearing.set' : 'clearing.exchange')}
      footer={<><Button type="submit" form="clearing" loading={save.isPending}>{c('save')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <form method="post" id="clearing" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => save.mutate(values))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('clearing.key')} help={t('clearing.keyHelp')} error={errorText(errors.key)} required><Input {...form.register('key')} type="password" autoComplete="off" spellCheck={false} autoCapitalize="none" /></Field>
      </form>
    </Dialog>
  );
}
