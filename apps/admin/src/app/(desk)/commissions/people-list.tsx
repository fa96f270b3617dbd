'use client';
import { Button, DataTable, EmptyState, Status, toast, type DataColumn } from '@interdomestik/ui';
import { Check, HandCoins, Landmark } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';
import { Sum } from '../../_parts/values';
import { totalsOf } from '../cash/totals';
import { PayOutDialog } from './pay-out-dialog';

type Person = Outputs['commissions']['people'][number];

interface PeopleListProps {
  readonly people: readonly Person[];
  /** When they were read: what came later was not seen. */
  readonly asOf: Date;
  /** Pays out, for the whole tenant. */
  readonly pays: boolean;
  /** `YYYY-MM-DD` of the tenant. */
  readonly today: string;
}

const keyOf = (row: Person) => `${row.agentId} ${row.pending.currency}`;

/** Who earned what: approved and paid out for those that are ticked, up to what is seen here. */
export function PeopleList({ people, asOf, pays, today }: PeopleListProps) {
  const t = useTranslations('admin.commissions');
  const formats = useFormats();
  const router = useRouter();
  const [ticked, setTicked] = useState<Set<string>>(new Set());
  const [paying, setPaying] = useState(false);
  const chosen = people.filter((row) => ticked.has(keyOf(row)));
  const agentIds = [...new Set(chosen.map(({ agentId }) => agentId))];
  const sum = formats.sums(totalsOf(chosen.filter(({ payable }) => payable).map(({ approved }) => approved)));
  const done = () => {
    setTicked(new Set());
    setPaying(false);
    router.refresh();
  };
  const approve = trpc.commissions.approve.useMutation({ onSuccess: ({ approved }) => { toast.success(approved === 0 ? t('ownExcluded') : t('approvedDone', { count: approved })); done(); } });
  const columns: readonly DataColumn<Person>[] = [
    { id: 'person', header: t('person'), cell: (row) => <span className="font-semibold">{row.agentName ?? '–'}</span>, card: 'title' },
    { id: 'books', header: t('books'), cell: (row) => <Status tone={row.agrees ? 'success' : 'danger'} look="plain">{row.agrees ? t('agrees') : t('disagrees')}</Status>, from: 'lg' },
    { id: 'pending', header: t('pending'), align: 'end', cell: (row) => <Sum value={row.pending} strong={row.pending.minor !== 0n} /> },
    { id: 'approved', header: t('approved'), align: 'end', cell: (row) => <Sum value={row.approved} strong={row.approved.minor !== 0n} /> },
    { id: 'payable', header: t('payable'), cell: (row) => (row.approved.minor === 0n ? <span className="text-ink-muted">–</span> : row.payable ? <Status tone="info" shape="going" look="plain">{t('payable')}</Status> : <Status tone="neutral" shape="waiting" look="plain">{t('carried')}</Status>), card: 'status' },
    { id: 'paid', header: t('paid'), align: 'end', cell: (row) => <Sum value={row.paid} tone="muted" /> },
  ];
  const acts = (
    <>
      <Button size="small" icon={<Check />} loading={approve.isPending} disabled={chosen.every(({ pending }) => pending.minor === 0n)} onClick={() => approve.mutate({ agentIds, until: asOf })}>{t('approve')}</Button>
      {pays ? <Button size="small" variant="secondary" icon={<Landmark />} disabled={chosen.every(({ payable }) => !payable)} onClick={() => setPaying(true)}>{t('payOut')}</Button> : null}
      <span className="figures ml-auto font-semibold">{sum}</span>
    </>
  );
  return (
    <>
      <DataTable
        label={t('view.people')} columns={columns} rows={people} rowKey={keyOf} rowLabel={(row) => row.agentName ?? ''} selection={ticked} onSelectionChange={setTicked} bulkActions={acts}
        empty={<EmptyState icon={<HandCoins />} title={t('emptyPeople')}>{t('emptyBooked')}</EmptyState>}
      />
      <PayOutDialog open={paying} onOpenChange={setPaying} agentIds={agentIds} until={asOf} sum={sum} today={today} onDone={done} />
    </>
  );
}
