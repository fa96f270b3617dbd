'use client';
import { money, parseMoney } from '@interdomestik/rules/money';
import { Field, Input, MoneyInput, Notice, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { amountText } from '../../_parts/formats';
import { useFormats } from '../../_parts/use-formats';
import { isFree, type EnrolForm, type SellablePlan } from './fields';

/** How it is paid: cash that is counted now, or a link that the member pays by card. */
export function PaymentStep({ plan, takesCash }: { plan: SellablePlan; takesCash: boolean }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.fields');
  const formats = useFormats();
  const errorText = useErrorText();
  const { register, watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  const payment = watch('payment');
  const tendered = watch('tendered');
  const cash = takesCash ? plan.cash : null;
  const free = isFree(plan);
  const quote = trpc.enrolments.quote.useQuery({ planCode: plan.code, method: 'cash' }, { enabled: cash !== null && !free });
  const overLimit = quote.data?.withinCashLimit === false;
  const emailField = <Field id="email" label={c('email')} help={t('linkGoesTo')} error={errorText(errors.email)}><Input type="email" autoCapitalize="none" autoComplete="off" {...register('email')} /></Field>;
  if (free) {
    return (
      <div className="space-y-5">
        <h2 className="text-xl">{t('howPaid')}</h2>
        <Notice tone="info">{t('freePlan')}</Notice>
        {emailField}
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
    ...(cash === null ? [] : [{ value: 'cash', label: t('cash'), end: formats.money(cash), disabled: overLimit, help: overLimit ? errorText('errors.cash.limit') : t('cashHelp') }]),
    ...(plan.card === null ? [] : [{ value: 'pay_link', label: t('payLink'), end: formats.money(plan.card), help: t('payLinkHelp') }]),
  ];
  return (
    <div className="space-y-5">
      <Field group question label={t('howPaid')} error={errorText(errors.payment)}>
        <RadioCards value={payment} onValueChange={(value) => setValue('payment', value === 'cash' ? 'cash' : 'pay_link')} options={options} />
      </Field>
      {payment === 'cash' && cash !== null ? (
        <Field id="tendered" label={t('counted')} help={t('countedHelp', { amount: formats.money(cash) })} error={errorText(errors.tendered)}>
          <MoneyInput currency={cash.currency} value={tendered || null} onValueChange={(minor) => setValue('tendered', minor ?? '')} parse={parse} format={(minor) => amountText(money(BigInt(minor), cash.currency), formats.locale)} />
        </Field>
      ) : null}
      {payment === 'pay_link' ? emailField : null}
    </div>
  );
}
