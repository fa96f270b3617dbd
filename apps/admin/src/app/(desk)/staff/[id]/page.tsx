import { formatPhone } from '@interdomestik/rules/people';
import { grantableRoles, staffRoles } from '@interdomestik/rules/permissions';
import { TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { ColleaguePage } from './colleague-page';

export async function generateMetadata() {
  const t = await getTranslations('admin.staff');
  return { title: t('colleague') };
}

/** One person of the team: who they are, what they may do and since when, and the way to change it. */
export default async function StaffPersonPage({ params }: { params: Promise<{ id: string }> }) {
  const me = await viewer('staff.read');
  const [{ id }, api, c] = await Promise.all([params, caller(), getTranslations('common.nav')]);
  const [person, branches] = await Promise.all([needed(api.staff.get({ id })), needed(api.branches.list())]);
  return (
    <ColleaguePage
      back={<TextLink kind="standalone" href="/staff"><ArrowLeft aria-hidden="true" />{c('team')}</TextLink>}
      person={{ ...person, phone: person.phone === null ? null : formatPhone(person.phone) }}
      rights={{
        branches: branches.filter(({ isActive }) => isActive).map(({ id: branchId, name }) => ({ id: branchId, name })), wholeTenant: me.reach === 'tenant', mayInvite: me.can('staff.invite'),
        grantable: me.can('roles.grant') ? grantableRoles(me.roles, staffRoles) : [],
      }}
      readsMembers={me.can('members.read')}
    />
  );
}
