'use client';
import { Button, ButtonLink, ErrorState, SidePanel, SkeletonText } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { StateMark } from '../../_parts/state-mark';
import { TrailLink } from '../../_parts/trail-link';
import { ClaimStory } from './claim-story';
import { MoveDialog } from './move-dialog';
import { NoteDialog } from './note-dialog';
import { OutcomeDialog } from './outcome-dialog';
import { UrgentMark } from './urgent-mark';

interface ClaimPanelProps {
  readonly id: string | null;
  readonly onClose: () => void;
  readonly handles: boolean;
  readonly showsMembers: boolean;
  readonly seesRules: boolean;
  /** May read who changed what. */
  readonly audit: boolean;
}

/** One claim beside the list: its story and what may be done next. */
export function ClaimPanel({ id, onClose, handles, showsMembers, seesRules, audit }: ClaimPanelProps) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const [dialog, setDialog] = useState<'move' | 'note' | 'outcome' | null>(null);
  const claim = trpc.claims.get.useQuery({ id: id ?? '' }, { enabled: id !== null });
  const data = id === null ? undefined : claim.data;
  const close = () => setDialog(null);
  return (
    <>
      <SidePanel
        open={id !== null}
        onOpenChange={onClose}
        beside
        width="wide"
        title={<span className="figures">{data?.code ?? c('nouns.claim')}</span>}
        meta={data === undefined ? undefined : <><StateMark kind="claim" value={data.status} /><UrgentMark priority={data.priority} /><span>{data.member.name}</span><span>{data.branchName}</span></>}
        actions={data !== undefined && showsMembers ? <ButtonLink size="small" variant="secondary" href={`/members/${data.member.id}`}>{c('nouns.member')}</ButtonLink> : undefined}
        footer={
          data !== undefined && handles && data.status !== 'draft' ? (
            <>
              {data.nextStates.length > 0 ? <Button onClick={() => setDialog('move')}>{t('move')}</Button> : null}
              <Button variant="secondary" onClick={() => setDialog('note')}>{t('addNote')}</Button>
              {data.guidanceOnly ? null : <Button variant="secondary" onClick={() => setDialog('outcome')}>{t('outcome')}</Button>}
            </>
          ) : undefined
        }
      >
        {claim.isError ? <ErrorState title={t('notShown')} onRetry={() => void claim.refetch()} retrying={claim.isFetching}>{errorText(claim.error)}</ErrorState> : null}
        {id !== null && claim.isPending ? <SkeletonText lines={10} label={c('uiWords.loading')} /> : null}
        {data === undefined ? null : <ClaimStory claim={data} handles={handles && data.status !== 'draft'} seesRules={seesRules} />}
        {data === undefined || !audit ? null : <TrailLink id={data.id} />}
      </SidePanel>
      {data !== undefined && dialog === 'move' ? <MoveDialog claim={data} onClose={close} /> : null}
      {data !== undefined && dialog === 'note' ? <NoteDialog id={data.id} onClose={close} /> : null}
      {data !== undefined && dialog === 'outcome' ? <OutcomeDialog claim={data} onClose={close} /> : null}
    </>
  );
}
