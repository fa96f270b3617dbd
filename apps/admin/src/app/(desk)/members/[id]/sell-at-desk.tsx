'use client';
import { money, moneyToJson } from '@interdomestik/rules/money';
import { Button, Dialog, Field, KeyValue, NativeSelect, Notice, Skeleton } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { PriceLines } from '../../enrol/price-lines';
import { CountedField } from '../counted-field';

type Sold = Outputs['memberships']['sellAtDesk'];

type Kind = 'renewal' | 'upgrade';

/** Sells the member for cash: the next period, or a bigger plan in the place of the running one. */
export function SellAtDesk({ memberId, kind }: { memberId: string; kind: Kind }) {
  const t = useTranslations('admin.members.desk');
  const [open, setOpen] = useState(false);
  // i18n-keys: admin.members.desk.open.* admin.members.desk.title.*
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>{t(`open.${kind}`)}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t(`title.${kind}`)}>
        {open ? <SaleForm memberId={memberId} kind={kind} onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function SaleForm({ memberId, kind, onClose }: { memberId: string; kind: Kind; onClose: () => void }) {
  const t = useTranslations('admin.members.desk');
  const e = useTranslations('admin.enrol');
  const c = useTranslations('common');
  const formats = useFormats();
  const errorText = useErrorText();
  const router = useRouter();
  const utils = trpc.useUtils();
  const keyOf = useAskedOnce();
  const [planCode, setPlanCode] = useState<string>();
  const [tendered, setTendered] = useState<string | null>(null);
  const plans = trpc.enrolments.plans.useQuery();
  const asked = trpc.memberships.deskOffer.useQuery({ memberId, kind, planCode }, { placeholderData: (before) => before });
  const sell = trpc.memberships.sellAtDesk.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      void utils.invalidate();
      router.refresh();
    },
  });
  if (sell.isSuccess) return <Done sold={sell.data} onClose={onClose} />;
  if (asked.isError) return <Notice tone="danger">{errorText(asked.error)}</Notice>;
  if (asked.data === undefined || plans.data === undefined) return <Skeleton className="h-40 w-full" />;
  const { refusal, offer, choices } = asked.data;
  const sellable = kind === 'upgrade' ? choices.map((choice) => ({ code: choice.planCode, title: choice.planTitle })) : plans.data.filter(({ cash }) => cash !== null);
  const again = kind === 'renewal' && refusal === 'unsold';
  const chosen = planCode ?? offer?.price.planCode;
  // i18n-keys: admin.members.desk.refusal.* errors.upgrade.*
  if (kind === 'upgrade' && refusal !== null && (refusal !== 'unsold' || choices.length === 0)) return <Notice tone="info">{errorText(refusal === 'unsold' || refusal === 'renewed' || refusal === 'free' ? 'errors.upgrade.notBigger' : `errors.upgrade.${refusal}`)}</Notice>;
  if (kind === 'renewal' && (refusal === 'renewed' || refusal === 'paused' || refusal === 'free' || refusal === 'disabled')) return <Notice tone="info">{t(`refusal.${refusal}`)}</Notice>;
  const total = offer?.price.total ?? null;
  const full = offer?.handOverFirst ?? null;
  const noCash = offer === null ? null : !offer.withinCashLimit ? errorText('errors.cash.limit') : full === null ? null : e('handOverFirst', { held: formats.money(full.held), limit: formats.money(full.limit) });
  const wrong = sell.isError ? fieldErrors(sell.error)['amountTendered'] : undefined;
  const nothing = total?.minor === 0n;
  const ready = total !== null && noCash === null && (nothing || tendered !== null) && !sell.isPending && !asked.isPlaceholderData;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const sale = { memberId, kind, planCode, shown: moneyToJson(total), ...(tendered === null ? {} : { amountTendered: moneyToJson(money(BigInt(tendered), total.currency)) }) };
        sell.mutate({ ...sale, idempotencyKey: keyOf(sale) });
      }}
    >
      {sell.isError && wrong === undefined ? <Notice tone="danger" live>{errorText(sell.error)}</Notice> : null}
      {again ? <Notice tone="warning">{t('refusal.unsold')}</Notice> : null}
      <Field id="desk-plan" label={c('fields.plan')}>
        <NativeSelect
          value={chosen ?? ''} onChange={(event) => { setPlanCode(event.target.value); setTendered(null); sell.reset(); }}
          options={[...(sellable.some(({ code }) => code === chosen) ? [] : [{ value: chosen ?? '', label: t('choose') }]), ...sellable.map(({ code, title }) => ({ value: code, label: title }))]}
        />
      </Field>
      {offer === null || total === null ? null : (
        <>
          {offer.gap === null ? null : <Notice tone="warning">{t('gap', { from: formats.day(offer.gap.start), to: formats.lastDay(offer.gap.end) })}</Notice>}
          {offer.replaces ? <Notice tone="info">{t('replaces')}</Notice> : null}
          <KeyValue
            className="border-y"
            items={[
              { label: t('period'), value: <span className="figures">{c('dates.range', { start: formats.day(offer.period.start), end: formats.lastDay(offer.period.end) })}</span> },
              ...(offer.people > 1 ? [{ label: e('people'), value: c('units.person', { count: offer.people }) }] : []),
            ]}
          />
          <PriceLines price={offer.price} />
          {nothing ? <Notice tone="info">{t('nothing')}</Notice> : noCash === null ? <CountedField amount={total} value={tendered} onValueChange={setTendered} error={wrong === undefined ? '' : errorText(wrong)} /> : <Notice tone="warning">{noCash}</Notice>}
        </>
      )}
      <Button type="submit" loading={sell.isPending} disabled={!ready}>{total === null || nothing ? t(`open.${kind}`) : t('take', { amount: formats.money(total) })}</Button>
    </form>
  );
}

function Done({ sold, onClose }: { sold: Sold; onClose: () => void }) {
  const t = useTranslations('admin.members.desk');
  const c = useTranslations('common');
  const formats = useFormats();
  const code = (value: string) => <span className="figures font-semibold">{value}</span>;
  return (
    <div className="space-y-5">
      <Notice tone="success" live title={t('done', { until: formats.lastDay(sold.endsOn) })}>{sold.receiptCode === null ? t('nothing') : t('doneHelp')}</Notice>
      <KeyValue
        className="border-y"
        items={[
          { label: t('period'), value: <span className="figures">{c('dates.range', { start: formats.day(sold.startsOn), end: formats.lastDay(sold.endsOn) })}</span> },
          ...(sold.receiptCode === null ? [] : [{ label: c('nouns.receipt'), value: code(sold.receiptCode) }]),
          ...(sold.invoiceCode === null ? [] : [{ label: c('nouns.invoice'), value: code(sold.invoiceCode) }]),
        ]}
      />
      <Button onClick={onClose}>{c('actions.back')}</Button>
    </div>
  );
}
