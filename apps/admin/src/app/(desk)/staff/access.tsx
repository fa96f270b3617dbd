'use client';
import { Button, cn, toast, toastUndo } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { fullName, mayChangeAccess, type Colleague, type StaffRights } from './colleague';
import { useStaffChanged } from './use-staff-changed';

/** What may be done about a colleague's access: a new invitation, another authenticator app, ending it, giving it back. Nothing for those who may not. */
export function Access({ person, rights, className, onEnded }: { person: Colleague; rights: StaffRights; className?: string | undefined; onEnded?: () => void }) {
  const t = useTranslations('admin.staff');
  const c = useTranslations('common.actions');
  const changed = useStaffChanged();
  const name = fullName(person);
  const resend = trpc.staff.resendInvitation.useMutation({ onSuccess: () => { toast.success(t('invited', { name })); changed(); } });
  const enable = trpc.staff.enable.useMutation({ onSuccess: () => { toast.success(t('enabled', { name })); changed(); } });
  const disable = trpc.staff.disable.useMutation({
    onSuccess: () => {
      toastUndo(t('disabled', { name }), c('undo'), () => enable.mutate({ id: person.id }));
      onEnded?.();
      changed();
    },
  });
  if (!mayChangeAccess(person, rights)) return null;
  return (
    <div className={cn('space-y-3', className)}>
      {person.status === 'invited' ? <Button variant="secondary" loading={resend.isPending} onClick={() => resend.mutate({ id: person.id })}>{t('resend')}</Button> : null}
      {person.status === 'active' && rights.wholeTenant ? <ResetApp person={person} /> : null}
      {person.status === 'disabled' ? (
        <Button variant="secondary" loading={enable.isPending} onClick={() => enable.mutate({ id: person.id })}>{t('enable')}</Button>
      ) : (
        <>
          <p className="text-note text-ink-muted">{t('disableHelp')}</p>
          <Button variant="secondary" className="text-danger-ink" loading={disable.isPending} onClick={() => disable.mutate({ id: person.id })}>{t('disable')}</Button>
        </>
      )}
    </div>
  );
}

/** For a colleague who lost the phone and the codes. Administrators of the whole tenant alone, and never for themselves. */
function ResetApp({ person }: { person: Colleague }) {
  const t = useTranslations('admin.staff');
  const changed = useStaffChanged();
  const reset = trpc.secondFactor.resetFor.useMutation({ onSuccess: () => { toast.success(t('appReset')); changed(); } });
  return (
    <>
      <p className="text-note text-ink-muted">{t('resetAppHelp')}</p>
      <Button variant="secondary" loading={reset.isPending} disabled={reset.isSuccess} onClick={() => reset.mutate({ id: person.id })}>{t('resetApp')}</Button>
    </>
  );
}
