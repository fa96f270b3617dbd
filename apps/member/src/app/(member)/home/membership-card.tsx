import { ButtonLink, Card, Status, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { WhyPrice } from '~/components/why-price';
import { membershipLook } from '~/lib/tones';
import { show } from '~/server/show';
import type { Outputs } from '~/trpc/outputs';
import { LeaveMembership } from './leave-membership';
import { PauseMembership } from './pause-membership';

type Mine = Outputs['memberships']['mine'];
type Renewal = Outputs['memberships']['renewal'];

/** The membership in words: how it stands, until when, whom it covers, and where its price comes from. */
export async function MembershipCard({ membership, history, renewal, leaving, pausing, canGrow }: {
  membership: NonNullable<Mine['current']>; history: Mine['history']; renewal: Renewal; leaving: Outputs['memberships']['leaving'] | null; pausing: Outputs['memberships']['pausing'] | null;
  /** A bigger plan is there to change to. */
  canGrow: boolean;
}) {
  const [t, renew, upgrade, pause, common, f] = await Promise.all([getTranslations('member.home'), getTranslations('member.renew'), getTranslations('member.upgrade'), getTranslations('common.pause'), getTranslations('common'), show()]);
  const { status, endsOn, price, people } = membership;
  const until = endsOn === null ? null : f.lastDay(endsOn);
  const words = until === null ? (status === 'pending' ? t('pendingWords') : t('neverWords'))
    : status === 'active' ? t('activeUntil', { until })
      : status === 'past_due' ? t('pastDueWords', { until })
        : status === 'canceled' ? t('canceledWords', { until })
          : status === 'paused' ? (pausing?.paused == null ? t('pausedWords') : pause('until', { until: f.lastDay(pausing.paused.until) }))
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
      {renewal.kind === 'renewed' ? <p className="mt-1 text-ink-muted">{renew('renewedTitle')}: <span className="figures">{common('dates.range', { start: f.day(renewal.period.start), end: f.lastDay(renewal.period.end) })}</span></p> : null}
      {/* near its end it is what this page is for; before, it is only to be found */}
      {renewal.kind === 'offer' || renewal.kind === 'assisted' ? (
        renewal.kind === 'offer' && renewal.near ? <ButtonLink className="mt-4" href="/renew">{renew('link')}</ButtonLink> : <p className="mt-3"><TextLink kind="standalone" href="/renew">{renew('link')}</TextLink></p>
      ) : null}
      {canGrow ? <p className="mt-1"><TextLink kind="standalone" href="/upgrade">{upgrade('link')}</TextLink></p> : null}
      {pausing === null ? null : <PauseMembership membershipId={membership.id} pausing={pausing} />}
      {leaving === null || until === null ? null : <LeaveMembership membershipId={membership.id} until={until} leaving={leaving} />}
      {price.minor > 0n ? <WhyPrice membershipId={membership.id} /> : null}
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
