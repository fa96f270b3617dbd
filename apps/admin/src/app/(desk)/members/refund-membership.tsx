'use client';
import { Button, Dialog, Field, Input, Notice, RadioCards, Textarea, toast } from '@interdomestik/ui';
import { moneyToJson } from '@interdomestik/rules/money';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

type Offer = Outputs['refunds']['offer'];

/** Gives the fee of a membership back inside the tenant's window; says so while the provider has not answered, and nothing where nothing can be given back. */
export function RefundMembership({ membershipId }: { membershipId: string }) {
  const t = useTranslations('admin.members.refund');
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const offer = trpc.refunds.offer.useQuery({ membershipId });
  if (offer.data === undefined) return null;
  if (offer.data.refusal === 'asked') return <span className="text-note text-ink-muted">{t('waiting')}</span>;
  const { amount } = offer.data;
  if (offer.data.refusal !== null || amount === null) return null;
  return (
    <>
      <Button size="small" variant="secondary" onClick={() => setOpen(true)}>{t('open')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('title', { amount: formats.money(amount) })}>
        <RefundForm membershipId={membershipId} offer={offer.data} amount={amount} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RefundForm({ membershipId, offer, amount, onDone }: { membershipId: string; offer: Offer; amount: NonNullable<Offer['amount']>; onDone: () => void }) {
  const t = useTranslations('admin.members.refund');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const keyOf = useAskedOnce();
  const [from, setFrom] = useState(offer.from[0]);
  const [note, setNote] = useState('');
  const [iban, setIban] = useState('');
  const give = trpc.refunds.give.useMutation({
    meta: { quiet: true },
    onSuccess: ({ status, amount: given }) => {
      toast.success(from === 'bank' ? t('toPayOut', { amount: formats.money(given) }) : status === 'asked' ? t('asked') : t('done', { amount: formats.money(given) }));
      onDone();
      void utils.invalidate();
      router.refresh();
    },
  });
  const byHand = offer.method !== 'card';
  const nowhere = byHand && from === undefined;
  const ready = note.trim().length >= 3 && !nowhere && (from !== 'bank' || iban.trim() !== '') && !give.isPending;
  const ibanError = give.isError ? fieldErrors(give.error)['iban'] : undefined;
  const noteError = give.isError ? fieldErrors(give.error)['note'] : undefined;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const asked = { membershipId, shown: moneyToJson(amount), note, ...(byHand ? { from } : {}), ...(from === 'bank' ? { iban } : {}) };
        give.mutate({ ...asked, idempotencyKey: keyOf(asked) });
      }}
    >
      <p>{offer.method === 'card' ? t('card') : from === 'bank' ? t('toAccount') : offer.method === 'cash' ? t('cash') : t('transfer')}{offer.until === null ? '' : ` ${t('until', { date: formats.day(offer.until) })}`}</p>
      {give.isError && noteError === undefined && ibanError === undefined ? <Notice tone="danger" live>{errorText(give.error)}</Notice> : null}
      {nowhere ? <Notice tone="warning">{t('nowhere')}</Notice> : null}
      {byHand && from !== undefined ? (
        <Field label={t('from')} group>
          <RadioCards value={from} onValueChange={(value) => setFrom(offer.from.find((one) => one === value))} options={offer.from.map((one) => ({ value: one, label: one === 'collector' ? t('collector') : one === 'branch' ? t('branch') : t('bank') }))} />
        </Field>
      ) : null}
      {from === 'bank' ? <Field label={c('iban')} help={t('ibanHelp')} error={errorText(ibanError)}><Input value={iban} className="figures" chars={32} maxLength={60} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(event) => setIban(event.target.value)} /></Field> : null}
      <Field label={t('note')} error={errorText(noteError)}><Textarea rows={2} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      <Button type="submit" variant="danger" loading={give.isPending} disabled={!ready}>{t('give')}</Button>
    </form>
  );
}
