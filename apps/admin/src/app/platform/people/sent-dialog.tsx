'use client';
import { Button, Dialog, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { CopyText } from '../../_parts/copy-text';

type Delivery = Outputs['superAdmins']['resend'];

/** An invitation that did not leave by itself. */
export interface Told {
  readonly name: string;
  /** Only where there is no mail server. */
  readonly link: string | null;
}

/** Says what became of an invitation: in passing when it left, with what to do when it did not. */
export function useTold(ask: (told: Told) => void): (name: string, delivery: Delivery) => void {
  const t = useTranslations('admin.superAdmins');
  const router = useRouter();
  return useCallback((name, { sent, link }) => {
    if (sent) toast.success(t('sent', { name }));
    else ask({ name, link });
    router.refresh();
  }, [ask, router, t]);
}

export function SentDialog({ told, onClose }: { told: Told; onClose: () => void }) {
  const t = useTranslations('admin.superAdmins');
  const c = useTranslations('common.actions');
  const { name, link } = told;
  return (
    <Dialog open onOpenChange={onClose} title={t('notSentTitle')} description={link === null ? t('notSentHelp', { name }) : t('linkHelp', { name })} footer={<Button onClick={onClose}>{t('done')}</Button>}>
      {link === null ? null : <div className="space-y-3"><p className="figures rounded-control bg-sunken p-3 break-all">{link}</p><CopyText text={link} label={c('copyLink')} /></div>}
    </Dialog>
  );
}
