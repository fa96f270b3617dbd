'use client';
import { claimStatuses } from '@interdomestik/rules/claims';
import { claimCategories } from '@interdomestik/rules/rule-sets';
import { Button, DataTable, EmptyState, SearchInput, Select, Status, TabLinks, type DataColumn } from '@interdomestik/ui';
import { FileText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging, useSearchText } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { Code, DayOf, Sum } from '../../_parts/values';
import { ClaimPanel } from './claim-panel';
import { StagePanel } from './stage-panel';
import { UrgentMark } from './urgent-mark';

type Page = Outputs['claims']['list'];
export type ClaimRow = Page['items'][number];

interface ClaimListProps {
  readonly page: Page;
  /** False: stages only. */
  readonly inFull: boolean;
  readonly handles: boolean;
  readonly showsMembers: boolean;
  readonly seesRules: boolean;
  readonly audit: boolean;
}

const filterKeys = ['q', 'status', 'category', 'handler', 'late', 'priority'] as const;

/** Claims in reach, newest first, with the views that handlers work through. A row opens the story of the claim. */
export function ClaimList({ page, inFull, handles, showsMembers, seesRules, audit }: ClaimListProps) {
  const t = useTranslations('admin.claims');
  const m = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [text, setText] = useSearchText(url);
  const filtered = filterKeys.some((key) => url.get(key) !== '');
  const view = url.get('late') === '1' ? 'late' : url.get('handler') === 'me' ? 'mine' : url.get('handler') === 'nobody' ? 'nobody' : 'all';
  const clear = () => {
    setText('');
    url.filter(Object.fromEntries(filterKeys.map((key) => [key, null])));
  };
  const columns: DataColumn<ClaimRow>[] = [
    { id: 'code', header: c('fields.claimNumber'), cell: (row) => <span className="flex flex-wrap items-center gap-x-2"><Code value={row.code ?? '–'} /><UrgentMark priority={row.priority} /></span> },
    { id: 'member', header: c('fields.member'), cell: (row) => <span className="lg:whitespace-nowrap">{row.memberName}</span> },
    { id: 'category', header: c('fields.category'), cell: (row) => word('claimCategories', row.category), from: 'lg' },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="claim" value={row.status} look="plain" />, card: 'status' },
    { id: 'due', header: t('due'), cell: (row) => (row.overdue ? <Status tone="danger" shape="warning" look="plain"><DayOf value={row.slaDueAt} /></Status> : <DayOf value={row.slaDueAt} />), from: 'lg' },
    { id: 'handler', header: t('handler'), cell: (row) => row.handlerName ?? <span className="text-ink-muted">{t('nobody')}</span>, from: 'lg' },
    ...(inFull ? [{ id: 'claimed', header: c('fields.amountClaimed'), align: 'end' as const, cell: (row: ClaimRow) => (row.content?.claimed == null ? '–' : <Sum value={row.content.claimed} />) }] : []),
  ];
  const row = page.items.find(({ id }) => id === url.opened);
  return (
    <>
      {handles ? (
        <TabLinks
          label={t('views')}
          className="mb-4"
          items={[
            { href: '/claims', label: t('view.all'), current: view === 'all' },
            { href: '/claims?handler=me', label: t('view.mine'), current: view === 'mine' },
            { href: '/claims?handler=nobody', label: t('view.nobody'), current: view === 'nobody' },
            { href: '/claims?late=1', label: t('view.late'), current: view === 'late' },
          ]}
        />
      ) : null}
      <DataTable
        label={c('nav.claims')}
        columns={columns}
        rows={page.items}
        rowKey={(one) => one.id}
        rowLabel={(one) => one.code ?? one.memberName}
        onOpen={(one) => url.open(one.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full md:w-72" />
            <Select aria-label={c('fields.status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })} options={[{ value: '', label: m('allStatuses') }, ...claimStatuses.filter((value) => value !== 'draft').map((value) => ({ value, label: word('statuses.claim', value) }))]} />
            <Select aria-label={c('fields.category')} className="w-full sm:w-48" value={url.get('category')} onValueChange={(category) => url.filter({ category })} options={[{ value: '', label: t('allCategories') }, ...claimCategories.map((value) => ({ value, label: word('claimCategories', value) }))]} />
            <Select aria-label={t('priority')} className="w-full sm:w-44" value={url.get('priority')} onValueChange={(priority) => url.filter({ priority })} options={[{ value: '', label: t('allPriorities') }, { value: 'urgent', label: t('urgentOnly') }]} />
            <Select aria-label={t('order')} className="w-full sm:w-48" value={url.get('sort')} onValueChange={(sort) => url.filter({ sort })} options={[{ value: '', label: t('orderNewest') }, { value: 'due', label: t('orderDue') }]} />
            {filtered ? <Button variant="ghost" onClick={clear}>{m('clear')}</Button> : null}
          </>
        }
        empty={filtered ? <EmptyState icon={<FileText />} title={t('noneFit')}>{m('noneFitHelp')}</EmptyState> : <EmptyState icon={<FileText />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      {inFull
        ? <ClaimPanel id={url.opened} onClose={() => url.open(null)} handles={handles} showsMembers={showsMembers} seesRules={seesRules} audit={audit} />
        : <StagePanel row={row} onClose={() => url.open(null)} />}
    </>
  );
}
