'use client';
import { Button, ButtonLink, Dialog, EmptyState, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { Sum } from '../../../_parts/values';
import { RefundMembership } from '../../members/refund-membership';

type Request = Outputs['refunds']['requests']['items'][number];

/** Members who ask for their fee: each is given it or told why not. */
export function RequestList({ requests, showsMembers }: { requests: readonly Request[]; showsMembers: boolean }) {
  const t = useTranslations('refunds');
  const formats = useFormats();
  const [declining, setDeclining] = useState<Request | null>(null);
  return (
    <section aria-label={t('requests')}>
      <h2 className="mb-3 text-lg">{t('requests')}</h2>
      {requests.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState title={t('noRequests')}>{t('noRequestsHelp')}</EmptyState></div> : (
        <ul className="divide-y divide-line rounded-card border bg-raised">
          {requests.map((request) => (
            <li key={request.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
              <div className="min-w-0">
                <p className="font-semibold">{request.memberName ?? t('elsewhere')} · <Sum value={request.amount} /></p>
                <p className="text-note text-ink-muted">{formats.moment(request.createdAt)} · {request.note}</p>
              </div>
              <div className="flex flex-wrap items-center gap-2">
                {request.memberId !== null && showsMembers ? <ButtonLink size="small" variant="ghost" href={`/members/${request.memberId}`}>{t('toMember')}</ButtonLink> : null}
                <RefundMembership membershipId={request.membershipId} />
                <Button size="small" variant="secondary" onClick={() => setDeclining(request)}>{t('decline')}</Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Dialog open={declining !== null} onOpenChange={(open) => { if (!open) setDeclining(null); }} title={t('declineTitle', { member: declining?.memberName ?? '' })}>
        {declining === null ? null : <DeclineForm id={declining.id} onDone={() => setDeclining(null)} />}
      </Dialog>
    </section>
  );
}

function DeclineForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useTranslations('refunds');
  const errorText = useErrorText();
  const router = useRouter();
  const [answer, setAnswer] = useState('');
  const decline = trpc.refunds.decline.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('declined'));
      onDone();
      router.refresh();
    },
  });
  const ready = answer.trim().length >= 3 && !decline.isPending;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) decline.mutate({ id, answer });
      }}
    >
      {decline.isError ? <Notice tone="danger" live>{errorText(decline.error)}</Notice> : null}
      <Field label={t('answer')} help={t('answerHelp')}><Textarea rows={3} maxLength={300} value={answer} onChange={(event) => setAnswer(event.target.value)} /></Field>
      <Button type="submit" loading={decline.isPending} disabled={!ready}>{t('decline')}</Button>
    </form>
  );
}
