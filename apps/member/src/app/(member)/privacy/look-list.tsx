'use client';
import { Button, EmptyState } from '@interdomestik/ui';
import { CircleUserRound, Eye, FileText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useShow } from '~/lib/use-show';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

type Looks = Outputs['privacy']['accessLog'];

/** Who opened the record, a claim or a document, newest first. */
export function LookList({ first }: { first: Looks }) {
  const t = useTranslations('privacy.mine');
  const common = useTranslations('common');
  const show = useShow();
  const query = trpc.privacy.accessLog.useInfiniteQuery({ limit: 20 }, {
    getNextPageParam: (page) => page.nextCursor ?? undefined, initialData: { pages: [first], pageParams: [undefined] }, staleTime: 0,
  });
  const looks = query.data.pages.flatMap(({ items }) => items);
  if (looks.length === 0) return <EmptyState icon={<Eye />} title={t('noLooks')}>{t('noLooksHelp')}</EmptyState>;
  return (
    <>
      <ul className="divide-y divide-line rounded-card border bg-raised">
        {looks.map(({ id, at, what, label, name, role, from }) => (
          <li key={id} className="flex items-start gap-3 px-4 py-3">
            <span aria-hidden="true" className="mt-0.5 text-accent [&_svg]:size-5">{what === 'record' ? <CircleUserRound /> : <FileText />}</span>
            <div className="min-w-0 flex-1">
              {/* i18n-keys: privacy.mine.what.*, common.roles.* */}
              <p className="font-semibold break-words">{t(`what.${what}`, { label: label ?? '' })}</p>
              <p className="text-note text-ink-muted">{from === 'platform' ? t('platform') : name === null ? t('gone') : role === null ? name : `${name}, ${common(`roles.${role}`)}`}</p>
              <p className="figures text-note text-ink-muted">{show.moment(at)}</p>
            </div>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? <Button className="mt-4" variant="secondary" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
    </>
  );
}
