'use client';
import { enrolPayments } from '@interdomestik/rules/members';
import { money, parseMoney } from '@interdomestik/rules/money';
import { Field, Input, MoneyInput, Notice, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { amountText } from '../../_parts/formats';
import { useFormats } from '../../_parts/use-formats';
import { CouponField } from './coupon-field';
import type { EnrolPrices } from './enrol-price';
import type { EnrolForm } from './fields';
import { InstalmentsField } from './instalments-field';
import { PriceLines } from './price-lines';

/** How it is paid: cash that is counted now, a link that the member pays by card, or a transfer by a slip. */
export function PaymentStep({ prices }: { prices: EnrolPrices }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const errorText = useErrorText();
  const { register, watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  const payment = watch('payment');
  const tendered = watch('tendered');
  const { free } = prices;
  const cash = prices.cash?.total ?? null;
  const card = prices.card?.total ?? null;
  const inHand = prices.cash?.now ?? null;
  const overLimit = prices.cash?.withinCashLimit === false;
  const full = prices.cash?.handOverFirst ?? null;
  const noCash = overLimit ? errorText('errors.cash.limit') : full === null ? null : t('handOverFirst', { held: formats.money(full.held), limit: formats.money(full.limit) });
  const transfer = prices.transfer?.total ?? null;
  const failure = cash === null && card === null && transfer === null ? prices.failure : null;
  const emailField = <Field id="email" label={c('email')} help={t('linkGoesTo')} error={errorText(errors.email)}><Input type="email" autoCapitalize="none" autoComplete="off" {...register('email')} /></Field>;
  if (free) {
    return (
      <div className="space-y-5">
        <h2 className="text-xl">{t('howPaid')}</h2>
        <Notice tone="info">{t('freePlan')}</Notice>
        {emailField}
        <CouponField prices={prices} />
      </div>
    );
  }
  const parse = (text: string): string | null => {
    if (cash === null) return null;
    try {
      return parseMoney(text, cash.currency).minor.toString();
    } catch {
      return null;
    }
  };
  const options = [
    ...(cash === null ? [] : [{ value: 'cash', label: t('cash'), end: formats.money(cash), disabled: noCash !== null, help: noCash ?? t('cashHelp') }]),
    ...(card === null ? [] : [{ value: 'pay_link', label: t('payLink'), end: formats.money(card), help: t('payLinkHelp') }]),
    ...(transfer === null ? [] : [{ value: 'bank_transfer', label: t('transfer'), end: formats.money(transfer), help: t('transferHelp') }]),
  ];
  return (
    <div className="space-y-5">
      {failure === null || failure === undefined ? null : <Notice tone="warning" live>{errorText(failure)}</Notice>}
      <InstalmentsField price={prices.chosen ?? prices.cash ?? prices.card} />
      <Field group question label={t('howPaid')} error={errorText(errors.payment)}>
        <RadioCards value={payment} onValueChange={(value) => setValue('payment', enrolPayments.find((one) => one === value) ?? 'pay_link')} options={options} />
      </Field>
      {payment === 'cash' && inHand !== null ? (
        <Field id="tendered" label={t('counted')} help={t('countedHelp', { amount: formats.money(inHand) })} error={errorText(errors.tendered)}>
          <MoneyInput currency={inHand.currency} value={tendered || null} onValueChange={(minor) => setValue('tendered', minor ?? '')} parse={parse} format={(minor) => amountText(money(BigInt(minor), inHand.currency), formats.locale)} />
        </Field>
      ) : null}
      {payment === 'pay_link' ? emailField : null}
      <CouponField prices={prices} />
      {payment === '' ? null : <PriceLines price={prices.chosen} />}
    </div>
  );
}
