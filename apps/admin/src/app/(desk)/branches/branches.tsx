'use client';
import { Button, DataTable, EmptyState, PageHead, type DataColumn } from '@interdomestik/ui';
import { Building2, Plus } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useFormats } from '../../_parts/use-formats';
import { useListUrl } from '../../_parts/use-list-url';
import { BranchForm } from './branch-form';
import { BranchState, type Branch } from './branch-state';

/** The branches of the country with what goes on in each; a row leads to the branch. */
export function Branches({ branches, mayWrite }: { branches: readonly Branch[]; mayWrite: boolean }) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common');
  const formats = useFormats();
  const router = useRouter();
  const url = useListUrl();
  const adding = mayWrite && url.opened === 'new';
  const add = mayWrite ? <Button icon={<Plus />} onClick={() => url.open('new')}>{t('add')}</Button> : undefined;
  const figure = (id: 'members' | 'staff' | 'openLeads' | 'openClaims', header: string): DataColumn<Branch> =>
    ({ id, header, align: 'end', cell: (branch) => <span className="figures">{formats.count(branch[id])}</span>, width: '8rem' });
  const columns: readonly DataColumn<Branch>[] = [
    { id: 'name', header: c('nouns.branch'), cell: (branch) => <span className="font-semibold">{branch.name}</span>, card: 'title' },
    { id: 'city', header: c('fields.city'), cell: (branch) => branch.city, from: 'lg' },
    figure('members', t('members')),
    figure('staff', t('staff')),
    figure('openLeads', t('openLeads')),
    figure('openClaims', t('openClaims')),
    { id: 'status', header: c('fields.status'), cell: (branch) => <BranchState open={branch.isActive} />, card: 'status', width: '9rem' },
  ];
  return (
    <>
      <PageHead title={c('nav.branches')} meta={t('help')} actions={add} />
      <DataTable
        label={c('nav.branches')}
        columns={columns}
        rows={branches}
        rowKey={(branch) => branch.id}
        rowLabel={(branch) => branch.name}
        rowHref={(branch) => `/branches/${branch.id}`}
        onOpen={(branch) => router.push(`/branches/${branch.id}`)}
        empty={<EmptyState icon={<Building2 />} title={t('emptyTitle')} action={add}>{t('emptyHelp')}</EmptyState>}
      />
      {adding ? <BranchForm branch={null} onClose={() => url.open(null)} /> : null}
    </>
  );
}
