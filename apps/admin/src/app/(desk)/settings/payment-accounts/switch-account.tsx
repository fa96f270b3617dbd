'use client';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Account } from './account-list';

/** Lets an account take the sales of its currency, or stops it. Either can be undone at once. */
export function SwitchAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const { name, isActive } = account;
  const change = trpc.paymentAccounts.switch.useMutation({
    onSuccess: () => {
      toast.success(t('switched'));
      onClose();
      router.refresh();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(isActive ? 'switchOffTitle' : 'switchOnTitle', { name })}
      description={t(isActive ? 'switchOffHelp' : 'switchOnHelp')}
      footer={
        <>
          <Button variant={isActive ? 'danger' : 'primary'} loading={change.isPending} onClick={() => change.mutate({ id: account.id, active: !isActive })}>{t(isActive ? 'switchOff' : 'switchOn')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      {change.isError ? <Notice tone="danger" live>{errorText(change.error)}</Notice> : null}
    </Dialog>
  );
}
