'use client';
import type { Money } from '@interdomestik/rules/money';
import { Button, DataTable, EmptyState, KeyValue, SidePanel, Status, type DataColumn } from '@interdomestik/ui';
import { Banknote, HandCoins, Landmark } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { Code, Day, Moment, Sum } from '../../_parts/values';
import { BankDialog } from './bank-dialog';
import { CountDialog } from './count-dialog';
import type { HandoverPlace } from './places';
import { totalsOf } from './totals';

type Page = Outputs['cash']['handovers'];
type Handover = Page['items'][number];

interface HandoverListProps {
  readonly page: Page;
  readonly place: HandoverPlace;
  /** May count and bank. */
  readonly verifies: boolean;
  readonly showsAgent: boolean;
  readonly showsBranch: boolean;
  /** Given back to members out of a branch's cash: the next deposit is less by it. */
  readonly givenBack: readonly { readonly branchId: string; readonly amount: Money }[];
  /** `YYYY-MM-DD` of the tenant. */
  readonly today: string;
}

/** What agents handed to the branch: to be counted, to be banked, or all of it with its differences. */
export function HandoverList({ page, place, verifies, showsAgent, showsBranch, givenBack, today }: HandoverListProps) {
  const t = useTranslations('admin.cash');
  const c = useTranslations('common');
  const formats = useFormats();
  const router = useRouter();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [banking, setBanking] = useState(false);
  const [counting, setCounting] = useState<Handover | null>(null);
  const chosen = page.items.filter(({ id }) => ticked.has(id));
  const sum = formats.sums(totalsOf(chosen.flatMap(({ counted }) => counted ?? [])));
  const less = givenBack.filter(({ branchId, amount }) => chosen.some((row) => row.branchId === branchId && row.amount.currency === amount.currency)).map(({ amount }) => amount);
  const opened = page.items.find(({ id }) => id === url.opened);
  const done = () => {
    setTicked(new Set());
    setBanking(false);
    setCounting(null);
    router.refresh();
  };
  const countable = (row: Handover) => verifies && row.state === 'waiting' && !row.mine;
  const columns: DataColumn<Handover>[] = [
    { id: 'at', header: t('handedAt'), cell: (row) => <Moment value={row.handedAt} />, card: 'title' },
    ...(showsAgent ? [{ id: 'agent', header: t('collector'), cell: (row: Handover) => row.agentName ?? '–' }] : []),
    ...(showsBranch ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Handover) => row.branchName, from: 'lg' as const }] : []),
    { id: 'receipts', header: t('receipts'), align: 'end', cell: (row) => <span className="figures">{formats.count(row.receipts)}</span>, from: 'lg' },
    { id: 'state', header: c('fields.status'), cell: (row) => <HandoverState state={row.state} />, card: 'status' },
    { id: 'amount', header: t('said'), align: 'end', cell: (row) => <Sum value={row.amount} /> },
    ...(place === 'toConfirm' ? [] : [
      { id: 'counted', header: t('countedColumn'), align: 'end' as const, cell: (row: Handover) => (row.counted === null ? <span className="text-ink-muted">–</span> : <Sum value={row.counted} strong />) },
      { id: 'difference', header: t('difference'), align: 'end' as const, cell: (row: Handover) => <Difference handover={row} /> },
    ]),
    ...(place === 'toConfirm' && verifies ? [{ id: 'act', header: t('act'), align: 'end' as const, cell: (row: Handover) => (countable(row) ? <Button size="small" variant="secondary" icon={<HandCoins />} onClick={() => setCounting(row)}>{t('count')}</Button> : <span className="text-note text-ink-muted">{t('byAnother')}</span>) }] : []),
  ];
  return (
    <>
      <DataTable
        // i18n-keys: admin.cash.place.*
        label={t(`place.${place}`)}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${row.agentName ?? ''} ${formats.moment(row.handedAt)}`}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        {...(place === 'branch' && verifies ? { selection: ticked, onSelectionChange: setTicked, bulkActions: <><Button size="small" icon={<Landmark />} onClick={() => setBanking(true)}>{t('bank')}</Button><span className="figures ml-auto font-semibold">{sum}</span></> } : {})}
        refreshing={url.pending}
        paging={paging}
        // i18n-keys: admin.cash.empty.*
        empty={<EmptyState icon={<Banknote />} title={t(`empty.${place}`)}>{t('emptyHandovers')}</EmptyState>}
      />
      <BankDialog open={banking} onOpenChange={setBanking} ids={chosen.map(({ id }) => id)} sum={sum} givenBack={less.length === 0 ? null : formats.sums(less)} today={today} onDone={done} />
      <CountDialog handover={counting} onClose={() => setCounting(null)} onDone={done} />
      <SidePanel open={opened !== undefined} onOpenChange={() => url.open(null)} beside title={opened === undefined ? '' : <Sum value={opened.amount} />} meta={opened === undefined ? undefined : <HandoverState state={opened.state} />}>
        {opened === undefined ? null : (
          <KeyValue
            items={[
              { label: t('collector'), value: opened.agentName ?? '–' },
              { label: c('fields.branch'), value: opened.branchName },
              { label: t('receipts'), value: formats.count(opened.receipts) },
              { label: t('handedAt'), value: <Moment value={opened.handedAt} /> },
              { label: t('verifiedBy'), value: opened.countedBy ?? '–' },
              { label: t('countedAt'), value: <Moment value={opened.countedAt} /> },
              { label: t('countedColumn'), value: opened.counted === null ? '–' : <Sum value={opened.counted} /> },
              { label: t('difference'), value: <Difference handover={opened} /> },
              { label: t('note'), value: opened.note ?? '–' },
              { label: t('slip'), value: <Code value={opened.slip} /> },
              { label: t('depositedOn'), value: <Day value={opened.depositedOn} /> },
            ]}
          />
        )}
      </SidePanel>
    </>
  );
}

function Difference({ handover: { difference } }: { handover: Handover }) {
  if (difference === null) return <span className="text-ink-muted">–</span>;
  return <Sum value={difference} tone={difference.minor < 0n ? 'bad' : difference.minor > 0n ? 'good' : 'muted'} />;
}

const looks = { waiting: ['warning', 'waiting'], in_branch: ['info', 'going'], banked: ['success', undefined], returned: ['neutral', undefined] } as const;

function HandoverState({ state }: { state: Handover['state'] }) {
  const t = useTranslations('admin.cash');
  const [tone, shape] = looks[state];
  // i18n-keys: admin.cash.state.*
  return <Status tone={tone} shape={shape} look="plain">{t(`state.${state}`)}</Status>;
}
