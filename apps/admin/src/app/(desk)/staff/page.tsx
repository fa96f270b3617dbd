import { formatPhone } from '@interdomestik/rules/people';
import { grantableRoles, staffRoles } from '@interdomestik/rules/permissions';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { idOf, oneOf, readQuery, type Query } from '../../_parts/query';
import { Staff } from './staff';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('team') };
}

const statuses = ['invited', 'active', 'disabled'] as const;

export default async function StaffPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('staff.read');
  const [query, api] = await Promise.all([readQuery(searchParams), caller()]);
  const [page, branches] = await Promise.all([
    needed(api.staff.list({
      cursor: query('cursor'), search: query('q'), filters: { status: oneOf(query('status'), statuses), role: oneOf(query('role'), staffRoles), branchId: idOf(query('branch')) },
    })),
    needed(api.branches.list()),
  ]);
  return (
    <Staff
      people={page.items.map((person) => ({ ...person, phone: person.phone === null ? null : formatPhone(person.phone) }))}
      nextCursor={page.nextCursor}
      branches={branches.filter(({ isActive }) => isActive).map(({ id, name }) => ({ id, name }))}
      wholeTenant={me.reach === 'tenant'}
      mayInvite={me.can('staff.invite')}
      grantable={me.can('roles.grant') ? grantableRoles(me.roles, staffRoles) : []}
    />
  );
}
