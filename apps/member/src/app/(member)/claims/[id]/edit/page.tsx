import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { Paused } from '~/components/paused';
import { caller, needed } from '~/server/caller';
import { viewer } from '~/server/viewer';
import { ClaimWizard } from './claim-wizard';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.actions'))('reportClaim') };
}

/** A claim that is still being written. */
export default async function EditClaim({ params }: { params: Promise<{ id: string }> }) {
  await viewer('claims.submit');
  const { id } = await params;
  const api = await caller();
  const [claim, eligibility] = await Promise.all([needed(api.claims.get({ id })), needed(api.claims.eligibility())]);
  if (claim.status !== 'draft') redirect(`/claims/${id}`);
  return (
    <>
      <Paused what="claims.submit" className="mb-6 max-w-xl" />
      <ClaimWizard claim={claim} eligibility={eligibility} />
    </>
  );
}
