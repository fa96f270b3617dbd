'use client';
import { Button, toast } from '@interdomestik/ui';
import { Download } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';

/** Asks who is at the screen and then lets the browser fetch the archive. */
export function DownloadData() {
  const t = useTranslations('privacy.mine');
  const errorText = useErrorText();
  const begin = trpc.privacy.beginDownload.useMutation({
    onSuccess: ({ ticket }) => {
      toast.success(t('downloading'));
      window.location.assign(`/api/my-data/${ticket}`);
    },
    onError: (error) => toast.error(errorText(error)),
  });
  return <Button loading={begin.isPending} onClick={() => begin.mutate()}><Download aria-hidden="true" className="size-5" />{t('download')}</Button>;
}
