import { Card, Status, SumList, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { membershipLook } from '@/lib/tones';
import { caller } from '@/server/caller';
import { show } from '@/server/show';
import type { Outputs } from '@/trpc/outputs';

type Mine = Outputs['memberships']['mine'];

/** The membership in words: how it stands, until when, whom it covers, and where its price comes from. */
export async function MembershipCard({ membership, history }: { membership: NonNullable<Mine['current']>; history: Mine['history'] }) {
  const [t, common, f] = await Promise.all([getTranslations('member.home'), getTranslations('common'), show()]);
  const { status, endsOn, price, people } = membership;
  const until = endsOn === null ? null : f.lastDay(endsOn);
  const words = until === null ? (status === 'pending' ? t('pendingWords') : t('neverWords'))
    : status === 'active' ? t('activeUntil', { until })
      : status === 'past_due' ? t('pastDueWords', { until })
        : status === 'canceled' ? t('canceledWords', { until })
          : status === 'paused' ? t('pausedWords')
            : status === 'pending' ? t('pendingWords') : t('endedWords', { until });
  return (
    <Card title={t('membershipTitle')} action={until === null ? undefined : <TextLink kind="standalone" href="/card">{t('seeCard')}</TextLink>}>
      {/* i18n-keys: common.statuses.membership.* */}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-lg font-semibold">{membership.planTitle}</span>
        <Status {...membershipLook[status]}>{common(`statuses.membership.${status}`)}</Status>
      </p>
      <p className="mt-1 text-ink-muted">{words}</p>
      {people.length > 0 ? <p className="mt-1 text-ink-muted">{t('covers', { names: people.map(({ firstName }) => firstName).join(', ') })}</p> : null}
      {price.minor > 0n ? (
        <details className="group mt-3">
          <summary className="inline-flex min-h-control items-center rounded-small font-semibold text-accent underline-offset-3 hover:underline">{t('whyPrice')}</summary>
          <WhyPrice id={membership.id} />
        </details>
      ) : null}
      {history.length > 0 ? (
        <details className="mt-1">
          <summary className="inline-flex min-h-control items-center rounded-small font-semibold text-accent underline-offset-3 hover:underline">{t('historyTitle')}</summary>
          <ul className="space-y-1 text-note text-ink-muted">
            {history.map((one) => (
              <li key={one.id} className="figures">
                {one.planTitle} · {one.startsOn === null || one.endsOn === null ? common(`statuses.membership.${one.status}`) : common('dates.range', { start: f.day(one.startsOn), end: f.lastDay(one.endsOn) })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

/** What the price is made of and how it came about, as the rule decided it at the sale. */
async function WhyPrice({ id }: { id: string }) {
  const [t, common, f, why] = await Promise.all([getTranslations('member.home'), getTranslations('common.fields'), show(), (await caller()).memberships.whyPrice({ id })]);
  return (
    <div className="max-w-prose space-y-3">
      <SumList
        lines={why.lines.map(({ title, amount }) => ({ label: title, amount: f.money(amount), off: amount.minor < 0n }))}
        total={{ label: common('total'), amount: f.money(why.price) }}
        note={t('wholePeriod')}
      />
      {why.steps.length === 0 ? null : <ul className="list-disc space-y-1 pl-5 text-note text-ink-muted">{why.steps.map((step) => <li key={step}>{step}</li>)}</ul>}
      {why.rule === null ? null : <p className="text-note text-ink-muted">{t('whyRule', { version: why.rule.version })}</p>}
    </div>
  );
}
