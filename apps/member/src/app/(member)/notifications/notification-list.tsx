'use client';
import { Button, DateText, EmptyState, UiLink, cn } from '@interdomestik/ui';
import { Bell } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useNotificationWords } from '~/components/notification-words';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

type List = Outputs['notifications']['list'];

export function NotificationList({ first }: { first: List }) {
  const t = useTranslations('notifications.list');
  const common = useTranslations('common');
  const empty = useTranslations('member.notifications');
  const words = useNotificationWords();
  const show = useShow();
  const utils = trpc.useUtils();
  const query = trpc.notifications.list.useInfiniteQuery({ limit: 25 }, {
    initialData: { pages: [first], pageParams: [undefined] }, getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, staleTime: 0,
  });
  const mark = trpc.notifications.markRead.useMutation({ onSuccess: () => void utils.notifications.invalidate() });
  const items = query.data.pages.flatMap((page) => page.items);
  const unread = query.data.pages[0]?.unread ?? 0;
  if (items.length === 0) return <EmptyState icon={<Bell />} title={t('empty')}>{empty('emptyText')}</EmptyState>;
  return (
    <>
      {unread > 0 ? (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
          <p className="text-ink-muted">{t('unread', { count: unread })}</p>
          <Button variant="secondary" size="small" loading={mark.isPending} onClick={() => mark.mutate({})}>{t('markAllRead')}</Button>
        </div>
      ) : null}
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {items.map((item) => {
          const said = words(item);
          if (said === null) return null;
          const isNew = item.readAt === null;
          const body = (
            <>
              <span className="flex items-baseline justify-between gap-3">
                <span className={cn(isNew && 'font-semibold')}>
                  {isNew ? <span className="mr-2 inline-block size-2 rounded-full bg-accent align-middle"><span className="sr-only">{empty('new')}</span></span> : null}
                  {said.title}
                </span>
                <DateText className="text-note text-ink-muted" iso={item.createdAt.toISOString()}>{show.dayOf(item.createdAt)}</DateText>
              </span>
              <span className="mt-0.5 block text-note text-ink-muted">{said.body}</span>
            </>
          );
          const look = 'block w-full px-4 py-3 text-left first:rounded-t-card last:rounded-b-card';
          return (
            <li key={item.id}>
              {item.href === null ? <div className={look}>{body}</div> : (
                <UiLink href={item.href} className={cn(look, 'no-underline hover:bg-sunken focus-visible:-outline-offset-2')} onClick={() => { if (isNew) mark.mutate({ ids: [item.id] }); }}>{body}</UiLink>
              )}
            </li>
          );
        })}
      </ul>
      {query.hasNextPage ? <Button variant="secondary" className="mt-4" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common('ui.showMore')}</Button> : null}
    </>
  );
}
