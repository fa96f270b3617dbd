'use client';
import { isCurrency, money, parseMoney } from '@interdomestik/rules/money';
import { Button, Dialog, Field, MoneyInput, Notice, RadioCards, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { amountText } from '../../_parts/formats';
import { useFormats } from '../../_parts/use-formats';
import { useClaimChanged } from './use-claim-changed';

type Claim = Outputs['claims']['get'];

/** Records what a claim brought, from which the fee follows by the rules, or why there is no fee. */
export function OutcomeDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const formats = useFormats();
  const errorText = useErrorText();
  const changed = useClaimChanged();
  const currency = isCurrency(claim.currency) ? claim.currency : null;
  const [kind, setKind] = useState<string>(claim.noFeeReason === null ? 'recovered' : 'none');
  const [amount, setAmount] = useState<string | null>(claim.recovered?.minor.toString() ?? null);
  const [reason, setReason] = useState(claim.noFeeReason ?? '');
  const record = trpc.claims.recordOutcome.useMutation({
    onError: () => undefined,
    onSuccess: ({ fee }) => {
      toast.success(fee === null ? c('ui.saved') : t('feeIs', { amount: formats.money(fee) }));
      changed();
      onClose();
    },
  });
  if (currency === null) return null;
  const parse = (text: string): string | null => {
    try {
      return parseMoney(text, currency).minor.toString();
    } catch {
      return null;
    }
  };
  const ready = kind === 'recovered' ? amount !== null : reason.trim().length >= 3;
  const send = () => {
    if (kind === 'recovered' && amount !== null) record.mutate({ id: claim.id, recovered: { minor: BigInt(amount), currency } });
    else record.mutate({ id: claim.id, noFeeReason: reason });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('outcome')}
      description={t('outcomeHelp')}
      footer={<><Button loading={record.isPending} disabled={!ready} onClick={send}>{c('actions.save')}</Button><Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button></>}
    >
      <div className="space-y-5">
        {record.isError ? <Notice tone="danger" live>{errorText(record.error)}</Notice> : null}
        <RadioCards aria-label={t('outcome')} value={kind} onValueChange={setKind} options={[{ value: 'recovered', label: t('recoveredSome') }, { value: 'none', label: t('noFee') }]} />
        {kind === 'recovered'
          ? <Field label={t('recovered')}><MoneyInput currency={currency} value={amount} onValueChange={setAmount} parse={parse} format={(minor) => amountText(money(BigInt(minor), currency), formats.locale)} /></Field>
          : <Field label={t('noFeeReason')}><Textarea rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>}
      </div>
    </Dialog>
  );
}
