'use client';
import { Button, ButtonLink, EmptyState, Status, toast } from '@interdomestik/ui';
import { FileText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { savePdf } from '../../_parts/save-pdf';
import { useFormats } from '../../_parts/use-formats';
import { ApproveDialog, RefuseDialog } from './decide-dialogs';

type Page = Outputs['erasures']['list'];
export type Erasure = Page['items'][number];

const looks = {
  open: { tone: 'warning', shape: 'waiting' }, withdrawn: { tone: 'neutral', shape: 'ended' }, refused: { tone: 'neutral', shape: 'ended' }, approved: { tone: 'info', shape: 'going' }, done: { tone: 'success', shape: 'done' },
} as const;

/** Wishes to be erased, newest first: each is carried out or refused with a reason. */
export function ErasureList({ first, showsMembers }: { first: Page; showsMembers: boolean }) {
  const t = useTranslations('privacy.desk');
  const [deciding, setDeciding] = useState<{ readonly what: 'approve' | 'refuse'; readonly erasure: Erasure } | null>(null);
  const utils = trpc.useUtils();
  const query = trpc.erasures.list.useInfiniteQuery({ limit: 25 }, { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, initialData: { pages: [first], pageParams: [undefined] }, staleTime: 0 });
  const items = query.data.pages.flatMap((page) => page.items);
  const done = () => {
    setDeciding(null);
    void utils.erasures.list.invalidate();
  };
  return (
    <section aria-label={t('requests')} className="max-w-4xl">
      <h2 className="mb-3 text-lg">{t('requests')}</h2>
      {items.length === 0 ? <div className="rounded-card border bg-raised px-5"><EmptyState title={t('none')}>{t('noneHelp')}</EmptyState></div> : (
        <ul className="divide-y divide-line rounded-card border bg-raised">
          {items.map((erasure) => <Row key={erasure.id} erasure={erasure} showsMembers={showsMembers} onDecide={(what) => setDeciding({ what, erasure })} />)}
        </ul>
      )}
      {query.hasNextPage ? <Button className="mt-4" variant="secondary" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('older')}</Button> : null}
      {deciding?.what === 'approve' ? <ApproveDialog erasure={deciding.erasure} onDone={done} onClose={() => setDeciding(null)} /> : null}
      {deciding?.what === 'refuse' ? <RefuseDialog erasure={deciding.erasure} onDone={done} onClose={() => setDeciding(null)} /> : null}
    </section>
  );
}

// i18n-keys: privacy.desk.statuses.*, privacy.blockers.*
function Row({ erasure, showsMembers, onDecide }: { erasure: Erasure; showsMembers: boolean; onDecide: (what: 'approve' | 'refuse') => void }) {
  const t = useTranslations('privacy.desk');
  const blockers = useTranslations('privacy.blockers');
  const formats = useFormats();
  const { status, memberName, memberNumber, dueOn, overdue, note, answer, doneAt } = erasure;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-72 space-y-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">{memberName === '' ? t('erased', { number: memberNumber ?? '' }) : memberName}</span>
          {memberName === '' || memberNumber === null ? null : <span className="figures text-note text-ink-muted">{memberNumber}</span>}
          <Status {...looks[status]}>{t(`statuses.${status}`)}</Status>
        </p>
        <p className="text-note text-ink-muted">{formats.moment(erasure.createdAt)}, {erasure.byMember ? t('byMember') : t('byStaff')}{note === '' ? '' : `: ${note}`}</p>
        {status === 'open' ? <p className={`text-note font-semibold ${overdue ? 'text-danger-ink' : ''}`}>{overdue ? t('overdue', { due: formats.day(dueOn) }) : t('due', { due: formats.day(dueOn) })}</p> : null}
        {status === 'open' && erasure.blockers.length > 0 ? <p className="text-note text-danger-ink">{t('blocked', { what: erasure.blockers.map((blocker) => blockers(blocker)).join('; ') })}</p> : null}
        {answer === null ? null : <p className="text-note">{answer}</p>}
        {doneAt === null ? null : <p className="text-note text-ink-muted">{t('done', { at: formats.moment(doneAt) })}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {memberName !== '' && showsMembers ? <ButtonLink size="small" variant="ghost" href={`/members/${erasure.memberId}`}>{t('toMember')}</ButtonLink> : null}
        {erasure.letter === null ? null : <Letter id={erasure.id} />}
        {status === 'open' ? (
          <>
            <Button size="small" variant="secondary" onClick={() => onDecide('refuse')}>{t('refuse')}</Button>
            {erasure.blockers.length === 0 ? <Button size="small" variant="danger" onClick={() => onDecide('approve')}>{t('approve')}</Button> : null}
          </>
        ) : null}
      </div>
    </li>
  );
}

function Letter({ id }: { id: string }) {
  const t = useTranslations('privacy.desk');
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const [busy, setBusy] = useState(false);
  const fetchLetter = async () => {
    setBusy(true);
    try {
      const { fileName, pdf } = await utils.erasures.letter.fetch({ id });
      savePdf({ fileName, base64: pdf });
    } catch (error) {
      toast.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return <Button size="small" variant="secondary" loading={busy} onClick={() => void fetchLetter()}><FileText aria-hidden="true" className="size-4" />{t('letter')}</Button>;
}
