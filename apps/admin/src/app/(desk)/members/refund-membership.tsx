'use client';
import { Button, Dialog, Field, Notice, RadioCards, Textarea, toast } from '@interdomestik/ui';
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
  const formats = useFormats();
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const keyOf = useAskedOnce();
  const [from, setFrom] = useState(offer.from[0]);
  const [note, setNote] = useState('');
  const give = trpc.refunds.give.useMutation({
    meta: { quiet: true },
    onSuccess: ({ status, amount: given }) => {
      toast.success(status === 'asked' ? t('asked') : t('done', { amount: formats.money(given) }));
      onDone();
      void utils.invalidate();
      router.refresh();
    },
  });
  const cash = offer.method === 'cash';
  const nowhere = cash && from === undefined;
  const ready = note.trim().length >= 3 && !nowhere && !give.isPending;
  const noteError = give.isError ? fieldErrors(give.error)['note'] : undefined;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const asked = { membershipId, shown: moneyToJson(amount), note, ...(cash ? { from } : {}) };
        give.mutate({ ...asked, idempotencyKey: keyOf(asked) });
      }}
    >
      <p>{cash ? t('cash') : t('card')}{offer.until === null ? '' : ` ${t('until', { date: formats.day(offer.until) })}`}</p>
      {give.isError && noteError === undefined ? <Notice tone="danger" live>{errorText(give.error)}</Notice> : null}
      {nowhere ? <Notice tone="warning">{t('nowhere')}</Notice> : null}
      {cash && from !== undefined ? (
        <Field label={t('from')} group>
          <RadioCards value={from} onValueChange={(value) => setFrom(offer.from.find((one) => one === value))} options={offer.from.map((one) => ({ value: one, label: one === 'collector' ? t('collector') : t('branch') }))} />
        </Field>
      ) : null}
      <Field label={t('note')} error={errorText(noteError)}><Textarea rows={2} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      <Button type="submit" variant="danger" loading={give.isPending} disabled={!ready}>{t('give')}</Button>
    </form>
  );
}
