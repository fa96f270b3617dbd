'use client';
import { Button, ButtonLink, Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';

/** Confirms on a press and not on opening: mail scanners open every link they see. */
export function ConfirmEmail({ token }: { token: string }) {
  const t = useTranslations('member.auth');
  const errorText = useErrorText();
  const confirm = trpc.accounts.verifyEmail.useMutation({ meta: { quiet: true } });
  if (confirm.isSuccess) {
    return (
      <>
        <Notice tone="success" live>{t('emailVerified')}</Notice>
        <ButtonLink wide className="mt-6" href="/home">{t('toPortal')}</ButtonLink>
      </>
    );
  }
  return (
    <>
      {confirm.error ? (
        <Notice tone="danger" live className="mb-6" actions={<TextLink kind="standalone" href="/profile">{t('verifyAgain')}</TextLink>}>{errorText(confirm.error)}</Notice>
      ) : <p className="mb-6 text-ink-muted">{t('verifyHelp')}</p>}
      <Button wide loading={confirm.isPending} onClick={() => confirm.mutate({ token })}>{t('verifyButton')}</Button>
    </>
  );
}
