'use client';
import { newId } from '@interdomestik/rules/ids';
import { moneyToJson } from '@interdomestik/rules/money';
import { Button, Card, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Own = Outputs['refunds']['mine'][number];

interface AskRefundProps {
  readonly own: Own;
  /** What can be had back, in words; null: nothing can be asked for. */
  readonly amount: string | null;
  /** What was asked for, and when, in words. */
  readonly asked: { readonly amount: string; readonly at: string } | null;
  /** Last day, in words. */
  readonly until: string;
}

/** A membership's fee inside the window: asks for it, and says what became of the wish. */
export function AskRefund({ own, amount, asked, until }: AskRefundProps) {
  const t = useTranslations('member.refund');
  const [open, setOpen] = useState(false);
  const { request } = own;
  return (
    <Card title={t('title')} className="mb-6">
      <div className="space-y-3">
        {request === null || asked === null ? null : request.status === 'open' ? <p>{t('waits', asked)}</p>
          : request.status === 'declined' ? <Notice tone="warning">{t('declined', { amount: asked.amount, answer: request.answer ?? '' })}</Notice>
            : <p>{own.underWay ? t('underWay', { amount: asked.amount }) : t('granted', { amount: asked.amount })}</p>}
        {amount === null ? null : (
          <>
            <p>{t('offer', { amount, until })}</p>
            <Button variant="secondary" onClick={() => setOpen(true)}>{t('ask')}</Button>
            <Dialog open={open} onOpenChange={setOpen} title={t('askTitle', { amount })} description={own.atOnce ? t('atOnce') : t('byBranch')}>
              <AskForm own={own} onDone={() => setOpen(false)} />
            </Dialog>
          </>
        )}
      </div>
    </Card>
  );
}

function AskForm({ own, onDone }: { own: Own; onDone: () => void }) {
  const t = useTranslations('member.refund');
  const errorText = useErrorText();
  const router = useRouter();
  const [note, setNote] = useState('');
  const key = useRef<string>(undefined);
  const ask = trpc.refunds.ask.useMutation({
    meta: { quiet: true },
    onSuccess: ({ status }) => {
      toast.success(status === 'open' ? t('sent') : t('onItsWay'));
      onDone();
      router.refresh();
    },
  });
  const { amount } = own;
  if (amount === null) return null;
  const ready = note.trim().length >= 3 && !ask.isPending;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        // one wish, however often it is sent
        key.current ??= newId();
        ask.mutate({ membershipId: own.membershipId, shown: moneyToJson(amount), note, idempotencyKey: key.current });
      }}
    >
      {ask.isError ? <Notice tone="danger" live>{errorText(ask.error)}</Notice> : null}
      <Field label={t('why')}>
        <Textarea
          rows={3} maxLength={300} value={note}
          onChange={(event) => {
            key.current = undefined;
            setNote(event.target.value);
          }}
        />
      </Field>
      <Button type="submit" loading={ask.isPending} disabled={!ready}>{t('send')}</Button>
    </form>
  );
}
