'use client';
import { Button, DataTable, EmptyState, PageHead, SearchInput, Select, type DataColumn } from '@interdomestik/ui';
import { Plus, Target } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging, useSearchText } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { DayOf } from '../../_parts/values';
import { nameOf, type Lead, type LeadRights } from './lead';
import { LeadPanel } from './lead-panel';
import { LeadTabs } from './lead-tabs';
import { NewLeadPanel } from './new-lead-panel';

interface LeadsProps {
  readonly leads: readonly Lead[];
  /** The lead that the address names, when it is not among `leads`. */
  readonly linked: Lead | null;
  readonly nextCursor: string | null;
  readonly filtered: boolean;
  readonly plans: Readonly<Record<string, string>>;
  readonly rights: LeadRights;
}

const statuses = ['new', 'contacted', 'payment_pending', 'converted', 'lost', 'disqualified', 'expired'] as const;
const sources = ['referral', 'agent', 'web', 'event', 'partner', 'import'] as const;

/** People who may become members; a row opens the lead beside the list. */
export function Leads({ leads, linked, nextCursor, filtered, plans, rights }: LeadsProps) {
  const t = useTranslations('admin.leads');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, nextCursor);
  const [text, setText] = useSearchText(url);
  const opened = leads.find(({ id }) => id === url.opened) ?? (linked?.id === url.opened ? linked : undefined);
  const adding = rights.write && url.get('new') !== '';
  const add = rights.write ? <Button icon={<Plus />} onClick={() => url.go({ new: '1', open: null }, 'replace')}>{t('add')}</Button> : undefined;
  const columns: readonly DataColumn<Lead>[] = [
    { id: 'name', header: c('fields.name'), cell: (lead) => <span className="font-semibold">{nameOf(lead)}</span>, card: 'title' },
    { id: 'contact', header: t('contact'), cell: (lead) => <span className="figures break-all">{lead.phone ?? lead.email ?? '–'}</span> },
    { id: 'plan', header: c('fields.plan'), cell: (lead) => (lead.planCode === null ? <span className="text-ink-muted">–</span> : (plans[lead.planCode] ?? lead.planCode)), from: 'xl', card: 'hidden' },
    { id: 'source', header: t('source'), cell: (lead) => word('leadSources', lead.source), from: 'lg' },
    ...(rights.own ? [] : [{ id: 'owner', header: t('owner'), cell: (lead: Lead) => lead.ownerName || '–' }]),
    { id: 'created', header: c('fields.createdAt'), cell: (lead) => <DayOf value={lead.createdAt} />, width: '8rem' },
    { id: 'status', header: c('fields.status'), cell: (lead) => <StateMark kind="lead" value={lead.status} look="plain" />, card: 'status', width: '12rem' },
  ];
  const nothing = filtered ? (
    <EmptyState icon={<Target />} title={t('noneMatch')} action={<Button variant="secondary" onClick={() => url.filter({ q: null, status: null, source: null })}>{t('clearFilters')}</Button>}>{t('noneMatchHelp')}</EmptyState>
  ) : (
    <EmptyState icon={<Target />} title={t('emptyTitle')} action={add}>{t('emptyHelp')}</EmptyState>
  );
  return (
    <>
      <PageHead title={c('nav.leads')} meta={t('help')} actions={add} />
      {rights.referral ? <LeadTabs current="leads" /> : null}
      <DataTable
        label={c('nav.leads')}
        columns={columns}
        rows={leads}
        rowKey={(lead) => lead.id}
        rowLabel={nameOf}
        onOpen={(lead) => url.open(lead.id)}
        openKey={url.opened}
        paging={paging}
        refreshing={url.pending}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full sm:w-72" />
            <Select
              aria-label={c('fields.status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })}
              options={[{ value: '', label: t('allStatuses') }, ...statuses.map((status) => ({ value: status, label: word('statuses.lead', status) }))]}
            />
            <Select
              aria-label={t('source')} className="w-full sm:w-48" value={url.get('source')} onValueChange={(source) => url.filter({ source })}
              options={[{ value: '', label: t('allSources') }, ...sources.map((source) => ({ value: source, label: word('leadSources', source) }))]}
            />
          </>
        }
        empty={nothing}
      />
      {opened === undefined ? null : <LeadPanel key={opened.id} lead={opened} plans={plans} rights={rights} onClose={() => url.open(null)} />}
      {adding ? <NewLeadPanel plans={plans} rights={rights} onClose={() => url.go({ new: null }, 'replace')} /> : null}
    </>
  );
}
