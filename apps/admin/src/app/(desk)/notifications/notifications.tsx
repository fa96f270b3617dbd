'use client';
import { Badge, Button, DateText, EmptyState, PageHead, UiLink } from '@interdomestik/ui';
import { Bell } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

type Page = Outputs['notifications']['list'];
type Item = Page['items'][number];

/** The own notifications, newest first. What is opened counts as read. */
export function Notifications({ first }: { first: Page }) {
  const t = useTranslations('admin.notifications');
  const c = useTranslations('common');
  const n = useTranslations('notifications');
  const router = useRouter();
  const utils = trpc.useUtils();
  const list = trpc.notifications.list.useInfiniteQuery(
    { limit: 25 },
    { initialData: { pages: [first], pageParams: [undefined] }, getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  const read = trpc.notifications.markRead.useMutation({
    // the number in the head comes from the server
    onSuccess: () => { void utils.notifications.list.invalidate(); router.refresh(); },
  });
  const items = list.data.pages.flatMap((page) => page.items);
  const unread = list.data.pages[0]?.unread ?? 0;
  return (
    <>
      <PageHead
        title={c('nav.notifications')}
        meta={unread > 0 ? n('list.unread', { count: unread }) : undefined}
        actions={unread > 0 ? <Button variant="secondary" loading={read.isPending && read.variables.ids === undefined} onClick={() => read.mutate({})}>{n('list.markAllRead')}</Button> : undefined}
      />
      {items.length === 0 ? (
        <div className="max-w-3xl rounded-card border bg-raised px-5"><EmptyState icon={<Bell />} title={n('list.empty')}>{t('emptyHelp')}</EmptyState></div>
      ) : (
        <ul className="max-w-3xl divide-y divide-line overflow-hidden rounded-card border bg-raised">
          {items.map((item) => <Entry key={item.id} item={item} onRead={() => { if (item.readAt === null) read.mutate({ ids: [item.id] }); }} />)}
        </ul>
      )}
      {list.hasNextPage ? <Button variant="secondary" className="mt-4" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button> : null}
    </>
  );
}

/** A translator for keys that arrive as data. */
interface Dynamic {
  (key: string, values?: Readonly<Record<string, string | number>>): string;
  has(key: string): boolean;
}

// i18n-keys: notifications.*
function Entry({ item, onRead }: { item: Item; onRead: () => void }) {
  const t = useTranslations('admin.notifications');
  const n = useTranslations('notifications') as unknown as Dynamic;
  const formats = useFormats();
  const say = (part: 'title' | 'body') => (n.has(`${item.kind}.${part}`) ? n(`${item.kind}.${part}`, item.params) : '');
  const fresh = item.readAt === null;
  const body = (
    <>
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className={fresh ? 'font-bold' : 'font-semibold'}>{say('title') || item.kind}{fresh ? <Badge tone="accent" className="ml-2">{t('unread')}</Badge> : null}</span>
        <DateText iso={item.createdAt.toISOString()} className="text-note text-ink-muted">{formats.moment(item.createdAt)}</DateText>
      </span>
      <span className="block text-ink-muted">{say('body')}</span>
    </>
  );
  const look = 'block w-full px-4 py-3 text-left sm:px-5';
  if (item.href !== null) return <li><UiLink href={item.href} onClick={onRead} className={`${look} no-underline hover:bg-sunken`}>{body}</UiLink></li>;
  return <li>{fresh ? <button type="button" onClick={onRead} className={`${look} hover:bg-sunken`}>{body}</button> : <div className={look}>{body}</div>}</li>;
}
