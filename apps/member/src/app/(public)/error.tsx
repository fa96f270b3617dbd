'use client';
import { ErrorState, PageColumn } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';

/** A public page that failed; head and footer stay. */
export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('common.pages');
  const router = useRouter();
  const again = () => {
    startTransition(() => {
      router.refresh();
      reset();
    });
  };
  return <PageColumn><ErrorState title={t('failedTitle')} onRetry={again}>{t('failedHelp', { reference: error.digest ?? '–' })}</ErrorState></PageColumn>;
}
