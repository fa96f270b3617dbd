'use client';
import { DataTable, EmptyState, Stat, StatRow, TextLink, type DataColumn } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../_parts/use-formats';
import { useListUrl, usePaging } from '../../../_parts/use-list-url';
import { useWord } from '../../../_parts/use-word';
import { Moment, Sum } from '../../../_parts/values';

type Found = Outputs['reports']['entries'];
type Entry = Found['items'][number];

// i18n-keys: reports.entries.papers.*
/** Entries with what each adds to the figure, and the paper that each was booked for. */
export function EntryList({ found, showsMembers }: { found: Found; showsMembers: boolean }) {
  const t = useTranslations('reports.entries');
  const r = useTranslations('reports');
  const word = useWord();
  const formats = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, found.nextCursor);
  const columns: DataColumn<Entry>[] = [
    { id: 'when', header: t('when'), cell: (row) => <Moment value={row.occurredAt} /> },
    { id: 'what', header: t('what'), cell: (row) => word('postingKinds', row.kind), card: 'title' },
    { id: 'account', header: t('account'), cell: (row) => word('ledger.accounts', row.account), from: 'lg' },
    { id: 'branch', header: r('branch'), cell: (row) => row.branchName, from: 'lg' },
    { id: 'paper', header: t('paper'), cell: (row) => <PaperLink paper={row.paper} showsMembers={showsMembers} /> },
    { id: 'amount', header: t('amount'), align: 'end', cell: (row) => <Sum value={row.amount} strong /> },
  ];
  return (
    <div className="space-y-4">
      {found.total === null ? null : <StatRow><Stat label={t('sum')} value={formats.money(found.total)} /></StatRow>}
      <DataTable
        label={t('title')} columns={columns} rows={found.items} rowKey={(row) => row.id} rowLabel={(row) => word('postingKinds', row.kind)} refreshing={url.pending} paging={paging}
        empty={<EmptyState icon={<ChartColumn />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
    </div>
  );
}

function PaperLink({ paper, showsMembers }: { paper: Entry['paper']; showsMembers: boolean }) {
  const t = useTranslations('reports.entries');
  if (paper === null) return <span className="text-ink-muted">–</span>;
  const said = t(`papers.${paper.kind}`, { code: paper.code });
  if (paper.documentId !== null) return <a href={`/api/documents/${paper.documentId}`} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-3">{said}</a>;
  return paper.memberId !== null && showsMembers ? <TextLink href={`/members/${paper.memberId}`}>{said}</TextLink> : <span>{said}</span>;
}
