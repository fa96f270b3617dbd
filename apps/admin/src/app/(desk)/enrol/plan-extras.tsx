'use client';
import { Checkbox, Field, NativeSelect } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import type { EnrolForm, SellablePlan } from './fields';

const most = 20;

/** What is bought beside the plan: people where they cost extra, and add-ons. */
export function PlanExtras({ plan }: { plan: SellablePlan }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.units');
  const formats = useFormats();
  const errorText = useErrorText();
  const { watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  const chosen = watch('addons');
  const { includedPeople, people: limit, addons } = plan;
  const counts = includedPeople === null ? [] : Array.from({ length: Math.min(most, (limit ?? includedPeople + most) - includedPeople + 1) }, (_, index) => includedPeople + index);
  if (addons.length === 0 && counts.length < 2) return null;
  const price = ({ cash, card }: (typeof addons)[number]): string => [...new Set([cash, card].filter((one) => one !== null).map(formats.money))].join(' / ');
  return (
    <div className="mt-6 space-y-5 border-t pt-5">
      {counts.length < 2 ? null : (
        <Field id="people" label={t('people')} help={t('peopleHelp', { included: includedPeople ?? 1 })} error={errorText(errors.people)}>
          <NativeSelect value={String(Math.max(watch('people'), includedPeople ?? 1))} onChange={(event) => setValue('people', Number(event.target.value))} options={counts.map((count) => ({ value: String(count), label: c('person', { count }) }))} />
        </Field>
      )}
      {addons.length === 0 ? null : (
        <Field group label={t('addons')} error={errorText(errors.addons)}>
          <div className="grid gap-x-6 sm:grid-cols-2">
            {addons.map((addon) => (
              <Checkbox
                key={addon.code}
                label={<>{addon.title} <span className="figures whitespace-nowrap text-ink-muted">+ {price(addon)}</span></>}
                help={addon.summary}
                checked={chosen.includes(addon.code)}
                onChange={(event) => setValue('addons', event.target.checked ? [...chosen, addon.code] : chosen.filter((code) => code !== addon.code))}
              />
            ))}
          </div>
        </Field>
      )}
    </div>
  );
}
