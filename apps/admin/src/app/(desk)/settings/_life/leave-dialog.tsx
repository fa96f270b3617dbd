'use client';
import { Button, Dialog } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useLeaveGuard } from './use-unsaved';

/** Asks before a link leads away from what is typed and not saved. */
export function LeaveDialog({ dirty, saving, onSave, onDrop }: { dirty: boolean; saving: boolean; onSave: () => Promise<boolean>; onDrop: () => void }) {
  const t = useTranslations('settings.leave');
  const router = useRouter();
  const { wanted, stay } = useLeaveGuard(dirty);
  if (wanted === null) return null;
  const go = () => {
    stay();
    router.push(wanted);
  };
  return (
    <Dialog
      open onOpenChange={stay} title={t('title')} description={t('help')}
      footer={
        <>
          <Button loading={saving} onClick={() => void onSave().then((done) => { if (done) go(); else stay(); })}>{t('save')}</Button>
          <Button variant="secondary" onClick={stay}>{t('stay')}</Button>
          <Button variant="ghost" onClick={() => { onDrop(); go(); }}>{t('drop')}</Button>
        </>
      }
    />
  );
}
