'use client';
import { DataTable, Menu, Section, TextLink, type DataColumn, type MenuItem } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Moment } from '../../../_parts/values';
import { Compare } from './compare';
import { RollbackDialog } from './rollback-dialog';
import type { KindAnswer, Version } from './types';
import { ruleHref } from './urls';
import { VersionState } from './version-state';
import { WithdrawDialog } from './withdraw-dialog';

interface HistoryProps {
  readonly versions: readonly Version[];
  readonly inForce: KindAnswer['inForce'];
  readonly needs: KindAnswer['needs'];
  readonly mayWrite: boolean;
}

/** Every version of a rule, newest first, with what can be done about it, and any two side by side. */
export function History({ versions, inForce, needs, mayWrite }: HistoryProps) {
  const t = useTranslations('settings.history');
  const [rolling, setRolling] = useState<Version | null>(null);
  const [withdrawing, setWithdrawing] = useState<Version | null>(null);
  const [compared, setCompared] = useState<readonly [string, string] | null>(null);
  const current = versions.find(({ state }) => state === 'in_force');
  const nameOf = (version: Version) => t('version', { version: version.version });
  const items = (version: Version): MenuItem[] => [
    { kind: 'link', label: t('open'), href: ruleHref(version.kind, { branchId: version.branchId, version: version.version }) },
    ...(current === undefined || current.id === version.id ? [] : [{ label: t('compareWithCurrent'), onSelect: () => setCompared([current.id, version.id]) }]),
    ...(mayWrite && version.state === 'superseded' ? [{ label: t('rollback'), onSelect: () => setRolling(version) }] : []),
    ...(mayWrite && version.state === 'scheduled' ? [{ label: t('withdraw'), danger: true, onSelect: () => setWithdrawing(version) }] : []),
  ];
  const columns: readonly DataColumn<Version>[] = [
    { id: 'version', header: t('columns.version'), width: '8rem', card: 'title', cell: (version) => <TextLink href={ruleHref(version.kind, { branchId: version.branchId, version: version.version })}>{nameOf(version)}</TextLink> },
    { id: 'state', header: t('columns.state'), width: '9rem', card: 'status', cell: (version) => <VersionState state={version.state} look="plain" /> },
    { id: 'from', header: t('columns.from'), width: '10rem', cell: (version) => <Moment value={version.effectiveFrom} /> },
    { id: 'author', header: t('columns.author'), cell: (version) => version.createdBy?.name ?? t('system') },
    { id: 'approver', header: t('columns.approver'), from: 'xl', cell: (version) => version.approvedBy?.name ?? <span className="text-ink-muted">–</span> },
    {
      id: 'note', header: t('columns.note'), from: 'lg',
      cell: (version) => <span className="block max-w-72 break-words">{version.restoresVersion === null ? null : <span className="text-ink-muted">{t('restores', { version: version.restoresVersion })} </span>}{version.note === '' && version.restoresVersion === null ? <span className="text-ink-muted">–</span> : version.note}</span>,
    },
    { id: 'acts', header: t('columns.acts'), width: '5rem', align: 'end', cell: (version) => <Menu items={items(version)} /> },
  ];
  return (
    <Section level={3} title={t('title')}>
      <DataTable label={t('title')} columns={columns} rows={versions} rowKey={({ id }) => id} rowLabel={nameOf} dense empty={<p className="py-4 text-ink-muted">{t('empty')}</p>} />
      {versions.length > 1 ? <Compare versions={versions} chosen={compared} onChoose={setCompared} /> : null}
      {rolling === null ? null : <RollbackDialog version={rolling} inForce={inForce} needs={needs} onClose={() => setRolling(null)} />}
      {withdrawing === null ? null : <WithdrawDialog version={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Section>
  );
}
