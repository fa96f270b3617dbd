'use client';
import { Button, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FirstCode } from '~/security/first-code';
import { RecoveryCodes } from '~/security/recovery-codes';
import { trpc } from '~/trpc/client';
import { useErrorText } from '~/trpc/errors';
import { useSignOut } from '~/trpc/session';

/** Leads through the set-up: the square, a first code, the recovery codes; then on to `next` as a fresh page. */
export function SetupForm({ next }: { next: string }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const signOut = useSignOut();
  const begin = trpc.secondFactor.begin.useMutation({ meta: { quiet: true } });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) return <RecoveryCodes codes={codes} onKept={() => window.location.assign(next)} />;
  if (begin.data !== undefined) return <FirstCode offer={begin.data} onDone={setCodes} />;
  return (
    <div className="space-y-5">
      {begin.error ? <Notice tone="danger" live>{errorText(begin.error)}</Notice> : null}
      <Button wide loading={begin.isPending} onClick={() => begin.mutate()}>{t('actions.continue')}</Button>
      <Button wide variant="secondary" onClick={() => void signOut()}>{t('actions.signOut')}</Button>
    </div>
  );
}
