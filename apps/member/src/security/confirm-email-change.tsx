'use client';
import { Button, ButtonLink, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';

/** Confirms on a press and not on opening: mail scanners open every link they see. */
export function ConfirmEmailChange({ token }: { token: string }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const confirm = trpc.accounts.confirmEmailChange.useMutation({ meta: { quiet: true } });
  if (confirm.isSuccess) {
    return (
      <>
        <Notice tone="success" live>{t('security.emailChanged')}</Notice>
        <ButtonLink wide className="mt-6" href="/profile">{t('actions.continue')}</ButtonLink>
      </>
    );
  }
  return (
    <>
      {confirm.error ? <Notice tone="danger" live className="mb-6">{errorText(confirm.error)}</Notice> : null}
      <Button wide loading={confirm.isPending} onClick={() => confirm.mutate({ token })}>{t('security.emailConfirm')}</Button>
    </>
  );
}
