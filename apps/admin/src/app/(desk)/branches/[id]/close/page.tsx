import { PageHead, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { CloseBranch } from './close-branch';

interface ClosePageProps {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.branches'))('close') };
}

/** The way to close a branch: what it owns, where that goes, who of the team goes along, and a typed yes. */
export default async function CloseBranchPage({ params }: ClosePageProps) {
  const me = await viewer('branches.write');
  const [{ id }, api, t] = await Promise.all([params, caller(), getTranslations('admin.branches')]);
  const holdings = await needed(api.branches.holdings({ id }));
  if (!holdings.isActive) redirect(`/branches/${id}`);
  const targets = me.can('transfers.request') ? await needed(api.transfers.targets()) : [];
  return (
    <>
      <PageHead back={<TextLink kind="standalone" href={`/branches/${id}`}><ArrowLeft aria-hidden="true" />{holdings.name}</TextLink>} title={t('closeTitle', { branch: holdings.name })} />
      <CloseBranch holdings={holdings} targets={targets.filter((target) => target.id !== id)} />
    </>
  );
}
