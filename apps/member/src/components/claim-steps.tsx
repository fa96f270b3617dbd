'use client';
import { Steps } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';

export const claimSteps = ['what', 'other', 'documents', 'check'] as const;
export type ClaimStep = (typeof claimSteps)[number];

/** Where one is on the way to a claim; `id` is null while only its kind is being chosen. */
export function ClaimSteps({ id, step }: { id: string | null; step: ClaimStep | 'category' }) {
  const t = useTranslations('member.claimForm');
  const labels = { what: t('stepWhat'), other: t('stepOther'), documents: t('stepDocuments'), check: t('stepCheck') };
  const href = (name: ClaimStep) => (id === null ? undefined : `/claims/${id}/edit?step=${name}`);
  return (
    <Steps
      className="mb-6"
      current={step === 'category' ? 0 : claimSteps.indexOf(step) + 1}
      steps={[{ label: t('stepCategory'), href: id === null ? undefined : `/claims/${id}/edit?step=category` }, ...claimSteps.map((name) => ({ label: labels[name], href: href(name) }))]}
    />
  );
}
