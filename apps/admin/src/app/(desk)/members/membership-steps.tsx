'use client';
import { Button, Dialog, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../_parts/use-formats';

/** What may be done about the end of a membership by the tenant's workflow; nothing where nothing may. */
export function MembershipSteps({ membershipId: id }: { membershipId: string }) {
  const t = useTranslations('admin.members.leave');
  const c = useTranslations('common.actions');
  const formats = useFormats();
  const router = useRouter();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const leaving = trpc.memberships.leaving.useQuery({ id });
  const done = (said: string) => {
    setAsking(false);
    toast.success(said);
    void utils.invalidate();
    router.refresh();
  };
  const cancel = trpc.memberships.cancel.useMutation({ onSuccess: () => done(t('canceled')) });
  const takeBack = trpc.memberships.takeBack.useMutation({ onSuccess: () => done(t('takenBack')) });
  if (leaving.data === undefined || leaving.data.endsOn === null) return null;
  const { endsOn } = leaving.data;
  return (
    <>
      {leaving.data.takeBack ? <Button size="small" variant="secondary" loading={takeBack.isPending} onClick={() => takeBack.mutate({ id })}>{t('takeBack')}</Button> : null}
      {leaving.data.cancel ? <Button size="small" variant="secondary" onClick={() => setAsking(true)}>{t('cancel')}</Button> : null}
      <Dialog
        open={asking} onOpenChange={setAsking} title={t('cancelTitle')} description={t('cancelText', { until: formats.lastDay(endsOn) })}
        footer={<><Button variant="danger" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>{t('cancel')}</Button><Button variant="secondary" onClick={() => setAsking(false)}>{c('back')}</Button></>}
      />
    </>
  );
}
