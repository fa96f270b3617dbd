'use client';
import { Banner, Button, toast } from '@interdomestik/ui';
import { useNow, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { trpc } from '@/trpc/client';
import { ExtendDialog } from './extend-dialog';

/** From here on the end is near, in minutes. */
const warnAt = 5;

/** The console, which says that the time is over. */
const overPath = '/platform?over=1';

interface EntryBannerProps {
  readonly tenant: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

/**
 * Says on every page that a super admin is inside, why, and for how long; leads out, and to more time. Warns near the end, and at the end
 * goes back to the console by itself: the server refuses from that moment on, and what is on the screen is no longer theirs to see.
 */
export function EntryBanner({ tenant, reason, expiresAt }: EntryBannerProps) {
  const t = useTranslations('admin.platform');
  const left = useMinutesLeft(expiresAt);
  const [extending, setExtending] = useState(false);
  const leave = trpc.platform.leave.useMutation({ onSuccess: () => window.location.assign('/platform') });
  const near = left !== null && left <= warnAt;
  useWarning(near, t('almostOver'), t('almostOverHelp'));
  return (
    <>
      <Banner
        tone="impersonation"
        action={
          <span className="flex flex-wrap gap-2">
            <Button size="small" variant="secondary" onClick={() => setExtending(true)}>{t('extend')}</Button>
            <Button size="small" variant="secondary" loading={leave.isPending} onClick={() => leave.mutate()}>{t('leave')}</Button>
          </span>
        }
      >
        {t('inside', { tenant })}{' '}
        <span className="font-normal">{t('insideWhy', { reason })}</span>{' '}
        {left === null ? null : <span className={`figures whitespace-nowrap ${near ? 'underline underline-offset-4' : ''}`}>{left === 0 ? t('timeOver') : t('timeLeft', { minutes: left })}</span>}
        {near ? <span className="block">{t('almostOverHelp')}</span> : null}
      </Banner>
      {extending ? <ExtendDialog tenant={tenant} onClose={() => setExtending(false)} /> : null}
    </>
  );
}

/**
 * Minutes until the end, null until the page has come alive. Leaves the page at the end. Counted from the server's clock at the time of the
 * page, since the device's may be wrong by hours.
 */
function useMinutesLeft(expiresAt: Date): number | null {
  const [left, setLeft] = useState<number | null>(null);
  const given = expiresAt.getTime() - useNow().getTime();
  useEffect(() => {
    const began = Date.now();
    const tick = () => {
      const rest = given - (Date.now() - began);
      setLeft(Math.max(0, Math.ceil(rest / 60_000)));
      if (rest <= 0) window.location.replace(overPath);
    };
    tick();
    const timer = window.setInterval(tick, 5_000);
    return () => window.clearInterval(timer);
  }, [given]);
  return left;
}

/** Says once that the end is near, also to somebody who has scrolled away from the banner. */
function useWarning(near: boolean, title: string, help: string): void {
  const told = useRef(false);
  useEffect(() => {
    if (near && !told.current) toast.warning(`${title}. ${help}`);
    told.current = near;
  }, [near, title, help]);
}
