'use client';
import { Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import type { EnrolPrice } from './enrol-price';
import type { EnrolForm } from './fields';

/** All at once, or in which parts, each in plain words; nothing where the sale has no parts. Stands before the way to pay, because a part may be taken in cash where the whole may not. */
export function InstalmentsField({ price }: { price: EnrolPrice | undefined }) {
  const t = useTranslations('common.instalments');
  const formats = useFormats();
  const errorText = useErrorText();
  const { watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  if (price === undefined || price.instalmentPlans.length === 0) return null;
  const options = price.instalmentPlans.flatMap(({ code, title, total, surcharge, parts }) => {
    const [first, second] = parts;
    const last = parts.at(-1);
    if (first === undefined || second === undefined || last === undefined) return [];
    const said = t('choice', { first: formats.money(first.amount), count: parts.length - 1, each: formats.money(second.amount), date: formats.day(last.dueOn) });
    return [{ value: code, label: title, end: formats.money(total), help: surcharge === null ? said : `${said} ${t('surcharge', { amount: formats.money(surcharge) })}` }];
  });
  const choose = (value: string) => {
    setValue('instalments', value === 'once' ? '' : value);
    // another amount is to be counted
    setValue('tendered', '');
  };
  return (
    <Field group id="instalments" label={t('question')} error={errorText(errors.instalments)}>
      <RadioCards value={watch('instalments') || 'once'} onValueChange={choose} options={[{ value: 'once', label: t('atOnce') }, ...options]} />
    </Field>
  );
}
