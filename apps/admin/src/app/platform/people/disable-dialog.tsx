'use client';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';

/** Asks before a super admin's access ends. */
export function DisableDialog({ person, onClose }: { person: { readonly id: string; readonly name: string }; onClose: () => void }) {
  const t = useTranslations('admin.superAdmins');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const { name } = person;
  const disable = trpc.superAdmins.disable.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('disabled', { name }));
      onClose();
      router.refresh();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('disableTitle', { name })}
      description={t('disableHelp')}
      footer={
        <>
          <Button variant="danger" loading={disable.isPending} onClick={() => disable.mutate({ id: person.id })}>{t('disable')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      {disable.error ? <Notice tone="danger" live>{errorText(disable.error)}</Notice> : null}
    </Dialog>
  );
}
