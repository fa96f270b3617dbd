'use client';
import { Checkbox, Field, NativeSelect } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { Controller, useFormContext } from 'react-hook-form';
import { idOf } from '~/lib/form-problems';
import { useShow } from '~/lib/use-show';
import { useErrorText } from '~/trpc/errors';
import type { JoinValues, Plan } from './join-form';
import { PriceLines, type JoinPrice } from './join-price';

/** How many people, where they cost extra, and what is bought beside the plan. */
export function ExtrasStep({ plan, price }: { plan: Plan | undefined; price: JoinPrice | undefined }) {
  const t = useTranslations('member.join');
  const common = useTranslations('common.units');
  const show = useShow();
  const errorText = useErrorText();
  const { control, formState: { errors } } = useFormContext<JoinValues>();
  if (plan === undefined) return null;
  const { includedPeople, people: limit, perExtraPerson, addons } = plan;
  const counts = includedPeople === null ? [] : Array.from({ length: Math.max(1, (limit ?? includedPeople + 10) - includedPeople + 1) }, (_, index) => includedPeople + index);
  return (
    <>
      <h1 className="text-page">{t('extrasTitle')}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t('extrasHelp')}</p>
      <div className="space-y-8">
        {counts.length > 1 && perExtraPerson !== null ? (
          <Controller
            control={control}
            name="people"
            render={({ field }) => (
              <Field id="people" label={t('people')} help={t('peopleHelp', { included: includedPeople ?? 1, each: show.money(perExtraPerson) })} error={errorText(errors.people)}>
                <NativeSelect value={String(field.value ?? includedPeople)} onChange={(event) => field.onChange(Number(event.target.value))} options={counts.map((count) => ({ value: String(count), label: common('person', { count }) }))} />
              </Field>
            )}
          />
        ) : null}
        {addons.length === 0 ? null : (
          <Controller
            control={control}
            name="addons"
            render={({ field }) => {
              const chosen = field.value ?? [];
              return (
                <Field group id={idOf('addons')} label={t('addons')} error={errorText(errors.addons)}>
                  <div className="space-y-3">
                    {addons.map((addon) => (
                      <Checkbox
                        key={addon.code}
                        label={<>{addon.title} <span className="figures whitespace-nowrap text-ink-muted">+ {show.money(addon.price)}</span></>}
                        help={addon.summary}
                        checked={chosen.includes(addon.code)}
                        onChange={(event) => field.onChange(event.target.checked ? [...chosen, addon.code] : chosen.filter((code) => code !== addon.code))}
                      />
                    ))}
                  </div>
                </Field>
              );
            }}
          />
        )}
        <PriceLines price={price} />
      </div>
    </>
  );
}
