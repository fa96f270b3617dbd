'use client';
import { Button, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';

/** Another account for a fee that the bank has not paid out yet. */
export function CorrectAccount({ id }: { id: string }) {
  const t = useTranslations('refunds');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>{t('correct')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('correctTitle')}>{open ? <AccountForm id={id} onDone={() => setOpen(false)} /> : null}</Dialog>
    </>
  );
}

function AccountForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useTranslations('refunds');
  const c = useTranslations('common.fields');
  const errorText = useErrorText();
  const router = useRouter();
  const [iban, setIban] = useState('');
  const correct = trpc.refunds.correctAccount.useMutation({ onSuccess: () => { toast.success(t('corrected')); onDone(); router.refresh(); } });
  const wrong = correct.isError ? fieldErrors(correct.error)['iban'] : undefined;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!correct.isPending) correct.mutate({ id, iban });
      }}
    >
      {correct.isError && wrong === undefined ? <Notice tone="danger" live>{errorText(correct.error)}</Notice> : null}
      <Field label={c('iban')} help={t('correctHelp')} error={errorText(wrong)}><Input value={iban} className="figures" chars={32} maxLength={60} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(event) => setIban(event.target.value)} /></Field>
      <Button type="submit" loading={correct.isPending} disabled={iban.trim() === ''}>{t('correct')}</Button>
    </form>
  );
}
