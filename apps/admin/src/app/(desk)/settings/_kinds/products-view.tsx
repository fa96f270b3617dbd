import { planView } from '@interdomestik/rules/products';
import type { ProductsRule } from '@interdomestik/rules/rule-sets';
import { Badge, Card, KeyValue } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Say } from './sayer';

type Plan = ProductsRule['plans'][number];

/** What is sold, for how much, and what it covers. */
export function ProductsView({ rule, say }: { rule: ProductsRule; say: Say }) {
  const t = useTranslations('admin.settings.products');
  const words = useTranslations('products');
  return (
    <div className="space-y-4">
      <div className="grid gap-4 xl:grid-cols-2">{rule.plans.toSorted((a, b) => a.sort - b.sort).map((plan) => <PlanCard key={plan.code} plan={plan} say={say} />)}</div>
      <Card title={t('terms')}>
        <KeyValue
          items={[
            { label: t('refundWindow'), value: say.unit('day', rule.refundWindowDays) },
            { label: words('refundClaims'), value: say.words('common.statuses.claim', rule.refunds.blockedBy) },
            // i18n-keys: products.refundNobody, products.refundBranch, products.refundAtOnce
            { label: words('refundAsking'), value: words(({ nobody: 'refundNobody', branch: 'refundBranch', at_once: 'refundAtOnce' } as const)[rule.refunds.asking]) },
            { label: words('refundPart'), value: say.formats.percent(rule.refunds.partUpToBp) },
            { label: t('grace'), value: say.unit('day', rule.graceDays) },
            { label: t('reminders'), value: rule.graceReminders },
            { label: t('pause'), value: say.unit('day', rule.pause.daysPerYear) },
          ]}
        />
      </Card>
    </div>
  );
}

function PlanCard({ plan, say }: { plan: Plan; say: Say }) {
  const t = useTranslations('admin.settings.products');
  const view = planView(plan, say.formats.locale);
  const { successFee: fee } = plan;
  return (
    <Card title={view.title} level={3} action={plan.visible ? undefined : <Badge>{t('hidden')}</Badge>}>
      <p className="mb-2 text-ink-muted">{view.summary}</p>
      <KeyValue
        items={[
          { label: t('price'), value: view.quoted ? t('quoted') : t('perMonths', { price: plan.prices.map(say.formats.money).join(' / '), months: plan.periodMonths }) },
          { label: t('covers'), value: view.covers },
          { label: t('matters'), value: plan.mattersPerYear ?? t('quoted') },
          {
            label: t('successFee'),
            value: fee === null ? '–' : (
              <>
                {t('feeText', { percent: say.formats.percent(fee.percentBp), minimum: fee.minimums.map(say.formats.money).join(' / ') })}
                {fee.capBp === null ? null : <span className="block text-note text-ink-muted">{t('feeCap', { percent: say.formats.percent(fee.capBp) })}</span>}
              </>
            ),
          },
          { label: t('sold'), value: say.words('admin.settings.channels', plan.channels) },
        ]}
      />
    </Card>
  );
}
