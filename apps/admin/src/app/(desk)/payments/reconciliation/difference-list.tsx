'use client';
import { ButtonLink, DataTable, EmptyState, KeyValue, Notice, SidePanel, Status, TabLinks, type DataColumn } from '@interdomestik/ui';
import { FileCheck } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useListUrl, usePaging } from '../../../_parts/use-list-url';
import { Code, Moment, Sum } from '../../../_parts/values';

type Page = Outputs['reconciliations']['differences'];
type Difference = Page['items'][number];

interface DifferenceListProps {
  readonly page: Page;
  readonly resolved: boolean;
  readonly showsMembers: boolean;
}

// i18n-keys: reconciliation.kinds.*, reconciliation.advice.*
/** What does not agree with the provider, newest first; a row opens what to do about it. */
export function DifferenceList({ page, resolved, showsMembers }: DifferenceListProps) {
  const t = useTranslations('reconciliation');
  const a = useTranslations('admin.payments');
  const c = useTranslations('common.fields');
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const opened = page.items.find(({ id }) => id === url.opened);
  const kind = (row: Difference) => <Status tone={resolved ? 'neutral' : 'warning'} look="plain">{t(`kinds.${row.kind}`)}</Status>;
  const columns: DataColumn<Difference>[] = [
    { id: 'kind', header: t('kind'), cell: kind },
    { id: 'number', header: t('providerId'), cell: (row) => <Code value={row.providerId} />, from: 'lg' },
    { id: 'member', header: c('member'), cell: (row) => row.payer?.name ?? '–', from: 'lg' },
    { id: 'found', header: resolved ? t('gone') : t('found'), cell: (row) => <Moment value={resolved ? row.resolvedAt : row.createdAt} /> },
    { id: 'told', header: t('told'), align: 'end', cell: (row) => (row.told === null ? '–' : <Sum value={row.told} />) },
    { id: 'ours', header: t('ours'), align: 'end', cell: (row) => (row.ours === null ? '–' : <Sum value={row.ours} />) },
  ];
  return (
    <section aria-label={t('differences')}>
      <h2 className="mb-3 text-lg">{t('differences')}</h2>
      <TabLinks
        label={t('differences')}
        className="mb-4"
        items={[{ href: '/payments/reconciliation', label: t('open'), current: !resolved }, { href: '/payments/reconciliation?view=resolved', label: t('resolved'), current: resolved }]}
      />
      <DataTable
        label={t('differences')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.providerId}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        empty={resolved ? <EmptyState icon={<FileCheck />} title={t('noneResolved')}>{t('noneResolvedHelp')}</EmptyState> : <EmptyState icon={<FileCheck />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <SidePanel
        open={opened !== undefined}
        onOpenChange={() => url.open(null)}
        beside
        title={opened === undefined ? t('differences') : t(`kinds.${opened.kind}`)}
        meta={opened === undefined ? undefined : <span>{opened.accountName}</span>}
        footer={opened?.payer != null && showsMembers ? <ButtonLink variant="secondary" href={`/members/${opened.payer.id}`}>{a('toMember')}</ButtonLink> : undefined}
      >
        {opened === undefined ? null : (
          <div className="space-y-4">
            <Notice tone={resolved ? 'info' : 'warning'}>{t(`advice.${opened.kind}`)}</Notice>
            <KeyValue
              items={[
                { label: t('told'), value: opened.told === null ? '–' : <Sum value={opened.told} strong /> },
                { label: t('ours'), value: opened.ours === null ? '–' : <Sum value={opened.ours} strong /> },
                { label: c('member'), value: opened.payer?.name ?? '–' },
                { label: t('providerId'), value: <span className="figures break-all">{opened.providerId}</span> },
                { label: t('found'), value: <Moment value={opened.createdAt} /> },
                ...(opened.resolvedAt === null ? [] : [{ label: t('gone'), value: <Moment value={opened.resolvedAt} /> }]),
              ]}
            />
          </div>
        )}
      </SidePanel>
    </section>
  );
}
