'use client';
import { money, moneyToJson } from '@interdomestik/rules/money';
import { Button, Dialog, Field, Notice, RadioCards, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { MoneyField } from '../cash/money-field';

type Offer = Outputs['refunds']['partOffer'];

/** Gives back a part of a payment by hand; nothing where nothing can be given back. */
export function RefundPart({ paymentId }: { paymentId: string }) {
  const t = useTranslations('refunds.byHand');
  const [open, setOpen] = useState(false);
  const offer = trpc.refunds.partOffer.useQuery({ paymentId });
  if (offer.data === undefined || offer.data.refusal !== null) return null;
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>{t('open')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('title')} description={offer.data.invoice === null ? t('card') : t('invoice', { code: offer.data.invoice })}>
        <PartForm paymentId={paymentId} offer={offer.data} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function PartForm({ paymentId, offer, onDone }: { paymentId: string; offer: Offer; onDone: () => void }) {
  const t = useTranslations('refunds.byHand');
  const formats = useFormats();
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const keyOf = useAskedOnce();
  const [minor, setMinor] = useState<string | null>(null);
  const [way, setWay] = useState(offer.ways[0]);
  const [note, setNote] = useState('');
  const give = trpc.refunds.givePart.useMutation({
    meta: { quiet: true },
    onSuccess: ({ status, creditNote }) => {
      toast.success(status === 'asked' ? t('asked') : t('done', { code: creditNote ?? '' }));
      onDone();
      void utils.invalidate();
      router.refresh();
    },
  });
  const { currency } = offer.most;
  const amount = minor === null ? null : money(BigInt(minor), currency);
  const tooMuch = amount !== null && amount.minor > offer.most.minor;
  const ready = amount !== null && amount.minor > 0n && !tooMuch && way !== undefined && note.trim().length >= 3 && !give.isPending;
  const fields = give.isError ? fieldErrors(give.error) : {};
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const asked = { paymentId, amount: moneyToJson(amount), way, note };
        give.mutate({ ...asked, idempotencyKey: keyOf(asked) });
      }}
    >
      {give.isError && Object.keys(fields).length === 0 ? <Notice tone="danger" live>{errorText(give.error)}</Notice> : null}
      <Field label={t('amount')} help={t('most', { amount: formats.money(offer.most) })} error={tooMuch ? t('tooMuch') : errorText(fields['amount'])}><MoneyField currency={currency} value={minor} onValueChange={setMinor} /></Field>
      {offer.ways.length > 1 ? (
        <Field label={t('way')} group>
          <RadioCards value={way} onValueChange={(value) => setWay(offer.ways.find((one) => one === value))} options={offer.ways.map((one) => ({ value: one, label: one === 'branch' ? t('branch') : t('owed') }))} />
        </Field>
      ) : <p className="text-note text-ink-muted">{way === 'card' ? t('cardHelp') : t('owedOnly')}</p>}
      <Field label={t('note')} help={t('noteHelp')} error={errorText(fields['note'])}><Textarea rows={2} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      <Button type="submit" variant="danger" loading={give.isPending} disabled={!ready}>{t('give')}</Button>
    </form>
  );
}
