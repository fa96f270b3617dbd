import { Card } from '@interdomestik/ui';
import { Check } from '@interdomestik/ui/icons';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { show } from '@/server/show';
import type { Outputs } from '@/trpc/outputs';

export type Plan = Outputs['plans']['list'][number];

/** A plan with its whole price: period, tax and what is taken when money is recovered. */
export async function PlanCard({ plan, level = 3, action }: { plan: Plan; level?: 2 | 3; action?: ReactNode }) {
  const [t, common, f] = await Promise.all([getTranslations('member.plans'), getTranslations('common'), show()]);
  const { price, successFee } = plan;
  const period = plan.periodMonths === 12 ? common('units.perYear') : plan.periodMonths === 1 ? common('units.perMonth') : common('units.month', { count: plan.periodMonths });
  const fee = successFee === null ? null : successFee.minimum === null
    ? t('fee', { percent: f.percent(successFee.percentBp) })
    : t('feeWithMinimum', { percent: f.percent(successFee.percentBp), minimum: f.money(successFee.minimum) });
  return (
    <Card className="flex h-full flex-col [&>div]:flex [&>div]:grow [&>div]:flex-col">
      {level === 2 ? <h2 className="text-section">{plan.title}</h2> : <h3 className="text-section">{plan.title}</h3>}
      <p className="mt-1 text-note text-ink-muted">{plan.tagline}</p>
      <p className="mt-4">
        {price === null ? (
          <span className="text-xl font-bold">{t('quoted')}</span>
        ) : price.minor === 0n ? (
          <span className="text-xl font-bold">{t('free')}</span>
        ) : (
          <>
            <span className="figures text-2xl font-bold">{f.money(price)}</span>{' '}
            <span className="text-ink-muted">{period}, {common('units.taxIncluded')}</span>
          </>
        )}
      </p>
      <p className="mt-1 text-note text-ink-muted">
        {plan.covers}
        {plan.mattersPerYear !== null && plan.mattersPerYear > 0 ? ` · ${t('mattersPerYear', { count: plan.mattersPerYear })}` : ''}
      </p>
      <ul className="mt-4 space-y-2">
        {plan.benefits.map((benefit) => (
          <li key={benefit} className="flex gap-2">
            <Check className="mt-1 size-4 shrink-0 text-accent" aria-hidden="true" />
            <span>{benefit}</span>
          </li>
        ))}
      </ul>
      {fee === null ? null : <p className="mt-4 border-t pt-3 text-note text-ink-muted">{fee}</p>}
      {action ? <div className="mt-auto pt-5">{action}</div> : null}
    </Card>
  );
}
