import { redirect } from 'next/navigation';
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
  // whoever works in one branch has no list to choose from
  const [only] = branches;
  if (me.reach === 'branch' && only !== undefined) redirect(`/branches/${only.id}`);
  return <Branches branches={branches} mayWrite={me.can('branches.write')} />;
}
