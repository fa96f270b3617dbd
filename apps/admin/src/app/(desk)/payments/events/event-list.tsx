'use client';
import { eventTopics, webhookStatuses } from '@interdomestik/rules/payments';
import { Button, DataTable, EmptyState, SearchInput, Select, TabLinks, type DataColumn } from '@interdomestik/ui';
import { Inbox } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../../_parts/state-mark';
import { useListUrl, usePaging, useSearchText } from '../../../_parts/use-list-url';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import { Moment } from '../../../_parts/values';
import { EventPanel } from './event-panel';
import { useEventWords, type EventRow } from './words';

interface EventListProps {
  readonly page: Outputs['webhooks']['list'];
  readonly standing: Outputs['webhooks']['standing'];
  readonly mayReplay: boolean;
  readonly showsMembers: boolean;
}

const filterKeys = ['q', 'status', 'topic', 'account'] as const;

/** The inbox, newest first, with the views of what waits for a person; a row opens the event. */
export function EventList({ page, standing, mayReplay, showsMembers }: EventListProps) {
  const t = useTranslations('inbox');
  const m = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const words = useEventWords();
  const { count } = useFormats();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [text, setText] = useSearchText(url);
  const filtered = filterKeys.some((key) => url.get(key) !== '');
  const status = url.get('status');
  const clear = () => {
    setText('');
    url.filter(Object.fromEntries(filterKeys.map((key) => [key, null])));
  };
  const columns: DataColumn<EventRow>[] = [
    { id: 'arrived', header: t('arrived'), cell: (row) => <Moment value={row.createdAt} /> },
    { id: 'topic', header: t('topic'), cell: (row) => <span>{words.topic(row.eventType)} <code className="text-note break-all text-ink-muted">{row.eventType}</code></span> },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="webhook" value={row.status} look="plain" />, card: 'status' },
    { id: 'number', header: c('fields.number'), cell: (row) => <span className="figures break-all">{row.eventId}</span>, from: 'xl' },
    ...(standing.accounts.length > 1 ? [{ id: 'account', header: t('account'), cell: (row: EventRow) => row.accountName, from: 'lg' as const }] : []),
    { id: 'attempts', header: t('attempts'), align: 'end', cell: (row) => count(row.attempts), from: 'lg' },
  ];
  return (
    <>
      <TabLinks
        label={t('views')}
        className="mb-4"
        items={[
          { href: '/payments/events', label: t('all'), current: status === '' },
          ...(['parked', 'dead', 'failed'] as const).map((one) => ({ href: `/payments/events?status=${one}`, label: word('statuses.webhook', one), current: status === one, ...(standing[one] === 0 ? {} : { count: count(standing[one]) }) })),
        ]}
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.eventId}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        filters={
          <>
            <SearchInput label={t('search')} value={text} onValueChange={setText} className="w-full md:w-72" />
            <Select aria-label={c('fields.status')} className="w-full sm:w-52" value={status} onValueChange={(value) => url.filter({ status: value })} options={[{ value: '', label: m('allStatuses') }, ...webhookStatuses.map((value) => ({ value, label: word('statuses.webhook', value) }))]} />
            <Select aria-label={t('topic')} className="w-full sm:w-48" value={url.get('topic')} onValueChange={(topic) => url.filter({ topic })} options={[{ value: '', label: t('allTopics') }, ...eventTopics.map((value) => ({ value, label: words.topic(value) }))]} />
            {standing.accounts.length > 1 ? <Select aria-label={t('account')} className="w-full sm:w-48" value={url.get('account')} onValueChange={(account) => url.filter({ account })} options={[{ value: '', label: t('allAccounts') }, ...standing.accounts.map(({ id, name }) => ({ value: id, label: name }))]} /> : null}
            {filtered ? <Button variant="ghost" onClick={clear}>{m('clear')}</Button> : null}
          </>
        }
        empty={filtered ? <EmptyState icon={<Inbox />} title={t('noneFit')}>{m('noneFitHelp')}</EmptyState> : <EmptyState icon={<Inbox />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <EventPanel id={url.opened} onClose={() => url.open(null)} mayReplay={mayReplay} showsMembers={showsMembers} />
    </>
  );
}
