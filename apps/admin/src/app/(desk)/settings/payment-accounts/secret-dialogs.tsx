'use client';
import { addWebhookSecretInput } from '@interdomestik/rules/payments';
import { ConfirmTyped, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Account, Secret } from './account-list';
import { KeyDialog } from './key-dialog';

/** A further secret with which the provider may sign from now on. */
export function SecretForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const router = useRouter();
  const form = useForm({ resolver: formResolver(addWebhookSecretInput), defaultValues: { id: account.id, signingKey: '' } });
  const add = trpc.paymentAccounts.addSecret.useMutation({
    onSuccess: () => {
      toast.success(t('secretAdded'));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  return (
    <KeyDialog
      id="secret"
      title={t('addSecret')}
      confirm={t('addSecret')}
      label={t('secret')}
      help={t('secretHelp')}
      field={form.register('signingKey')}
      error={errors.signingKey}
      fault={errors.root}
      isPending={add.isPending}
      onSubmit={form.handleSubmit((values) => add.mutate(values))}
      onClose={onClose}
    />
  );
}

/** Takes a secret out of use. It cannot be looked up again, so its last letters are typed. */
export function RetireSecret({ account, secret, onClose }: { account: Account; secret: Secret; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const errorText = useErrorText();
  const router = useRouter();
  const retire = trpc.paymentAccounts.retireSecret.useMutation({
    onSuccess: () => {
      toast.success(t('retired'));
      onClose();
      router.refresh();
    },
  });
  return (
    <ConfirmTyped
      open
      onOpenChange={onClose}
      title={t('retireTitle', { last: secret.last })}
      word={secret.last}
      confirmLabel={t('retire')}
      onConfirm={() => retire.mutate({ id: account.id, secretId: secret.id })}
      busy={retire.isPending}
      error={retire.isError ? errorText(retire.error) : undefined}
    >
      {t('retireHelp')}
    </ConfirmTyped>
  );
}
