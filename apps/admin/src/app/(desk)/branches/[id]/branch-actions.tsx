'use client';
import { Button, ButtonLink, toast } from '@interdomestik/ui';
import { DoorOpen, Pencil } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { BranchForm } from '../branch-form';

/** What may be done with a branch: change and close it while it works, open it again when it is closed. */
export function BranchActions({ branch }: { branch: Outputs['branches']['get'] }) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const reopen = trpc.branches.reopen.useMutation({
    onSuccess: () => {
      toast.success(t('reopened'));
      router.refresh();
    },
  });
  if (!branch.isActive) return <Button icon={<DoorOpen />} loading={reopen.isPending} onClick={() => reopen.mutate({ id: branch.id })}>{t('reopen')}</Button>;
  return (
    <>
      <Button variant="secondary" icon={<Pencil />} onClick={() => setEditing(true)}>{c('change')}</Button>
      <ButtonLink variant="ghost" className="text-danger-ink" href={`/branches/${branch.id}/close`}>{t('close')}</ButtonLink>
      {editing ? <BranchForm branch={branch} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
