'use client';
import { Notice, SkeletonText, TextLink, Timeline, type TimelineItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { TrailLink } from '../../_parts/trail-link';
import { useWord } from '../../_parts/use-word';
import { useFormats } from '../../_parts/use-formats';
import { Moment } from '../../_parts/values';
import type { MemberDetails } from './member-story';

interface Happening {
  readonly at: Date;
  readonly item: Omit<TimelineItem, 'time'>;
}

/** What happened to a member, newest first: from the records, and from the audit trail for those who may read it. */
export function MemberTimeline({ member, plans, audit }: { member: MemberDetails; plans: Readonly<Record<string, string>>; audit: boolean }) {
  const t = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const formats = useFormats();
  const trail = trpc.audit.list.useQuery({ limit: 30, filters: { entity: 'user', entityId: member.id } }, { enabled: audit });
  const found: Happening[] = [
    { at: member.createdAt, item: { id: 'created', title: t('wasAdded'), by: member.agentName ?? undefined, tone: 'accent' } },
    ...member.memberships.map((row): Happening => ({ at: row.createdAt, item: { id: row.id, title: t('tookPlan', { plan: plans[row.planCode] ?? row.planCode }), by: word('channels', row.channel) } })),
    ...member.payments.filter((row) => row.paidAt !== null).map((row): Happening => ({ at: row.paidAt ?? row.createdAt, item: { id: row.id, title: t('paid', { amount: formats.money(row.amount) }), by: word('paymentMethods', row.method), tone: 'success' } })),
    ...member.claims.filter((row) => row.submittedAt !== null).map((row): Happening => ({ at: row.submittedAt ?? row.createdAt, item: { id: row.id, title: <TextLink href={`/claims?open=${row.id}`}>{t('claimed', { number: row.code ?? '' })}</TextLink>, by: word('claimCategories', row.category) } })),
    ...(trail.data?.items ?? []).filter((row) => row.operation === 'UPDATE').map((row): Happening => ({ at: row.happenedAt, item: { id: row.id, title: t('changed'), by: row.actorName ?? undefined } })),
  ];
  const items = found.toSorted((a, b) => b.at.getTime() - a.at.getTime()).map(({ at, item }): TimelineItem => ({ ...item, time: <Moment value={at} /> }));
  return (
    <>
      {audit && trail.isPending ? <SkeletonText lines={2} label={c('uiWords.loading')} className="mb-4" /> : null}
      {trail.isError ? <Notice tone="warning" className="mb-4">{t('trailMissing')}</Notice> : null}
      <Timeline items={items} />
      {audit ? <TrailLink id={member.id} /> : null}
    </>
  );
}
