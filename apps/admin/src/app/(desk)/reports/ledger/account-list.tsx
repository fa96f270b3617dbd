'use client';
import { DataTable, DateInput, EmptyState, Field, type DataColumn } from '@interdomestik/ui';
import { ChartColumn } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useListUrl } from '../../../_parts/use-list-url';
import { useWord } from '../../../_parts/use-word';
import { Code, Sum } from '../../../_parts/values';

type Account = Outputs['ledger']['accounts'][number];

/** Every account with what stands on it at the end of a day; a row leads to its statement. */
export function AccountList({ accounts, to }: { accounts: readonly Account[]; to: string }) {
  const t = useTranslations('reports.ledger');
  const r = useTranslations('reports');
  const word = useWord();
  const url = useListUrl();
  const nameOf = ({ name, code }: Account) => (name === null ? code : word('ledger.accounts', name));
  const columns: DataColumn<Account>[] = [
    { id: 'code', header: t('code'), cell: (row) => <Code value={row.code} />, width: '6rem', card: 'line' },
    { id: 'account', header: t('account'), cell: nameOf, card: 'title' },
    { id: 'currency', header: r('currency'), cell: (row) => row.balance.currency, width: '7rem', card: 'line' },
    { id: 'balance', header: t('balance'), align: 'end', cell: (row) => <Sum value={row.balance} /> },
  ];
  return (
    <DataTable
      label={t('accounts')} columns={columns} rows={[...accounts]} rowKey={(row) => row.id} rowLabel={nameOf} rowHref={(row) => `/reports/ledger/${row.id}`} refreshing={url.pending}
      filters={<Field label={r('asOf')} className="w-full sm:w-44"><DateInput value={to} onValueChange={(value) => { if (value !== null) url.filter({ to: value }); }} /></Field>}
      empty={<EmptyState icon={<ChartColumn />} title={t('noneTitle')}>{t('noneHelp')}</EmptyState>}
    />
  );
}
