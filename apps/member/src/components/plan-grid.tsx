import { ButtonLink, Section } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { PlanCard, type Plan } from './plan-card';

/** All plans: those one joins alone, then those sold with an adviser. */
export async function PlanGrid({ plans, support, referral }: { plans: readonly Plan[]; support: { phone: string; email: string }; referral?: string | undefined }) {
  const t = await getTranslations('member.plans');
  const alone = plans.filter((plan) => plan.selfService);
  const assisted = plans.filter((plan) => !plan.selfService);
  const ref = referral === undefined ? '' : `&ref=${encodeURIComponent(referral)}`;
  return (
    <>
      <ul className="grid gap-4 md:grid-cols-3">
        {alone.map((plan) => (
          <li key={plan.code}>
            <PlanCard plan={plan} level={3} action={<ButtonLink wide variant="secondary" href={`/join?plan=${plan.code}${ref}`}>{t('choose', { plan: plan.title })}</ButtonLink>} />
          </li>
        ))}
      </ul>
      {assisted.length > 0 ? (
        <Section title={t('assistedTitle')} help={t('assistedHelp', { phone: support.phone })} className="mt-12">
          <ul className="grid gap-4 md:grid-cols-2">
            {assisted.map((plan) => (
              <li key={plan.code}>
                <PlanCard plan={plan} level={3} action={<ButtonLink wide variant="secondary" href={`mailto:${support.email}?subject=${encodeURIComponent(plan.title)}`}>{t('ask')}</ButtonLink>} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
