import { sayPlan } from '@interdomestik/i18n';
import { PlanCard as Card } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { show } from '~/server/show';
import type { Outputs } from '~/trpc/outputs';

export type Plan = Outputs['plans']['list'][number];

/** A plan with its whole price: period, tax and what is taken when money is recovered. */
export async function PlanCard({ plan, level = 3, action }: { plan: Plan; level?: 2 | 3; action?: ReactNode }) {
  const [{ locale }, t] = await Promise.all([show(), getTranslations('member.plans')]);
  return <Card {...sayPlan(plan, locale)} fullPriceLabel={t('fullPrice')} extrasTitle={t('extrasTitle')} level={level} action={action} />;
}
