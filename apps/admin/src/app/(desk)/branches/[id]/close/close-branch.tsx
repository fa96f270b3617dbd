'use client';
import { Steps, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { ConfirmStep } from './confirm-step';
import { OwnsStep } from './owns-step';
import { leavingOf, type Fates, type Holdings, type Target } from './plan';
import { TargetStep } from './target-step';
import { TeamStep } from './team-step';

/** Leads through closing a branch, one question at a time. Nothing happens before the last step. */
export function CloseBranch({ holdings, targets }: { holdings: Holdings; targets: readonly Target[] }) {
  const t = useTranslations('admin.branches');
  const router = useRouter();
  const ways = holdings.isEmpty ? (['owns', 'confirm'] as const) : holdings.team.length === 0 ? (['owns', 'target', 'confirm'] as const) : (['owns', 'target', 'team', 'confirm'] as const);
  const [at, setAt] = useState(0);
  const [targetId, setTargetId] = useState('');
  const [fates, setFates] = useState<Fates>({});
  const target = targets.find(({ id }) => id === targetId) ?? null;
  const close = trpc.branches.close.useMutation({
    onSuccess: () => {
      toast.success(t('closedDone'));
      router.push(`/branches/${holdings.id}`);
      router.refresh();
    },
    // said beside the button
    onError: () => undefined,
  });
  const go = (step: number) => {
    close.reset();
    setAt(step);
    window.scrollTo({ top: 0 });
  };
  const step = { onNext: () => go(at + 1), onBack: () => go(at - 1) };
  const now = ways[at] ?? 'owns';
  // i18n-keys: admin.branches.steps.*
  return (
    <div className="max-w-2xl">
      <Steps className="mb-6" steps={ways.map((way) => ({ label: t(`steps.${way}`) }))} current={at} />
      {now === 'owns' ? <OwnsStep holdings={holdings} hasTargets={targets.length > 0} onNext={step.onNext} /> : null}
      {now === 'target' ? <TargetStep targets={targets} targetId={targetId} onChoose={(id) => { setTargetId(id); setFates({}); }} {...step} /> : null}
      {now === 'team' && target !== null ? <TeamStep holdings={holdings} target={target} fates={fates} onChange={setFates} {...step} /> : null}
      {now === 'confirm' ? (
        <ConfirmStep
          holdings={holdings}
          target={target}
          fates={fates}
          busy={close.isPending}
          error={close.error}
          onBack={step.onBack}
          onConfirm={() => close.mutate({ id: holdings.id, targetBranchId: target?.id ?? null, leaving: target === null ? [] : leavingOf(holdings, fates) })}
        />
      ) : null}
    </div>
  );
}
