'use client';
import { EmptyState, Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import type { EnrolForm, SellablePlan } from './fields';
import { PlanExtras } from './plan-extras';

/** Which plan: only those that this seller may sell, with what each costs. */
export function PlanStep({ plans }: { plans: readonly SellablePlan[] }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.units');
  const formats = useFormats();
  const errorText = useErrorText();
  const { watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  if (plans.length === 0) return <EmptyState title={t('noPlans')}>{t('noPlansHelp')}</EmptyState>;
  const prices = (plan: SellablePlan): string => [...new Set([plan.cash, plan.card].filter((price) => price !== null).map(formats.money))].join(' / ');
  const chosen = plans.find(({ code }) => code === watch('planCode'));
  const choose = (code: string) => {
    const plan = plans.find((one) => one.code === code);
    setValue('planCode', code);
    // another plan may not have what was chosen beside the one before
    setValue('addons', watch('addons').filter((addon) => plan?.addons.some((one) => one.code === addon) === true));
    setValue('people', plan?.includedPeople ?? 1);
    setValue('instalments', '');
  };
  return (
    <>
    <Field group question label={t('whichPlan')} error={errorText(errors.planCode)}>
      <RadioCards
        value={watch('planCode')}
        onValueChange={choose}
        options={plans.map((plan) => ({
          value: plan.code, label: plan.title, end: prices(plan),
          help: <>{plan.tagline} <span className="block">{[plan.covers, c('month', { count: plan.periodMonths }), c('taxIncluded')].join(' · ')}</span></>,
        }))}
      />
    </Field>
    {chosen === undefined ? null : <PlanExtras plan={chosen} />}
    </>
  );
}
