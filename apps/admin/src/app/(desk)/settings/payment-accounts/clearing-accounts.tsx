'use client';
import { setClearanceAccessInput } from '@interdomestik/rules/invoices';
import { Button, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { KeyDialog } from './key-dialog';

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
    <KeyDialog
      id="clearing"
      title={t(account.key === null ? 'clearing.set' : 'clearing.exchange')}
      confirm={c('save')}
      label={t('clearing.key')}
      help={t('clearing.keyHelp')}
      field={form.register('key')}
      error={errors.key}
      fault={errors.root}
      isPending={save.isPending}
      onSubmit={form.handleSubmit((values) => save.mutate(values))}
      onClose={onClose}
    />
  );
}
