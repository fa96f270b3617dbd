'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Button, ButtonLink, Notice } from '@interdomestik/ui';
import { useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormats } from '../../../_parts/use-formats';
import { useSay } from '../_kinds/use-say';
import { untilThen } from './moment';
import type { Version } from './types';
import { ruleHref } from './urls';
import { WithdrawDialog } from './withdraw-dialog';

/** What is coming: the draft that somebody writes, and the versions whose time has not come. */
export function Coming({ kind, branchId, draft, scheduled, mayWrite }: { kind: RuleKind; branchId: string | null; draft: Version | null; scheduled: readonly Version[]; mayWrite: boolean }) {
  return (
    <div className="mb-4 space-y-3 empty:hidden">
      {draft === null ? null : <OpenDraft kind={kind} branchId={branchId} draft={draft} mayWrite={mayWrite} />}
      {scheduled.map((version) => <Scheduled key={version.id} version={version} mayWrite={mayWrite} />)}
    </div>
  );
}

// i18n-keys: settings.coming.drafts.*
function OpenDraft({ kind, branchId, draft, mayWrite }: { kind: RuleKind; branchId: string | null; draft: Version; mayWrite: boolean }) {
  const t = useTranslations('settings.coming');
  const author = draft.updatedBy ?? draft.createdBy;
  const state = draft.state === 'validated' || draft.state === 'approved' ? draft.state : 'draft';
  return (
    <Notice tone="info" title={t(`drafts.${state}`, { version: draft.version })} actions={mayWrite ? <ButtonLink size="small" href={ruleHref(kind, { branchId, draft: true })}>{t('continue')}</ButtonLink> : undefined}>
      {author === null ? t('authorUnknown') : t('author', { name: author.name })}{draft.note === '' ? '' : `: ${draft.note}`}
    </Notice>
  );
}

function Scheduled({ version, mayWrite }: { version: Version; mayWrite: boolean }) {
  const t = useTranslations('settings.coming');
  const now = useNow({ updateInterval: 30_000 });
  const formats = useFormats();
  const say = useSay();
  const [withdrawing, setWithdrawing] = useState(false);
  if (version.effectiveFrom === null) return null;
  const { unit, count } = untilThen(now, version.effectiveFrom);
  return (
    <Notice
      tone="warning" title={t('scheduled', { version: version.version, moment: formats.moment(version.effectiveFrom) })}
      actions={
        <>
          <ButtonLink size="small" variant="secondary" href={ruleHref(version.kind, { branchId: version.branchId, version: version.version })}>{t('look')}</ButtonLink>
          {mayWrite ? <Button size="small" variant="secondary" onClick={() => setWithdrawing(true)}>{t('takeBack')}</Button> : null}
        </>
      }
    >
      {t('countdown', { time: say.unit(unit, count) })}{version.publishedBy === null ? '' : ` ${t('publishedBy', { name: version.publishedBy.name })}`}
      {withdrawing ? <WithdrawDialog version={version} onClose={() => setWithdrawing(false)} /> : null}
    </Notice>
  );
}
