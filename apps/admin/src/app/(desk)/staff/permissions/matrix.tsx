'use client';
import { grantableIn, permissions, reachWith, tenantRoles, type Permission } from '@interdomestik/rules/permissions';
import { DataTable, EmptyState, SearchInput, Select, useMedia, type DataColumn } from '@interdomestik/ui';
import { ShieldCheck } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWord } from '../../../_parts/use-word';
import { usePermissionWord } from '../use-permission-word';

// what no role of a tenant holds is the platform's and the system's affair
const shown = permissions.filter((permission) => tenantRoles.some((role) => reachWith(role, permission) !== null));

/** Every permission with how far each role reaches with it, and where it can be given to one person. */
export function Matrix() {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.fields');
  const word = useWord();
  const say = usePermissionWord();
  const [text, setText] = useState('');
  const narrow = useMedia('(max-width: 40rem)');
  const [picked, setRole] = useState<string | null>(null);
  // on a phone five roles a card would make a page without an end
  const role = picked ?? (narrow ? tenantRoles[0] : '');
  const chosen = tenantRoles.find((one) => one === role);
  const rows = shown.filter((permission) => (chosen === undefined || reachWith(chosen, permission) !== null) && say(permission).toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()));
  // i18n-keys: admin.staff.matrix.reaches.*, admin.staff.matrix.grants.*
  const columns: readonly DataColumn<Permission>[] = [
    { id: 'permission', header: t('permission'), cell: (permission) => <span className="font-semibold">{say(permission)}</span>, card: 'title' },
    ...(chosen === undefined ? tenantRoles : [chosen]).map((one): DataColumn<Permission> => ({
      id: one, header: word('roles', one),
      cell: (permission) => {
        const reach = reachWith(one, permission);
        return reach === null ? <span className="text-ink-muted"><span aria-hidden="true">–</span><span className="sr-only">{t('matrix.notHeld')}</span></span> : t(`matrix.reaches.${reach}`);
      },
    })),
    {
      id: 'grantable', header: t('matrix.grantable'),
      cell: (permission) => {
        const where = grantableIn(permission);
        return where === null ? <span className="text-ink-muted">–</span> : t(`matrix.grants.${where}`);
      },
    },
  ];
  return (
    <DataTable
      label={t('matrix.title')}
      columns={columns}
      rows={rows}
      rowKey={(permission) => permission}
      rowLabel={say}
      dense
      filters={
        <>
          <SearchInput label={t('matrix.search')} value={text} onValueChange={setText} className="w-full sm:w-72" />
          <Select
            aria-label={c('role')} className="w-full sm:w-56" value={role} onValueChange={setRole}
            options={[{ value: '', label: t('allRoles') }, ...tenantRoles.map((value) => ({ value, label: word('roles', value) }))]}
          />
        </>
      }
      empty={<EmptyState icon={<ShieldCheck />} title={t('matrix.none')}>{t('matrix.noneHelp')}</EmptyState>}
    />
  );
}
