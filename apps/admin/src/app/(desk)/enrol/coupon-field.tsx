'use client';
import { Button, Field, Input } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { EnrolPrices } from './enrol-price';
import type { EnrolForm } from './fields';

/** A coupon, out of the way for who has none. It counts only once the server has accepted it. */
export function CouponField({ prices }: { prices: EnrolPrices }) {
  const t = useTranslations('admin.enrol');
  const errorText = useErrorText();
  const { watch, setValue, setError, clearErrors, formState: { errors } } = useFormContext<EnrolForm>();
  const applied = watch('coupon');
  const [typed, setTyped] = useState(applied);
  const [busy, setBusy] = useState(false);
  const used = prices.chosen ?? prices.cash ?? prices.card;
  const help = applied === '' || used === undefined ? undefined : used.couponUsed ? t('couponApplied') : t('couponWeaker');
  const apply = async () => {
    const code = typed.trim().toUpperCase();
    clearErrors('coupon');
    setBusy(true);
    try {
      if (code !== '') await prices.tryCoupon(code);
      setValue('coupon', code);
    } catch (error) {
      setValue('coupon', '');
      setError('coupon', { type: 'server', message: fieldErrors(error)['couponCode'] ?? 'errors.unexpected' });
    }
    setBusy(false);
  };
  return (
    <details className="group" open={applied !== '' || errors.coupon !== undefined ? true : undefined}>
      <summary className="inline-flex min-h-control items-center rounded-small font-semibold text-accent underline-offset-3 hover:underline">{t('haveCoupon')}</summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Field id="coupon" label={t('coupon')} help={help} error={errorText(errors.coupon)}>
          <Input
            chars={16} autoComplete="off" autoCapitalize="characters" spellCheck={false} className="figures uppercase" value={typed} onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); void apply(); } }}
          />
        </Field>
        <Button type="button" variant="secondary" loading={busy} onClick={() => void apply()}>{t('applyCoupon')}</Button>
      </div>
    </details>
  );
}
