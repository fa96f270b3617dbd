'use client';
import { money, moneyToJson, subtract } from '@interdomestik/rules/money';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { MoneyField } from './money-field';

type Handover = Outputs['cash']['handovers']['items'][number];

interface CountDialogProps {
  readonly handover: Handover | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** The branch counts what was handed over, or gives it back. A difference is said plainly before it is confirmed. */
export function CountDialog({ handover, onClose, onDone }: CountDialogProps) {
  const t = useTranslations('admin.cash');
  return (
    <Dialog open={handover !== null} onOpenChange={onClose} title={t('countTitle')} description={t('countHelp')}>
      {handover === null ? null : <CountForm key={handover.id} handover={handover} onDone={onDone} />}
    </Dialog>
  );
}

function CountForm({ handover, onDone }: { handover: Handover; onDone: () => void }) {
  const t = useTranslations('admin.cash');
  const formats = useFormats();
  const errorText = useErrorText();
  const { id, amount } = handover;
  const [counted, setCounted] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const confirm = trpc.cash.confirm.useMutation({
    meta: { quiet: true },
    onSuccess: ({ difference }) => {
      if (difference.minor === 0n) toast.success(t('countedAll', { sum: formats.money(amount) }));
      else toast.success(t('countedWith', { difference: formats.money(difference) }));
      onDone();
    },
  });
  const back = trpc.cash.giveBack.useMutation({ meta: { quiet: true }, onSuccess: () => { toast.success(t('givenBack')); onDone(); } });
  const failed = confirm.error ?? back.error;
  const fields = failed === null ? {} : fieldErrors(failed);
  const typed = counted === null ? null : money(BigInt(counted), amount.currency);
  const difference = typed === null ? null : subtract(typed, amount);
  const differs = difference !== null && difference.minor !== 0n;
  const said = note.trim() === '' ? {} : { note };
  const busy = confirm.isPending || back.isPending;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== null && !busy) confirm.mutate({ id, counted: moneyToJson(typed), ...said });
      }}
    >
      <p>{t('saidToBe', { agent: handover.agentName ?? '–', sum: formats.money(amount), count: handover.receipts })}</p>
      {failed !== null && Object.keys(fields).length === 0 ? <Notice tone="danger" live>{errorText(failed)}</Notice> : null}
      <Field label={t('counted')} error={errorText(fields['counted'])}><MoneyField currency={amount.currency} value={counted} onValueChange={setCounted} /></Field>
      {differs ? <Notice tone="warning" live>{difference.minor < 0n ? t('tooLittle', { sum: formats.money(money(-difference.minor, difference.currency)) }) : t('tooMuch', { sum: formats.money(difference) })}</Notice> : null}
      <Field label={t('note')} help={t('noteHelp')} optional={!differs} error={errorText(fields['note'])}><Textarea rows={2} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} /></Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" loading={confirm.isPending} disabled={typed === null || busy}>{t('takeOver')}</Button>
        <Button variant="secondary" loading={back.isPending} disabled={note.trim() === '' || busy} onClick={() => back.mutate({ id, note })}>{t('giveBack')}</Button>
      </div>
    </form>
  );
}
