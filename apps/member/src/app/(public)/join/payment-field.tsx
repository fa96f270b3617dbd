'use client';
import { buyerPayments } from '@interdomestik/rules/members';
import { Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Controller, useFormContext } from 'react-hook-form';
import { idOf } from '~/lib/form-problems';
import { useErrorText } from '~/trpc/errors';
import type { JoinProps, JoinValues } from './join-form';

// i18n-keys: member.join.ways.*
/** By card at once, or by transfer with a payment slip; nothing where there is one way only. */
export function PaymentField({ ways }: Pick<JoinProps, 'ways'>) {
  const t = useTranslations('member.join');
  const errorText = useErrorText();
  const { control, setValue } = useFormContext<JoinValues>();
  if (ways.length < 2) return null;
  return (
    <Controller
      control={control}
      name="payment"
      render={({ field, fieldState }) => (
        <Field group id={idOf('payment')} label={t('howToPay')} error={errorText(fieldState.error)}>
          <RadioCards
            name="payment"
            value={field.value ?? ways[0] ?? 'card'}
            onValueChange={(value) => {
              const chosen = buyerPayments.find((one) => one === value) ?? 'card';
              field.onChange(chosen);
              if (chosen === 'bank_transfer') setValue('instalmentsCode', undefined);
            }}
            options={ways.map((way) => ({ value: way, label: t(`ways.${way}`), help: t(`ways.${way}_help`) }))}
          />
        </Field>
      )}
    />
  );
}
