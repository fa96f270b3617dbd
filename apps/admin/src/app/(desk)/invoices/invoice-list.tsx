'use client';
import { clearanceStates, invoiceStatuses } from '@interdomestik/rules/invoices';
import { Button, ButtonLink, DataTable, EmptyState, ErrorState, SearchInput, Select, SidePanel, SkeletonText, type DataColumn } from '@interdomestik/ui';
import { Download, ReceiptText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { TrailLink } from '../../_parts/trail-link';
import { useListUrl, usePaging, useSearchText } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { Code, Day, Sum } from '../../_parts/values';
import { InvoiceView } from './invoice-view';

type Page = Outputs['invoices']['list'];
type Invoice = Page['items'][number];

/** Invoices in reach, newest first; a row opens the invoice as it was issued. */
export function InvoiceList({ page, showsMembers, mayIssue, audit }: { page: Page; showsMembers: boolean; mayIssue: boolean; audit: boolean }) {
  const t = useTranslations('admin.invoices');
  const m = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [text, setText] = useSearchText(url);
  const cleared = url.get('clearance') !== '' || page.items.some(({ clearance }) => clearance !== null);
  const filtered = url.get('clearance') !== '' || url.get('status') !== '' || url.get('q') !== '';
  const columns: DataColumn<Invoice>[] = [
    { id: 'code', header: c('fields.number'), cell: (row) => <Code value={row.code} /> },
    { id: 'member', header: c('fields.member'), cell: (row) => row.memberName },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="invoice" value={row.status} look="plain" />, card: 'status' },
    ...(cleared ? [{ id: 'clearance', header: t('clearance.title'), cell: (row: Invoice) => (row.clearance === null ? '–' : <StateMark kind="clearance" value={row.clearance} look="plain" />), card: 'line' as const }] : []),
    { id: 'issued', header: t('issuedOn'), cell: (row) => <Day value={row.issuedOn} /> },
    { id: 'net', header: c('fields.net'), align: 'end', cell: (row) => <Sum value={row.net} />, from: 'xl' },
    { id: 'vat', header: c('fields.vat'), align: 'end', cell: (row) => <Sum value={row.vat} />, from: 'xl' },
    { id: 'total', header: c('fields.total'), align: 'end', cell: (row) => <Sum value={row.total} /> },
    {
      id: 'pdf', header: t('pdf'), card: 'line',
      cell: (row) => (row.documentId === null
        ? <span className="text-note text-ink-muted">{t('making')}</span>
        : <a href={`/api/documents/${row.documentId}`} target="_blank" rel="noreferrer" aria-label={t('downloadOf', { number: row.code })} className="inline-flex items-center gap-1 text-accent hover:underline"><Download className="size-4" aria-hidden="true" />{t('pdf')}</a>),
    },
  ];
  return (
    <>
      <DataTable
        label={c('nav.invoices')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.code}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full md:w-72" />
            <Select aria-label={c('fields.status')} className="w-full sm:w-52" value={url.get('status')} onValueChange={(status) => url.filter({ status })} options={[{ value: '', label: m('allStatuses') }, ...invoiceStatuses.map((value) => ({ value, label: word('statuses.invoice', value) }))]} />
            {cleared ? <Select aria-label={t('clearance.title')} className="w-full sm:w-52" value={url.get('clearance')} onValueChange={(clearance) => url.filter({ clearance })} options={[{ value: '', label: t('clearance.all') }, ...clearanceStates.map((value) => ({ value, label: word('statuses.clearance', value) }))]} /> : null}
            {filtered ? <Button variant="ghost" onClick={() => { setText(''); url.filter({ q: null, status: null, clearance: null }); }}>{m('clear')}</Button> : null}
          </>
        }
        empty={filtered ? <EmptyState icon={<ReceiptText />} title={t('noneFit')}>{m('noneFitHelp')}</EmptyState> : <EmptyState icon={<ReceiptText />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <InvoicePanel id={url.opened} onClose={() => url.open(null)} showsMembers={showsMembers} mayIssue={mayIssue} audit={audit} />
    </>
  );
}

function InvoicePanel({ id, onClose, showsMembers, mayIssue, audit }: { id: string | null; onClose: () => void; showsMembers: boolean; mayIssue: boolean; audit: boolean }) {
  const t = useTranslations('admin.invoices');
  const p = useTranslations('admin.payments');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const invoice = trpc.invoices.get.useQuery({ id: id ?? '' }, { enabled: id !== null });
  const data = id === null ? undefined : invoice.data;
  return (
    <SidePanel
      open={id !== null}
      onOpenChange={onClose}
      beside
      width="wide"
      title={<span className="figures">{data?.code ?? c('nouns.invoice')}</span>}
      meta={data === undefined ? undefined : <StateMark kind="invoice" value={data.status} />}
      footer={
        data === undefined ? undefined : (
          <>
            {data.documentId === null ? null : <ButtonLink href={`/api/documents/${data.documentId}`} target="_blank" rel="noreferrer" icon={<Download />}>{t('download')}</ButtonLink>}
            {showsMembers && data.memberId !== null ? <ButtonLink variant="secondary" href={`/members/${data.memberId}`}>{p('toMember')}</ButtonLink> : null}
          </>
        )
      }
    >
      {invoice.isError ? <ErrorState title={t('notShown')} onRetry={() => void invoice.refetch()} retrying={invoice.isFetching}>{errorText(invoice.error)}</ErrorState> : null}
      {id !== null && invoice.isPending ? <SkeletonText lines={8} label={c('uiWords.loading')} /> : null}
      {data === undefined ? null : <InvoiceView invoice={data} mayIssue={mayIssue} />}
      {data === undefined || !audit ? null : <TrailLink id={data.id} />}
    </SidePanel>
  );
}
