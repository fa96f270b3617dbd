'use client';
import { formatPhone } from '@interdomestik/rules/people';
import { Checkbox, Dialog, Field, KeyValue, Prose, Skeleton, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import { useWord } from '../../_parts/use-word';
import type { EnrolPrice } from './enrol-price';
import type { EnrolForm, LegalText, LegalTexts, SellablePlan, Step } from './fields';
import { PriceLines } from './price-lines';

/** Everything once more before it is done, and what the member agrees to. */
export function CheckStep({ plan, price, texts, hrefOf }: { plan: SellablePlan; price: EnrolPrice | undefined; texts: LegalTexts; hrefOf: (step: Step) => string }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const errorText = useErrorText();
  const [reading, setReading] = useState<LegalText | null>(null);
  const { register, getValues, formState: { errors } } = useFormContext<EnrolForm>();
  const form = getValues();
  const method = form.payment === '' ? 'pay_link' : form.payment;
  const change = (step: Step) => <TextLink href={hrefOf(step)}>{c('actions.change')}</TextLink>;
  const consent = (key: 'terms' | 'privacy', text: LegalText) => (
    <Field group label={text.title} error={errorText(errors[key])}>
      <Checkbox label={t('accepts')} {...register(key)} />
      <button type="button" className="rounded-small text-accent underline underline-offset-3" onClick={() => setReading(text)}>{t('read', { title: text.title })}</button>
    </Field>
  );
  return (
    <div className="space-y-6">
      <h2 className="text-xl">{t('checkAll')}</h2>
      <KeyValue
        className="border-y"
        items={[
          { label: c('fields.plan'), value: plan.title, action: change('plan') },
          { label: c('fields.period'), value: price === undefined ? <Skeleton className="w-40" /> : <span className="figures">{method === 'cash' ? c('dates.range', { start: formats.day(price.startsOn), end: formats.lastDay(price.endsOn) }) : t('fromPayment', { months: price.periodMonths })}</span> },
          { label: c('fields.paymentMethod'), value: method === 'cash' ? t('cash') : price?.total.minor === 0n ? word('paymentMethods', 'free') : method === 'bank_transfer' ? t('transfer') : word('paymentMethods', 'pay_link'), action: change('payment') },
          { label: c('fields.name'), value: `${form.firstName} ${form.lastName}`, action: change('person') },
          ...(form.personalNumber === '' ? [] : [{ label: c('fields.personalNumber'), value: <span className="figures">{form.personalNumber}</span> }]),
          { label: c('fields.phone'), value: <span className="figures">{formatPhone(form.phone)}</span> },
          { label: c('fields.email'), value: form.email || '–' },
          ...(form.address || form.city ? [{ label: c('fields.address'), value: [form.address, form.city].filter(Boolean).join(', ') }] : []),
          { label: c('fields.language'), value: word('languages', form.locale) },
        ]}
      />
      <PriceLines price={price} />
      <div className="space-y-4">
        <p className="font-semibold">{t('memberAgrees')}</p>
        {consent('terms', texts.terms)}
        {consent('privacy', texts.privacy)}
        <Checkbox label={t('marketing')} help={texts.marketing.body} {...register('marketing')} />
      </div>
      <Dialog open={reading !== null} onOpenChange={() => setReading(null)} wide title={reading?.title ?? ''}>{reading === null ? null : <Prose text={reading.body} level={3} />}</Dialog>
    </div>
  );
}
