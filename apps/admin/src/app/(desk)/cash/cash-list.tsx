'use client';
import { Button, DataTable, EmptyState, KeyValue, SidePanel, Status, toast, type DataColumn } from '@interdomestik/ui';
import { Banknote, Download, HandCoins } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { Code, Moment, Sum } from '../../_parts/values';
import type { ReceiptPlace } from './places';
import { totalsOf } from './totals';
import { useFormats } from '../../_parts/use-formats';

type Page = Outputs['cash']['list'];
type Receipt = Page['items'][number];

interface CashListProps {
  readonly page: Page;
  readonly place: ReceiptPlace;
  readonly showsAgent: boolean;
  readonly showsBranch: boolean;
}

/** Receipts of cash; the own ones that are ticked are handed to the branch together. */
export function CashList({ page, place, showsAgent, showsBranch }: CashListProps) {
  const t = useTranslations('admin.cash');
  const c = useTranslations('common');
  const formats = useFormats();
  const router = useRouter();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const chosen = page.items.filter(({ id }) => ticked.has(id));
  const ids = chosen.map(({ id }) => id);
  const sum = formats.sums(totalsOf(chosen.map(({ amount }) => amount)));
  const done = (message: string) => {
    setTicked(new Set());
    toast.success(message);
    router.refresh();
  };
  const handOver = trpc.cash.handOver.useMutation({ onSuccess: ({ handovers }) => done(t('handedOver', { count: handovers.reduce((all, { receipts }) => all + receipts, 0) })) });
  const opened = page.items.find(({ id }) => id === url.opened);
  const acts = (
    <>
      {place === 'collected' && chosen.every(({ mine }) => mine) ? <Button size="small" icon={<HandCoins />} loading={handOver.isPending} onClick={() => handOver.mutate({ ids })}>{t('handOver')}</Button> : null}
      <span className="figures ml-auto font-semibold">{sum}</span>
    </>
  );
  const movable = place === 'collected' && page.items.some(({ mine }) => mine);
  const columns: DataColumn<Receipt>[] = [
    { id: 'code', header: c('nouns.receipt'), cell: (row) => <Code value={row.code} /> },
    { id: 'member', header: c('fields.member'), cell: (row) => row.memberName ?? t('elsewhere') },
    ...(showsAgent ? [{ id: 'agent', header: t('collector'), cell: (row: Receipt) => row.agentName ?? '–' }] : []),
    ...(showsBranch ? [{ id: 'branch', header: c('fields.branch'), cell: (row: Receipt) => row.branchName, from: 'lg' as const }] : []),
    { id: 'at', header: t('collectedAt'), cell: (row) => <Moment value={row.collectedAt} /> },
    { id: 'status', header: c('fields.status'), cell: (row) => <CashState receipt={row} />, card: 'status' },
    { id: 'amount', header: c('fields.amount'), align: 'end', cell: (row) => <Sum value={row.amount} /> },
  ];
  return (
    <>
      <DataTable
        // i18n-keys: admin.cash.place.*
        label={t(`place.${place}`)}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.code}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        {...(movable ? { selection: ticked, onSelectionChange: setTicked, bulkActions: acts } : {})}
        refreshing={url.pending}
        paging={paging}
        // i18n-keys: admin.cash.empty.*
        empty={<EmptyState icon={<Banknote />} title={t(`empty.${place}`)}>{t('emptyHelp')}</EmptyState>}
      />
      <SidePanel open={opened !== undefined} onOpenChange={() => url.open(null)} beside title={<span className="figures">{opened?.code}</span>} meta={opened === undefined ? undefined : <CashState receipt={opened} />}>
        {opened === undefined ? null : (
          <KeyValue
            items={[
              { label: c('fields.amount'), value: <Sum value={opened.amount} strong /> },
              { label: c('fields.member'), value: opened.memberName ?? t('elsewhere') },
              { label: t('collector'), value: opened.agentName ?? '–' },
              { label: c('fields.branch'), value: opened.branchName },
              { label: t('collectedAt'), value: <Moment value={opened.collectedAt} /> },
              { label: t('handedAt'), value: <Moment value={opened.handedAt} /> },
              { label: t('verifiedBy'), value: opened.verifiedBy ?? '–' },
              { label: t('bankedAt'), value: <Moment value={opened.bankedAt} /> },
              { label: t('slip'), value: <Code value={opened.bankSlip} /> },
              {
                label: c('nouns.document'),
                value: opened.documentId === null ? t('making') : <a href={`/api/documents/${opened.documentId}`} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-accent underline underline-offset-3"><Download className="size-4" aria-hidden="true" />{t('receiptPdf')}</a>,
              },
            ]}
          />
        )}
      </SidePanel>
    </>
  );
}

function CashState({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('admin.cash');
  if (receipt.status === 'handed' && !receipt.confirmed) return <Status tone="warning" shape="waiting" look="plain">{t('place.toConfirm')}</Status>;
  return <StateMark kind="cash" value={receipt.status} look="plain" />;
}
