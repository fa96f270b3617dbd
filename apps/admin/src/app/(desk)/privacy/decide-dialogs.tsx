'use client';
import { Button, Dialog, Field, Input, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Erasure } from './erasure-list';

interface DecideProps {
  readonly erasure: Erasure;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** It cannot be taken back, so the member's last name is typed; it asks who is at the screen as well. */
export function ApproveDialog({ erasure, onDone, onClose }: DecideProps) {
  const t = useTranslations('privacy.desk');
  const errorText = useErrorText();
  const [typed, setTyped] = useState('');
  const approve = trpc.erasures.approve.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('approved'));
      onDone();
    },
  });
  const last = erasure.memberName.split(' ').at(-1) ?? '';
  const ready = typed.trim().toLocaleLowerCase() === last.toLocaleLowerCase() && !approve.isPending;
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={t('approveTitle', { member: erasure.memberName })} description={t('approveText')}>
      <form
        method="post" className="space-y-5" noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) approve.mutate({ id: erasure.id });
        }}
      >
        {approve.isError ? <Notice tone="danger" live>{errorText(approve.error)}</Notice> : null}
        <Field label={t('approveWord')} help={last}><Input autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} /></Field>
        <Button type="submit" variant="danger" loading={approve.isPending} disabled={!ready}>{t('approve')}</Button>
      </form>
    </Dialog>
  );
}

/** Says why not; the member reads it. */
export function RefuseDialog({ erasure, onDone, onClose }: DecideProps) {
  const t = useTranslations('privacy.desk');
  const errorText = useErrorText();
  const [answer, setAnswer] = useState('');
  const refuse = trpc.erasures.refuse.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('refused'));
      onDone();
    },
  });
  const ready = answer.trim().length >= 5 && !refuse.isPending;
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={t('refuseTitle', { member: erasure.memberName })}>
      <form
        method="post" className="space-y-5" noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) refuse.mutate({ id: erasure.id, answer });
        }}
      >
        {refuse.isError ? <Notice tone="danger" live>{errorText(refuse.error)}</Notice> : null}
        <Field label={t('answer')} help={t('answerHelp')}><Textarea rows={3} maxLength={500} value={answer} onChange={(event) => setAnswer(event.target.value)} /></Field>
        <Button type="submit" loading={refuse.isPending} disabled={!ready}>{t('refuse')}</Button>
      </form>
    </Dialog>
  );
}
