'use client';
import { ErrorState } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('common.pages');
  const router = useRouter();
  const again = () => {
    startTransition(() => {
      router.refresh();
      reset();
    });
  };
  return (
    <main id="content" className="mx-auto w-full max-w-xl px-4 py-8">
      <ErrorState title={t('failedTitle')} onRetry={again}>{t('failedHelp', { reference: error.digest ?? '–' })}</ErrorState>
    </main>
  );
}
