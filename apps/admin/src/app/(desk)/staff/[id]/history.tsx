'use client';
import { Button, Notice, SkeletonText, Timeline, type TimelineItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useWord } from '../../../_parts/use-word';
import { Moment } from '../../../_parts/values';
import { useAuditWords } from '../../audit/use-audit-words';
import { usePermissionWord } from '../use-permission-word';

type Change = Outputs['staff']['history']['items'][number];

/** What a change was, as a sentence. */
function useSentence(words: ReturnType<typeof useAuditWords>): (change: Change) => string {
  const t = useTranslations('admin.staff.happened');
  const word = useWord();
  const permission = usePermissionWord();
  return (change) => {
    const role = change.role === null ? '' : word('roles', change.role);
    const granted = change.permission === null ? '' : permission(change.permission);
    const { operation } = change;
    if (change.kind === 'role') return operation === 'INSERT' ? t('roleGiven', { role }) : operation === 'DELETE' ? t('roleTaken', { role }) : t('roleMoved');
    if (change.kind === 'grant') return operation === 'INSERT' ? t('grantGiven', { permission: granted }) : operation === 'DELETE' ? t('grantTaken', { permission: granted }) : t('grantMoved');
    if (change.kind === 'acting') return t('actsAs', { role });
    if (operation === 'INSERT') return t('added');
    if (operation !== 'UPDATE') return words.operation(operation);
    if (change.status === 'disabled') return t('disabled');
    return change.actorKind === 'visitor' ? t('accepted') : t('enabled');
  };
}

const tones: Readonly<Record<string, TimelineItem['tone']>> = { INSERT: 'success', DELETE: 'warning', ACT_AS: 'plain' };

/** How a colleague's access came to be: who gave or took what, and when. */
export function History({ id }: { id: string }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common');
  const words = useAuditWords();
  const sentence = useSentence(words);
  const errorText = useErrorText();
  const list = trpc.staff.history.useInfiniteQuery({ id, limit: 25 }, { getNextPageParam: (last) => last.nextCursor ?? undefined });
  if (list.isPending) return <SkeletonText lines={4} label={c('uiWords.loading')} />;
  if (list.isError) return <Notice tone="danger">{errorText(list.error)}</Notice>;
  const items = list.data.pages.flatMap((page) => page.items).map((change): TimelineItem => ({
    id: change.id, title: sentence(change), time: <Moment value={change.happenedAt} />, by: words.actor(change), tone: change.kind === 'account' && change.status === 'disabled' ? 'danger' : tones[change.operation] ?? 'accent',
    children: change.kind === 'account' ? undefined : <span className="text-note text-ink-muted">{change.branchName ?? t('wholeCountry')}</span>,
  }));
  if (items.length === 0) return <p className="text-note text-ink-muted">{t('historyEmpty')}</p>;
  return (
    <>
      <Timeline items={items} />
      {list.hasNextPage ? <Button className="mt-4" size="small" variant="secondary" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{c('ui.showMore')}</Button> : null}
    </>
  );
}
