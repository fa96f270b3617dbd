import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { Branches } from './branches';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('branches') };
}

export default async function BranchesPage() {
  const me = await viewer('branches.read');
  const branches = await needed((await caller()).branches.list());
  return <Branches branches={branches} mayWrite={me.can('branches.write')} mayReadStaff={me.can('staff.read')} />;
}
