'use client';
import { Button, Dialog, Field, Input, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

interface PauseMembershipProps {
  readonly membershipId: string;
  readonly pausing: Outputs['memberships']['pausing'];
}

/** Pauses the membership for some days after a look at what that means, or takes it up again. Nothing where neither is possible; what is refused shows as a toast. */
export function PauseMembership({ membershipId: id, pausing }: PauseMembershipProps) {
  const t = useTranslations('common.pause');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState('');
  const pause = trpc.memberships.pause.useMutation({ onSuccess: () => { setOpen(false); router.refresh(); } });
  const resume = trpc.memberships.resume.useMutation({ onSuccess: () => { toast.success(t('resume')); router.refresh(); } });
  const { refusal, least, most, prolongs } = pausing;
  if (pausing.resume) return <Button className="mt-4" loading={resume.isPending} onClick={() => resume.mutate({ id })}>{t('resume')}</Button>;
  if (refusal !== null) return null;
  const chosen = /^\d{1,3}$/u.test(days.trim()) ? Number(days) : 0;
  const fits = chosen >= least && chosen <= most;
  return (
    <div className="mt-3">
      <Button size="small" variant="secondary" onClick={() => setOpen(true)}>{t('open')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('title')}>
        <form
          method="post" className="space-y-5" noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (fits && !pause.isPending) pause.mutate({ id, days: chosen });
          }}
        >
          <p>{prolongs ? t('prolongs') : t('lost')}</p>
          <Field id="pause-days" label={t('days')} help={t('left', { most, least })}><Input inputMode="numeric" autoComplete="off" maxLength={3} value={days} onChange={(event) => setDays(event.target.value)} /></Field>
          <Button type="submit" loading={pause.isPending} disabled={!fits}>{t('start')}</Button>
        </form>
      </Dialog>
    </div>
  );
}
