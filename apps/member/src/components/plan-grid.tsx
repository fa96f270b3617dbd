import { ButtonLink, Section } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { PlanCard, type Plan } from './plan-card';

/** All plans: those one joins alone, those paid at a desk until the country takes cards, then those sold with an adviser. */
export async function PlanGrid({ plans, support, referral }: { plans: readonly Plan[]; support: { phone: string; email: string }; referral?: string | undefined }) {
  const t = await getTranslations('member.plans');
  const alone = plans.filter((plan) => plan.selfService);
  const atDesk = plans.filter((plan) => plan.awaitsCard);
  const assisted = plans.filter((plan) => !plan.selfService && !plan.awaitsCard);
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
      {atDesk.length > 0 ? (
        <Section title={t('atDeskTitle')} help={t('atDeskHelp', { phone: support.phone })} className="mt-12">
          <ul className="grid gap-4 md:grid-cols-3">
            {atDesk.map((plan) => (
              <li key={plan.code}>
                <PlanCard plan={plan} level={3} action={<ButtonLink wide variant="secondary" href={`tel:${support.phone.replaceAll(/\s/gu, '')}`}>{t('call', { phone: support.phone })}</ButtonLink>} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
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
