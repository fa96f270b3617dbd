'use client';
import { EmptyState, Field, RadioCards } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormContext } from 'react-hook-form';
import { useErrorText } from '@/trpc/errors';
import { useFormats } from '../../_parts/use-formats';
import type { EnrolForm, SellablePlan } from './fields';

/** Which plan: only those that this seller may sell, with what each costs. */
export function PlanStep({ plans }: { plans: readonly SellablePlan[] }) {
  const t = useTranslations('admin.enrol');
  const c = useTranslations('common.units');
  const formats = useFormats();
  const errorText = useErrorText();
  const { watch, setValue, formState: { errors } } = useFormContext<EnrolForm>();
  if (plans.length === 0) return <EmptyState title={t('noPlans')}>{t('noPlansHelp')}</EmptyState>;
  const prices = (plan: SellablePlan): string => [...new Set([plan.cash, plan.card].filter((price) => price !== null).map(formats.money))].join(' / ');
  return (
    <Field group question label={t('whichPlan')} error={errorText(errors.planCode)}>
      <RadioCards
        value={watch('planCode')}
        onValueChange={(code) => setValue('planCode', code)}
        options={plans.map((plan) => ({
          value: plan.code, label: plan.title, end: prices(plan),
          help: <>{plan.tagline} <span className="block">{[plan.covers, c('month', { count: plan.periodMonths }), c('taxIncluded')].join(' · ')}</span></>,
        }))}
      />
    </Field>
  );
}
