'use client';
import { Button, DateInput, Dialog, Field, Input, Notice, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';

interface PayOutDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly agentIds: readonly string[];
  /** What was approved later was not seen. */
  readonly until: Date;
  readonly sum: string;
  /** `YYYY-MM-DD` of the tenant. */
  readonly today: string;
  readonly onDone: () => void;
}

/** Records that approved commissions were paid, with day and reference of the bank. */
export function PayOutDialog({ open, onOpenChange, agentIds, until, sum, today, onDone }: PayOutDialogProps) {
  const t = useTranslations('admin.commissions');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const [day, setDay] = useState<string | null>(today);
  const [reference, setReference] = useState('');
  const keyOf = useAskedOnce();
  const pay = trpc.commissions.payOut.useMutation({
    meta: { quiet: true },
    onSuccess: ({ payouts }) => {
      setReference('');
      if (payouts.length === 0) toast.error(t('paidNothing'));
      else toast.success(t('paidDone', { count: payouts.length }));
      onDone();
    },
  });
  const fields = pay.isError ? fieldErrors(pay.error) : {};
  const send = () => {
    if (day === null || pay.isPending) return;
    const batch = { agentIds: [...agentIds], paidOn: day, until, ...(reference.trim() === '' ? {} : { reference }) };
    pay.mutate({ ...batch, idempotencyKey: keyOf(batch) });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('payOutTitle', { sum })}
      description={t('payOutHelp')}
      footer={<><Button loading={pay.isPending} disabled={day === null} onClick={send}>{t('payOut')}</Button><Button variant="secondary" onClick={() => onOpenChange(false)}>{c('cancel')}</Button></>}
    >
      <form method="post" className="space-y-5" noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
        {pay.isError && fields['paidOn'] === undefined ? <Notice tone="danger" live>{errorText(pay.error)}</Notice> : null}
        <Field label={t('paidOn')} error={errorText(fields['paidOn'])}><DateInput value={day} max={today} onValueChange={(value) => setDay(value)} /></Field>
        <Field label={t('reference')} optional><Input value={reference} maxLength={60} onChange={(event) => setReference(event.target.value)} autoComplete="off" /></Field>
      </form>
    </Dialog>
  );
}
