'use client';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';

/** Asks on a member's behalf that everything about the person be erased; an administrator decides. */
export function AskErasure({ memberId, name }: { memberId: string; name: string }) {
  const t = useTranslations('privacy.desk');
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const ask = trpc.erasures.askFor.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('asked'));
      setOpen(false);
      setNote('');
    },
  });
  const ready = note.trim().length >= 3 && !ask.isPending;
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>{t('askFor')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('askForTitle', { member: name })} description={t('askForHelp')}>
        <form
          method="post" className="space-y-5" noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) ask.mutate({ memberId, note });
          }}
        >
          {ask.isError ? <Notice tone="danger" live>{errorText(ask.error)}</Notice> : null}
          <Field label={t('reason')}><Textarea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
          <Button type="submit" loading={ask.isPending} disabled={!ready}>{t('send')}</Button>
        </form>
      </Dialog>
    </>
  );
}
