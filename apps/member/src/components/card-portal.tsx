'use client';
import { Button, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '~/trpc/client';

/** Leads to the provider's own page where saved cards are changed. */
export function CardPortal() {
  const t = useTranslations('member.payments');
  const [leaving, setLeaving] = useState(false);
  const portal = trpc.payments.portal.useMutation({
    onSuccess: ({ url }) => {
      if (url === null) {
        toast.error(t('cardsLater'));
        return;
      }
      setLeaving(true);
      window.location.assign(url);
    },
  });
  return (
    <div className="mt-6">
      <Button variant="secondary" loading={portal.isPending || leaving} onClick={() => portal.mutate()}>{t('cards')}</Button>
      <p className="mt-1 text-note text-ink-muted">{t('cardsText')}</p>
    </div>
  );
}
