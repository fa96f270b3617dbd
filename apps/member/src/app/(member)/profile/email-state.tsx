'use client';
import { Button, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '~/trpc/client';

/** The address with whether it is confirmed, and another message when it is not. */
export function EmailState({ email, verified }: { email: string | null; verified: boolean }) {
  const t = useTranslations('member.profile');
  const send = trpc.accounts.resendVerification.useMutation();
  return (
    <span className="flex flex-col items-start gap-2">
      <span className="break-all">{email ?? t('noEmail')}</span>
      {email === null ? null : verified ? <Status tone="success">{t('verified')}</Status> : (
        <>
          <Status tone="warning">{t('unverified')}</Status>
          {send.isSuccess ? <span role="status">{t('mailSent')}</span> : <Button variant="secondary" size="small" loading={send.isPending} onClick={() => send.mutate()}>{t('sendMail')}</Button>}
        </>
      )}
    </span>
  );
}
