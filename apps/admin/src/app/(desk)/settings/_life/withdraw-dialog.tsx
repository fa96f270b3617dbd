'use client';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../../_parts/use-formats';
import type { Version } from './types';

/** Takes back a version whose time has not come. */
export function WithdrawDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const t = useTranslations('settings.withdraw');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const formats = useFormats();
  const errorText = useErrorText();
  const withdraw = trpc.settings.withdraw.useMutation({
    onSuccess: () => {
      onClose();
      toast.success(t('done'));
      router.refresh();
    },
    onError: () => undefined,
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('title', { version: version.version })} description={t('help', { moment: version.effectiveFrom === null ? '' : formats.moment(version.effectiveFrom) })}
      footer={<><Button variant="danger" loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: version.id })}>{t('withdraw')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      {withdraw.error === null ? null : <Notice tone="danger" live>{errorText(withdraw.error)}</Notice>}
    </Dialog>
  );
}
