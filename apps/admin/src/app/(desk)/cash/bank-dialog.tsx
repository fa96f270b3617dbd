'use client';
import { Button, DateInput, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';

interface BankDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Handovers that were counted. */
  readonly ids: readonly string[];
  readonly sum: string;
  /** What was given back out of this cash, in words; null: nothing. */
  readonly givenBack: string | null;
  /** `YYYY-MM-DD` of the tenant. */
  readonly today: string;
  readonly onDone: () => void;
}

/** Records that the ticked cash was paid in at the bank, with number and day of the slip. */
export function BankDialog({ open, onOpenChange, ids, sum, givenBack, today, onDone }: BankDialogProps) {
  const t = useTranslations('admin.cash');
  const c = useTranslations('common.actions');
  const formats = useFormats();
  const errorText = useErrorText();
  const [slip, setSlip] = useState('');
  const [day, setDay] = useState<string | null>(today);
  const bank = trpc.cash.bank.useMutation({
    meta: { quiet: true },
    onSuccess: ({ amount }) => {
      setSlip('');
      toast.success(t('banked', { sum: formats.money(amount) }));
      onDone();
    },
  });
  const fields = bank.isError ? fieldErrors(bank.error) : {};
  const ready = slip.trim() !== '' && day !== null && !bank.isPending;
  const send = () => { if (ready) bank.mutate({ ids: [...ids], slip, depositedOn: day }); };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('bankTitle', { sum })}
      description={t('bankHelp')}
      footer={<><Button loading={bank.isPending} disabled={!ready} onClick={send}>{t('bank')}</Button><Button variant="secondary" onClick={() => onOpenChange(false)}>{c('cancel')}</Button></>}
    >
      {givenBack === null ? null : <Notice tone="warning" className="mb-5">{t('givenBack', { amount: givenBack })}</Notice>}
      <form method="post" className="space-y-5" noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
        {bank.isError && fields['slip'] === undefined && fields['depositedOn'] === undefined ? <Notice tone="danger" live>{errorText(bank.error)}</Notice> : null}
        <Field label={t('slip')} error={errorText(fields['slip'])}><Input value={slip} maxLength={60} onChange={(event) => setSlip(event.target.value)} autoComplete="off" /></Field>
        <Field label={t('depositedOn')} error={errorText(fields['depositedOn'])}><DateInput value={day} max={today} onValueChange={(value) => setDay(value)} /></Field>
      </form>
    </Dialog>
  );
}
