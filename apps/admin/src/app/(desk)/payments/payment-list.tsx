'use client';
import { paymentStatuses } from '@interdomestik/rules/payments';
import { Button, ButtonLink, DataTable, EmptyState, KeyValue, Notice, Select, SidePanel, type DataColumn } from '@interdomestik/ui';
import { CreditCard } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { storedMethods } from '../../_parts/stored-methods';
import { StateMark } from '../../_parts/state-mark';
import { useListUrl, usePaging } from '../../_parts/use-list-url';
import { useWord } from '../../_parts/use-word';
import { Code, Moment, Sum } from '../../_parts/values';
import { RefundPart } from './refund-part';

type Page = Outputs['payments']['list'];
type Payment = Page['items'][number];

/** Payments in reach, newest first; a row opens the payment. */
export function PaymentList({ page, showsMembers, refunds }: { page: Page; showsMembers: boolean; refunds: boolean }) {
  const t = useTranslations('admin.payments');
  const m = useTranslations('admin.members');
  const c = useTranslations('common');
  const word = useWord();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const filtered = url.get('status') !== '' || url.get('method') !== '';
  const opened = page.items.find(({ id }) => id === url.opened);
  const columns: DataColumn<Payment>[] = [
    { id: 'member', header: c('fields.member'), cell: (row) => row.memberName ?? t('elsewhere') },
    { id: 'number', header: c('fields.memberNumber'), cell: (row) => <Code value={row.memberNumber} />, from: 'xl' },
    { id: 'plan', header: c('fields.plan'), cell: (row) => row.planTitle ?? '–', from: 'lg' },
    { id: 'method', header: c('fields.paymentMethod'), cell: (row) => word('paymentMethods', row.method) },
    { id: 'status', header: c('fields.status'), cell: (row) => <StateMark kind="payment" value={row.status} look="plain" />, card: 'status' },
    { id: 'date', header: c('fields.date'), cell: (row) => <Moment value={row.paidAt ?? row.createdAt} /> },
    { id: 'amount', header: c('fields.amount'), align: 'end', cell: (row) => <Sum value={row.amount} /> },
  ];
  return (
    <>
      <DataTable
        label={c('nav.payments')}
        columns={columns}
        rows={page.items}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.memberName ?? t('elsewhere')}
        onOpen={(row) => url.open(row.id)}
        openKey={url.opened}
        refreshing={url.pending}
        paging={paging}
        filters={
          <>
            <Select aria-label={c('fields.status')} className="w-full sm:w-48" value={url.get('status')} onValueChange={(status) => url.filter({ status })} options={[{ value: '', label: m('allStatuses') }, ...paymentStatuses.map((value) => ({ value, label: word('statuses.payment', value) }))]} />
            <Select aria-label={c('fields.paymentMethod')} className="w-full sm:w-48" value={url.get('method')} onValueChange={(method) => url.filter({ method })} options={[{ value: '', label: t('allMethods') }, ...storedMethods.map((value) => ({ value, label: word('paymentMethods', value) }))]} />
            {filtered ? <Button variant="ghost" onClick={() => url.filter({ status: null, method: null })}>{m('clear')}</Button> : null}
          </>
        }
        empty={filtered ? <EmptyState icon={<CreditCard />} title={t('noneFit')}>{m('noneFitHelp')}</EmptyState> : <EmptyState icon={<CreditCard />} title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
      <SidePanel
        open={opened !== undefined}
        onOpenChange={() => url.open(null)}
        beside
        title={opened?.memberName ?? c('nouns.payment')}
        meta={opened === undefined ? undefined : <StateMark kind="payment" value={opened.status} />}
        footer={opened?.memberId != null && showsMembers ? <ButtonLink variant="secondary" href={`/members/${opened.memberId}`}>{t('toMember')}</ButtonLink> : undefined}
      >
        {opened === undefined ? null : <div className="space-y-4"><PaymentFacts payment={opened} />{refunds ? <RefundPart key={opened.id} paymentId={opened.id} /> : null}</div>}
      </SidePanel>
    </>
  );
}

function PaymentFacts({ payment }: { payment: Payment }) {
  const t = useTranslations('admin.payments');
  const c = useTranslations('common');
  const word = useWord();
  return (
    <div className="space-y-4">
      <KeyValue
        items={[
          { label: c('fields.amount'), value: <Sum value={payment.amount} strong /> },
          ...(payment.refunded.minor === 0n ? [] : [{ label: t('refunded'), value: <Sum value={payment.refunded} tone="bad" /> }]),
          { label: c('fields.paymentMethod'), value: word('paymentMethods', payment.method) },
          { label: c('fields.plan'), value: payment.planTitle ?? '–' },
          { label: c('fields.memberNumber'), value: <Code value={payment.memberNumber} /> },
          { label: t('opened'), value: <Moment value={payment.createdAt} /> },
          { label: t('paidAt'), value: <Moment value={payment.paidAt} /> },
          { label: t('taxDocument'), value: payment.taxDocumentIssuer === 'tenant' ? t('byTenant') : t('byProvider') },
        ]}
      />
      {payment.status === 'disputed' ? <Notice tone="warning">{t('disputed')}</Notice> : null}
    </div>
  );
}
