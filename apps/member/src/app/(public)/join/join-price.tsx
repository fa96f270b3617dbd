'use client';
import { parsePersonalNumber } from '@interdomestik/rules/people';
import type { Country } from '@interdomestik/rules/country-packs';
import { Button, Field, Input, KeyValue, Skeleton, SumList } from '@interdomestik/ui';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormContext, useWatch, type UseFormReturn } from 'react-hook-form';
import type { z } from 'zod';
import type { joinInputFor } from '@interdomestik/rules/members';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import { fieldErrors, useErrorText } from '~/trpc/errors';
import type { Inputs, Outputs } from '~/trpc/outputs';
import type { JoinValues } from './join-form';

/** Words that change the price, once the server has accepted them. */
export interface Codes {
  readonly couponCode: string;
  readonly referralCode: string;
}

export type JoinPrice = Outputs['plans']['quote'];

/** The birth date that was typed, or that the personal number carries. */
function bornOn(country: Country, { birthDate, personalNumber }: { birthDate?: string | undefined; personalNumber?: string | undefined }): string | undefined {
  if (birthDate !== undefined && birthDate !== '') return birthDate;
  try {
    return parsePersonalNumber(country, personalNumber ?? '').birthDate;
  } catch {
    return undefined;
  }
}

type JoinForm = UseFormReturn<JoinValues, unknown, z.output<ReturnType<typeof joinInputFor>>>;
const asCode = (text: string | undefined): string => (text ?? '').trim().toUpperCase();

/** The price of what is chosen so far, made by the server, with the codes that it has accepted. */
export function useJoinPrice(country: Country, form: JoinForm, ready: boolean) {
  const values = useWatch({ control: form.control });
  const utils = trpc.useUtils();
  const { defaultValues } = form.formState;
  const [chosen, setChosen] = useState<Codes | null>(null);
  // until others are applied: the code that came with the link, or what was typed before a reload
  const wished = chosen ?? { couponCode: asCode(defaultValues?.couponCode), referralCode: asCode(defaultValues?.referralCode) };
  const about = (more: Codes): Inputs['plans']['quote'] => ({
    planCode: values.planCode ?? '', people: values.people ?? 1, addons: (values.addons ?? []).filter((code) => code !== undefined), birthDate: bornOn(country, values), locale: values.locale, instalmentsCode: values.instalmentsCode, payment: values.payment, ...more,
  });
  const options = { placeholderData: keepPreviousData, retry: false, meta: { quiet: true } } as const;
  const known = ready && (values.planCode ?? '') !== '';
  const asked = trpc.plans.quote.useQuery(about(wished), { ...options, enabled: known });
  // a code that is refused takes nothing off; what is said of it stands beside its field when the form is sent
  const refused = fieldErrors(asked.error);
  const codes = { couponCode: refused['couponCode'] === undefined ? wished.couponCode : '', referralCode: refused['referralCode'] === undefined ? wished.referralCode : '' };
  const isRefused = codes.couponCode !== wished.couponCode || codes.referralCode !== wished.referralCode;
  const without = trpc.plans.quote.useQuery(about(codes), { ...options, enabled: known && isRefused });
  const query = isRefused ? without : asked;
  return {
    price: query.data, failure: query.error, codes, refetch: () => utils.plans.quote.invalidate(),
    /** Takes other codes, when the server accepts them, and gives the price with them; throws its refusal. */
    apply: async (typed: Codes): Promise<JoinPrice> => {
      const next = { couponCode: asCode(typed.couponCode), referralCode: asCode(typed.referralCode) };
      const price = await utils.plans.quote.fetch(about(next), { retry: false });
      setChosen(next);
      return price;
    },
  };
}

/** The lines of the price with total, VAT and period. */
export function PriceLines({ price }: { price: JoinPrice | undefined }) {
  const t = useTranslations('member.join');
  const common = useTranslations('common');
  const parts = useTranslations('common.instalments');
  const show = useShow();
  if (price === undefined) return <Skeleton className="h-16 w-full" />;
  const { lines, total, vat, vatRateBp, periodMonths, instalments, now } = price;
  return (
    <div aria-live="polite">
      <SumList
        lines={lines.map(({ title, amount }) => ({ label: title, amount: show.money(amount), off: amount.minor < 0n }))}
        total={{ label: common('fields.total'), amount: show.money(total) }}
        note={t('priceNote', { months: periodMonths, rate: show.percent(vatRateBp), vat: show.money(vat) })}
      />
      {instalments.length === 0 ? null : (
        <KeyValue
          className="mt-4 border-y"
          items={[
            { label: parts('dueNow'), value: <span className="figures font-semibold">{show.money(now)}</span> },
            ...instalments.slice(1).map(({ number, dueOn, amount }) => ({ label: parts('part', { number, parts: instalments.length }), value: <span className="figures">{show.money(amount)}, {parts('dueOn', { date: show.day(dueOn) })}</span> })),
          ]}
        />
      )}
    </div>
  );
}

interface CouponProps {
  readonly applied: string;
  readonly used: boolean;
  /** Throws the refusal of a coupon that cannot be used. */
  readonly onApply: (code: string) => Promise<unknown>;
}

/** A coupon, out of the way for those who have none. It counts only after the server has accepted it. */
export function CouponField({ applied, used, onApply }: CouponProps) {
  const t = useTranslations('member.join');
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const { register, getValues, setError, clearErrors, formState: { errors } } = useFormContext<JoinValues>();
  const apply = async () => {
    clearErrors('couponCode');
    setBusy(true);
    await onApply((getValues('couponCode') ?? '').trim()).catch((error: unknown) => setError('couponCode', { type: 'server', message: fieldErrors(error)['couponCode'] ?? 'errors.unexpected' }));
    setBusy(false);
  };
  return (
    <details className="group" open={applied !== '' || errors.couponCode !== undefined ? true : undefined}>
      <summary className="inline-flex min-h-control items-center rounded-small font-semibold text-accent underline-offset-3 hover:underline">{t('haveCoupon')}</summary>
      <div className="mt-2">
        <Field id="couponCode" label={t('coupon')} help={applied === '' ? undefined : used ? t('couponApplied') : t('couponWeaker')} error={errorText(errors.couponCode)}>
          <Input chars={16} autoComplete="off" autoCapitalize="characters" spellCheck={false} className="uppercase" {...register('couponCode')} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); void apply(); } }} />
        </Field>
        <Button type="button" variant="secondary" className="mt-3" loading={busy} onClick={() => void apply()}>{t('applyCoupon')}</Button>
      </div>
    </details>
  );
}
