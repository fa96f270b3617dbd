'use client';
import { Button, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';

/** Pauses a membership for some days, or takes it up again, as far as the tenant's rule and workflow let who looks; nothing where they do not. */
export function PauseMembership({ membershipId: id }: { membershipId: string }) {
  const t = useTranslations('common.pause');
  const formats = useFormats();
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState('');
  const pausing = trpc.memberships.pausing.useQuery({ id });
  const done = (said: string) => {
    setOpen(false);
    toast.success(said);
    void utils.invalidate();
    router.refresh();
  };
  const pause = trpc.memberships.pause.useMutation({ meta: { quiet: true }, onSuccess: ({ until }) => done(until === null ? t('start') : t('started', { until: formats.lastDay(until) })) });
  const resume = trpc.memberships.resume.useMutation({ onSuccess: ({ endsOn }) => done(endsOn === null ? t('resume') : t('resumed', { until: formats.lastDay(endsOn) })) });
  if (pausing.data === undefined) return null;
  const { paused, refusal, least, most, prolongs } = pausing.data;
  const chosen = /^\d{1,3}$/u.test(days.trim()) ? Number(days) : 0;
  const fits = chosen >= least && chosen <= most;
  return (
    <>
      {paused === null ? null : <span className="w-full text-note text-ink-muted">{t('until', { until: formats.lastDay(paused.until) })}</span>}
      {pausing.data.resume ? <Button size="small" variant="secondary" loading={resume.isPending} onClick={() => resume.mutate({ id })}>{t('resume')}</Button> : null}
      {refusal === null ? <Button size="small" variant="secondary" onClick={() => setOpen(true)}>{t('open')}</Button> : null}
      <Dialog open={open} onOpenChange={setOpen} title={t('title')}>
        <form
          method="post" className="space-y-5" noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (fits && !pause.isPending) pause.mutate({ id, days: chosen });
          }}
        >
          <p>{prolongs ? t('prolongs') : t('lost')}</p>
          {pause.isError ? <Notice tone="danger" live>{errorText(pause.error)}</Notice> : null}
          <Field id={`pause-days-${id}`} label={t('days')} help={t('left', { most, least })}><Input inputMode="numeric" autoComplete="off" maxLength={3} value={days} onChange={(event) => setDays(event.target.value)} /></Field>
          <Button type="submit" loading={pause.isPending} disabled={!fits}>{t('start')}</Button>
        </form>
      </Dialog>
    </>
  );
}
