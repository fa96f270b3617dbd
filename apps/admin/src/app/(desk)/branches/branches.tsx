'use client';
import { Button, DataTable, EmptyState, PageHead, type DataColumn } from '@interdomestik/ui';
import { Building2, Plus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl } from '../../_parts/use-list-url';
import { BranchPanel } from './branch-panel';
import { BranchState, type Branch } from './branch-state';

/** The branches in reach; a row opens the branch beside the list. */
export function Branches({ branches, mayWrite, mayReadStaff }: { branches: readonly Branch[]; mayWrite: boolean; mayReadStaff: boolean }) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common');
  const formats = useFormats();
  const url = useListUrl();
  const opened = branches.find(({ id }) => id === url.opened);
  const adding = mayWrite && url.opened === 'new';
  const add = <Button icon={<Plus />} onClick={() => url.open('new')}>{t('add')}</Button>;
  const columns: readonly DataColumn<Branch>[] = [
    { id: 'name', header: c('nouns.branch'), cell: (branch) => <span className="font-semibold">{branch.name}</span>, card: 'title' },
    { id: 'city', header: c('fields.city'), cell: (branch) => branch.city },
    { id: 'code', header: t('code'), cell: (branch) => <span className="text-ink-muted">{branch.code}</span>, from: 'lg' },
    { id: 'members', header: t('members'), align: 'end', cell: (branch) => <span className="figures">{formats.count(branch.members)}</span>, width: '8rem' },
    { id: 'staff', header: t('staff'), align: 'end', cell: (branch) => <span className="figures">{formats.count(branch.staff)}</span>, width: '8rem' },
    { id: 'status', header: c('fields.status'), cell: (branch) => <BranchState open={branch.isActive} />, card: 'status', width: '9rem' },
  ];
  return (
    <>
      <PageHead title={c('nav.branches')} meta={t('help')} actions={mayWrite ? add : undefined} />
      <DataTable
        label={c('nav.branches')}
        columns={columns}
        rows={branches}
        rowKey={(branch) => branch.id}
        rowLabel={(branch) => branch.name}
        onOpen={(branch) => url.open(branch.id)}
        openKey={url.opened}
        empty={<EmptyState icon={<Building2 />} title={t('emptyTitle')} action={mayWrite ? add : undefined}>{t('emptyHelp')}</EmptyState>}
      />
      {opened === undefined && !adding ? null : (
        <BranchPanel key={opened?.id ?? 'new'} branch={opened ?? null} mayWrite={mayWrite} mayReadStaff={mayReadStaff} onClose={() => url.open(null)} />
      )}
    </>
  );
}
