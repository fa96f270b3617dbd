'use client';
import { printIban } from '@interdomestik/rules/bank';
import { refundStatuses } from '@interdomestik/rules/payments';
import { Button, ButtonLink, DataTable, EmptyState, KeyValue, Notice, Select, SidePanel, Status, toast, type DataColumn, type StatusTone } from '@interdomestik/ui';
import { CreditCard } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useListUrl, usePaging } from '../../../_parts/use-list-url';
import { Moment, Sum } from '../../../_parts/values';
import { CorrectAccount } from './correct-account';

type Page = Outputs['refunds']['list'];
type Refund = Page['items'][number];

const tones: Readonly<Record<Refund['status'], StatusTone>> = { asked: 'info', done: 'success', refused: 'danger' };

// i18n-keys: refunds.statuses.*, refunds.sources.*
/** Money that was given back or is on its way, newest first; a row opens it, and one that the provider has not decided can be asked about again. */
export function RefundList({ page, showsMembers }: { page: Page; showsMembers: boolean }) {
  const t = useTranslations('refunds');
  const c = useTranslations('common.fields');
  const m = useTranslations('admin.members');
  const url = useListUrl();
  const router = useRouter();
  const paging = usePaging(url, page.nextCursor);
  const retry = trpc.refunds.retry.useMutation({ onSuccess: () => { toast.success(t('retried')); router.refresh(); } });
  const pay = trpc.refunds.payOwed.useMutation({ onSuccess: () => { toast.success(t('owedPaid')); router.refresh(); } });
  const opened = page.items.find(({ id }) => id === url.opened);
  const state = (row: Refund) => <Status tone={row.stuck || row.source === 'owed' ? 'warning' : tones[row.status]} look="plain">{row.source === 'bank' && row.status === 'asked' ? t('toPayOut') : row.stuck ? t('stuck') : row.source === 'owed' ? t('owed') : t(`statuses.${row.status}`)}</Status>;
  const columns: DataColumn<Refund>[] = [
    { id: 'member', header: c('member'), cell: (row) => row.memberName ?? t('elsewhere') },
    { id: 'source', header: t('source'), cell: (row) => t(`sources.${row.source}`), from: 'lg' },
    { id: 'status', header: c('status'), cell: state, card: 'status' },
    { id: 'date', header: c('date'), cell: (row) => <Moment value={row.doneAt ?? row.createdAt} /> },
    { id: 'amount', header: c('amount'), align: 'end', cell: (row) => <Sum value={row.amount} /> },
  ];
  return (
    <section aria-label={t('list')}>
      <h2 className="mb-3 text-lg">{t('list')}</h2>
      <DataTable
        label={t('list')} columns={columns} rows={page.items} rowKey={(row) => row.id} rowLabel={(row) => row.memberName ?? t('elsewhere')} onOpen={(row) => url.open(row.id)} openKey={url.opened} refreshing={url.pending} paging={paging}
        filters={<Select aria-label={c('status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })} options={[{ value: '', label: m('allStatuses') }, ...refundStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))]} />}
        empty={<EmptyState icon={<CreditCard />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <SidePanel
        open={opened !== undefined} onOpenChange={() => url.open(null)} beside title={opened?.memberName ?? t('title')} meta={opened === undefined ? undefined : state(opened)}
        footer={opened?.memberId != null && showsMembers ? <ButtonLink variant="secondary" href={`/members/${opened.memberId}`}>{t('toMember')}</ButtonLink> : undefined}
      >
        {opened === undefined ? null : (
          <div className="space-y-4">
            <KeyValue
              items={[
                { label: c('amount'), value: <><Sum value={opened.amount} strong />{opened.part ? ` (${t('part')})` : null}</> }, { label: t('source'), value: t(`sources.${opened.source}`) }, { label: t('note'), value: opened.note },
                ...(opened.payout === null ? [] : [{ label: t('payOutIban'), value: opened.payout.iban === null ? t('ibanBroken') : <span className="figures">{printIban(opened.payout.iban)}</span> }, { label: t('payOutReference'), value: <span className="figures">{opened.payout.reference}</span> }]),
                { label: t('askedBy'), value: opened.askedBy ?? '–' }, { label: t('askedAt'), value: <Moment value={opened.createdAt} /> }, { label: t('doneAt'), value: <Moment value={opened.doneAt} /> },
              ]}
            />
            {opened.source === 'owed' ? (
              <>
                <Notice tone="info">{t('owedHelp')}</Notice>
                <Button variant="secondary" loading={pay.isPending} onClick={() => pay.mutate({ id: opened.id })}>{t('payOwed')}</Button>
              </>
            ) : null}
            {opened.status === 'asked' && opened.source === 'bank' ? <><Notice tone={opened.stuck ? 'warning' : 'info'}>{t('payOutHelp')}</Notice><CorrectAccount id={opened.id} /></> : null}
            {opened.status === 'asked' && opened.source !== 'bank' ? (
              <>
                <Notice tone={opened.stuck ? 'warning' : 'info'}>{opened.sent ? t('sentHelp') : t('unsentHelp')}</Notice>
                <Button variant="secondary" loading={retry.isPending} onClick={() => retry.mutate({ id: opened.id })}>{t('retry')}</Button>
              </>
            ) : null}
          </div>
        )}
      </SidePanel>
    </section>
  );
}
