'use client';
import { Button, Dialog, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';

interface LeaveMembershipProps {
  readonly membershipId: string;
  /** Last day, in words. */
  readonly until: string;
  readonly leaving: Outputs['memberships']['leaving'];
}

/** Calls the renewal off, after a look at what that means, or takes that back. Nothing where neither is possible. */
export function LeaveMembership({ membershipId: id, until, leaving }: LeaveMembershipProps) {
  const t = useTranslations('member.leave');
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const cancel = trpc.memberships.cancel.useMutation({ onSuccess: () => { setAsking(false); toast.success(t('canceled', { until })); router.refresh(); } });
  const takeBack = trpc.memberships.takeBack.useMutation({ onSuccess: () => { toast.success(t('takenBack')); router.refresh(); } });
  if (leaving.takeBack) return <Button className="mt-4" variant="secondary" loading={takeBack.isPending} onClick={() => takeBack.mutate({ id })}>{t('takeBack')}</Button>;
  if (!leaving.cancel) return null;
  return (
    <div className="mt-3">
      <Button size="small" variant="secondary" onClick={() => setAsking(true)}>{t('cancel')}</Button>
      <Dialog
        open={asking} onOpenChange={setAsking} title={t('cancelTitle')} description={t('cancelText', { until })}
        footer={<><Button variant="danger" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>{t('confirm')}</Button><Button variant="secondary" onClick={() => setAsking(false)}>{t('keep')}</Button></>}
      />
    </div>
  );
}
