'use client';
import { Button, toast } from '@interdomestik/ui';
import { Download } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Inputs } from '@/trpc/outputs';

/** Takes the list away as it is filtered: every row of it, on record before the first one leaves. */
export function ExportButton({ wish }: { wish: Inputs['exports']['begin'] }) {
  const t = useTranslations('exports');
  const errorText = useErrorText();
  const begin = trpc.exports.begin.useMutation({
    onSuccess: ({ ticket, rows }) => {
      if (rows === 0) {
        toast.info(t('nothing'));
        return;
      }
      toast.success(t('downloading', { rows }));
      window.location.assign(`/api/exports/${ticket}`);
    },
    onError: (error) => toast.error(errorText(error)),
  });
  return <Button variant="secondary" icon={<Download />} loading={begin.isPending} onClick={() => begin.mutate(wish)}>{t('download')}</Button>;
}
