'use client';
import { Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Controller, useFormContext } from 'react-hook-form';
import { idOf } from '~/lib/form-problems';
import { useShow } from '~/lib/use-show';
import { useErrorText } from '~/trpc/errors';
import type { JoinValues } from './join-form';
import type { JoinPrice } from './join-price';

/** All at once, or in which parts, each in plain words; nothing where the plan has no parts. */
export function InstalmentsField({ price }: { price: JoinPrice | undefined }) {
  const t = useTranslations('common.instalments');
  const show = useShow();
  const errorText = useErrorText();
  const { control } = useFormContext<JoinValues>();
  if (price === undefined || price.instalmentPlans.length === 0) return null;
  const options = price.instalmentPlans.flatMap(({ code, title, total, surcharge, parts }) => {
    const [first, second] = parts;
    const last = parts.at(-1);
    if (first === undefined || second === undefined || last === undefined) return [];
    const said = t('choice', { first: show.money(first.amount), count: parts.length - 1, each: show.money(second.amount), date: show.day(last.dueOn) });
    return [{ value: code, label: title, end: show.money(total), help: surcharge === null ? said : `${said} ${t('surcharge', { amount: show.money(surcharge) })}` }];
  });
  return (
    <Controller
      control={control}
      name="instalmentsCode"
      render={({ field, fieldState }) => (
        <Field group id={idOf('instalmentsCode')} label={t('question')} error={errorText(fieldState.error)}>
          <RadioCards name="instalmentsCode" value={field.value ?? 'once'} onValueChange={(value) => field.onChange(value === 'once' ? undefined : value)} options={[{ value: 'once', label: t('atOnce') }, ...options]} />
        </Field>
      )}
    />
  );
}
