'use client';
import { Banner, Button } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';

const minutesUntil = (end: Date, now: number): number => Math.max(0, Math.ceil((end.getTime() - now) / 60_000));

/** Says on every page that a super admin is inside, why, and for how long; leads out. */
export function EntryBanner({ tenant, reason, expiresAt }: { tenant: string; reason: string; expiresAt: Date }) {
  const t = useTranslations('admin.platform');
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setLeft(minutesUntil(expiresAt, Date.now()));
    tick();
    const timer = window.setInterval(tick, 15_000);
    return () => window.clearInterval(timer);
  }, [expiresAt]);
  const leave = trpc.platform.leave.useMutation({ onSuccess: () => window.location.assign('/platform') });
  return (
    <Banner tone="impersonation" action={<Button size="small" variant="secondary" loading={leave.isPending} onClick={() => leave.mutate()}>{t('leave')}</Button>}>
      {t('inside', { tenant })}{' '}
      <span className="font-normal">{t('insideWhy', { reason })}</span>{' '}
      {left === null ? null : <span className="figures whitespace-nowrap">{left === 0 ? t('timeOver') : t('timeLeft', { minutes: left })}</span>}
    </Banner>
  );
}
