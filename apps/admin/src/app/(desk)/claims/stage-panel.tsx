'use client';
import { ButtonLink, KeyValue, Notice, SidePanel } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../_parts/state-mark';
import { useWord } from '../../_parts/use-word';
import { DayOf, Moment } from '../../_parts/values';
import type { ClaimRow } from './claim-list';

/** What an agent sees of a claim: where it stands, never what it is about. */
export function StagePanel({ row, onClose }: { row: ClaimRow | undefined; onClose: () => void }) {
  const t = useTranslations('admin.claims');
  const p = useTranslations('admin.payments');
  const c = useTranslations('common');
  const word = useWord();
  return (
    <SidePanel
      open={row !== undefined}
      onOpenChange={onClose}
      beside
      title={<span className="figures">{row?.code ?? c('nouns.claim')}</span>}
      meta={row === undefined ? undefined : <StateMark kind="claim" value={row.status} />}
      footer={row === undefined ? undefined : <ButtonLink variant="secondary" href={`/members/${row.memberId}`}>{p('toMember')}</ButtonLink>}
    >
      {row === undefined ? null : (
        <div className="space-y-4">
          <KeyValue
            items={[
              { label: c('fields.member'), value: row.memberName },
              { label: c('fields.category'), value: word('claimCategories', row.category) },
              { label: t('submitted'), value: <DayOf value={row.submittedAt ?? row.createdAt} /> },
              { label: t('lastChange'), value: <Moment value={row.updatedAt} /> },
              { label: t('handler'), value: row.handlerName ?? t('nobody') },
            ]}
          />
          {row.packComplete ? null : <Notice tone="warning">{t('packIncomplete')}</Notice>}
          <p className="text-ink-muted">{t('stageOnly')}</p>
        </div>
      )}
    </SidePanel>
  );
}
