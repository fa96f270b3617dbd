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

/** Sells the member the next period for cash. */
export function RenewAtDesk({ memberId }: { memberId: string }) {
  const t = useTranslations('admin.members.renew');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" onClick={() => setOpen(true)}>{t('open')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('title')}>
        {open ? <RenewForm memberId={memberId} onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function RenewForm({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const t = useTranslations('admin.members.renew');
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
  const asked = trpc.memberships.deskOffer.useQuery({ memberId, planCode }, { placeholderData: (before) => before });
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
  const { refusal, offer } = asked.data;
  const sellable = plans.data.filter(({ cash }) => cash !== null);
  const chosen = planCode ?? offer?.price.planCode;
  // i18n-keys: admin.members.renew.refusal.*
  if (refusal !== null && refusal !== 'unsold') return <Notice tone="info">{t(`refusal.${refusal}`)}</Notice>;
  const total = offer?.price.total ?? null;
  const full = offer?.handOverFirst ?? null;
  const noCash = offer === null ? null : !offer.withinCashLimit ? errorText('errors.cash.limit') : full === null ? null : e('handOverFirst', { held: formats.money(full.held), limit: formats.money(full.limit) });
  const wrong = sell.isError ? fieldErrors(sell.error)['amountTendered'] : undefined;
  const ready = total !== null && noCash === null && tendered !== null && !sell.isPending && !asked.isPlaceholderData;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const sale = { memberId, planCode, shown: moneyToJson(total), amountTendered: moneyToJson(money(BigInt(tendered), total.currency)) };
        sell.mutate({ ...sale, idempotencyKey: keyOf(sale) });
      }}
    >
      {sell.isError && wrong === undefined ? <Notice tone="danger" live>{errorText(sell.error)}</Notice> : null}
      {refusal === 'unsold' ? <Notice tone="warning">{t('refusal.unsold')}</Notice> : null}
      <Field id="renew-plan" label={c('fields.plan')}>
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
          {noCash === null ? <CountedField amount={total} value={tendered} onValueChange={setTendered} error={wrong === undefined ? '' : errorText(wrong)} /> : <Notice tone="warning">{noCash}</Notice>}
        </>
      )}
      <Button type="submit" loading={sell.isPending} disabled={!ready}>{total === null ? t('open') : t('take', { amount: formats.money(total) })}</Button>
    </form>
  );
}

function Done({ sold, onClose }: { sold: Sold; onClose: () => void }) {
  const t = useTranslations('admin.members.renew');
  const c = useTranslations('common');
  const formats = useFormats();
  const code = (value: string) => <span className="figures font-semibold">{value}</span>;
  return (
    <div className="space-y-5">
      <Notice tone="success" live title={t('done', { until: formats.lastDay(sold.endsOn) })}>{t('doneHelp')}</Notice>
      <KeyValue
        className="border-y"
        items={[
          { label: t('period'), value: <span className="figures">{c('dates.range', { start: formats.day(sold.startsOn), end: formats.lastDay(sold.endsOn) })}</span> },
          { label: c('nouns.receipt'), value: code(sold.receiptCode) },
          { label: c('nouns.invoice'), value: code(sold.invoiceCode) },
        ]}
      />
      <Button onClick={onClose}>{c('actions.back')}</Button>
    </div>
  );
}
