'use client';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Own = Outputs['erasures']['mine'];

// i18n-keys: privacy.blockers.*
/** The wish to be erased: what stays by law, what stands in the way, and what became of it. */
export function EraseData({ first }: { first: Own }) {
  const t = useTranslations('privacy.erase');
  const blocked = useTranslations('privacy.blockers');
  const errorText = useErrorText();
  const show = useShow();
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const { data: own } = trpc.erasures.mine.useQuery(undefined, { initialData: first, staleTime: 0 });
  const withdraw = trpc.erasures.withdraw.useMutation({
    onSuccess: () => {
      toast.success(t('withdrawn'));
      void utils.erasures.mine.invalidate();
    },
    onError: (error) => toast.error(errorText(error)),
  });
  const { request } = own;
  if (request?.status === 'open') {
    return (
      <Notice tone="info" actions={<Button size="small" variant="secondary" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>{t('withdraw')}</Button>}>
        {t('waits', { at: show.dayOf(request.askedAt), due: show.day(request.dueOn) })}
      </Notice>
    );
  }
  if (request?.status === 'approved') return <Notice tone="info">{t('approved')}</Notice>;
  return (
    <div className="space-y-4">
      {request?.status === 'refused' ? <Notice tone="warning">{t('refused', { answer: request.answer ?? '' })}</Notice> : null}
      <p>{t('kept', { years: own.taxYears })}</p>
      {own.runsUntil === null ? null : <p>{t('runs', { until: show.day(own.runsUntil) })}</p>}
      {own.blockers.length === 0 ? null : <Notice tone="warning" title={t('blockedTitle')}><ul className="list-disc pl-5">{own.blockers.map((blocker) => <li key={blocker}>{blocked(blocker)}</li>)}</ul></Notice>}
      <Button variant="secondary" onClick={() => setOpen(true)}>{t('ask')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('askTitle')} description={t('askText')}>
        <AskForm onDone={() => { setOpen(false); void utils.erasures.mine.invalidate(); }} />
      </Dialog>
    </div>
  );
}

function AskForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('privacy.erase');
  const errorText = useErrorText();
  const [note, setNote] = useState('');
  const ask = trpc.erasures.ask.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('sent'));
      onDone();
    },
  });
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ask.isPending) ask.mutate({ note });
      }}
    >
      {ask.isError ? <Notice tone="danger" live>{errorText(ask.error)}</Notice> : null}
      <Field label={t('why')}><Textarea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      <Button type="submit" loading={ask.isPending}>{t('send')}</Button>
    </form>
  );
}
