import { DateText, Timeline, type TimelineItem } from '@interdomestik/ui';
import { claimStatuses } from '@interdomestik/rules';
import { getTranslations } from 'next-intl/server';
import { show } from '~/server/show';
import type { Outputs } from '~/trpc/outputs';

type Event = Outputs['claims']['get']['events'][number];

const toneOf = ({ kind, toStatus }: Event): NonNullable<TimelineItem['tone']> =>
  kind !== 'status' ? 'plain' : toStatus === 'resolved' ? 'success' : toStatus === 'rejected' ? 'danger' : 'accent';

// i18n-keys: common.statuses.claim.*
/** What happened to a claim, newest first. */
export async function ClaimStory({ events }: { events: readonly Event[] }) {
  const [t, common, f] = await Promise.all([getTranslations('member.claims'), getTranslations('common'), show()]);
  const titleOf = ({ kind, toStatus, note }: Event): string => {
    const status = claimStatuses.find((candidate) => candidate === toStatus);
    if (kind === 'status' && status !== undefined) return status === 'submitted' ? t('event.submitted') : t('event.status', { stage: common(`statuses.claim.${status}`) });
    if (kind === 'document') return t('event.document', { name: note ?? '' });
    if (kind === 'note') return t('event.note');
    return kind === 'assigned' ? t('event.assigned') : t('event.created');
  };
  const items = events.toReversed().map((event): TimelineItem => ({
    id: event.id, title: titleOf(event), tone: toneOf(event), time: <DateText iso={event.createdAt.toISOString()}>{f.moment(event.createdAt)}</DateText>,
    by: event.by === 'system' ? undefined : t(event.by === 'member' ? 'by.member' : 'by.staff'),
    ...(event.kind !== 'document' && event.note !== null && event.note !== '' ? { children: <p className="whitespace-pre-line">{event.note}</p> } : {}),
  }));
  return <Timeline items={items} />;
}
