'use client';
import { Button, Dialog, Field, Input } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';

interface BankDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly ids: readonly string[];
  readonly sum: string;
  readonly onDone: (moved: number) => void;
}

/** Records that the ticked cash was paid in at the bank, with the number of the slip. */
export function BankDialog({ open, onOpenChange, ids, sum, onDone }: BankDialogProps) {
  const t = useTranslations('admin.cash');
  const c = useTranslations('common.actions');
  const [slip, setSlip] = useState('');
  const bank = trpc.cash.bank.useMutation({
    onSuccess: ({ moved }) => {
      setSlip('');
      onDone(moved);
    },
  });
  const send = () => bank.mutate({ ids: [...ids], ...(slip.trim() === '' ? {} : { slip }) });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('bankTitle', { sum })}
      description={t('bankHelp')}
      footer={<><Button loading={bank.isPending} onClick={send}>{t('bank')}</Button><Button variant="secondary" onClick={() => onOpenChange(false)}>{c('cancel')}</Button></>}
    >
      <form method="post" onSubmit={(event) => { event.preventDefault(); if (!bank.isPending) send(); }}>
        <Field label={t('slip')} optional><Input value={slip} maxLength={60} onChange={(event) => setSlip(event.target.value)} autoComplete="off" /></Field>
      </form>
    </Dialog>
  );
}
