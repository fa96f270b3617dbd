'use client';
import { Button, ButtonLink, KeyValue, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../../../_parts/use-formats';
import type { Holdings } from './plan';

/** What the branch owns, what keeps it from closing, and how to free it. */
export function OwnsStep({ holdings, hasTargets, onNext }: { holdings: Holdings; hasTargets: boolean; onNext: () => void }) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common.actions');
  const formats = useFormats();
  const { cash } = holdings;
  const figures = [
    [t('members'), holdings.members], [t('staff'), holdings.team.length], [t('openLeads'), holdings.openLeads], [t('openClaims'), holdings.openClaims],
    [t('referralCodes'), holdings.referralCodes], [t('openTransfers'), holdings.openTransfers],
  ] as const;
  const blocked = holdings.isDefault || cash.count > 0 || (!holdings.isEmpty && !hasTargets);
  return (
    <div className="space-y-6">
      {holdings.isDefault ? <Notice tone="warning" title={t('blockedDefault')} actions={<ButtonLink size="small" variant="secondary" href="/settings">{t('toSettings')}</ButtonLink>}>{t('blockedDefaultHelp')}</Notice> : null}
      {cash.count > 0 ? (
        <Notice tone="warning" title={t('blockedCash', { count: cash.count, sum: formats.sums(cash.amounts) })} actions={<ButtonLink size="small" variant="secondary" href="/cash">{t('toCash')}</ButtonLink>}>{t('blockedCashHelp')}</Notice>
      ) : null}
      {!holdings.isEmpty && !hasTargets ? <Notice tone="warning" title={t('blockedAlone')} actions={<ButtonLink size="small" variant="secondary" href="/branches?open=new">{t('add')}</ButtonLink>}>{t('blockedAloneHelp')}</Notice> : null}
      {holdings.isEmpty ? <p>{t('ownsNothing')}</p> : (
        <>
          <p className="text-ink-muted">{t('ownsHelp')}</p>
          <KeyValue items={figures.map(([label, value]) => ({ label, value: <span className="figures">{formats.count(value)}</span> }))} />
          <p className="text-ink-muted">{t('moneyStays')}</p>
        </>
      )}
      <div className="flex gap-2">
        <Button disabled={blocked} onClick={onNext}>{c('continue')}</Button>
        <ButtonLink variant="secondary" href={`/branches/${holdings.id}`}>{c('cancel')}</ButtonLink>
      </div>
    </div>
  );
}
