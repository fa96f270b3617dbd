'use client';
import { Button, Dialog, KeyValue, Notice, Status, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import type { Account, Secret } from './account-list';

type Trial = Outputs['paymentAccounts']['try'];

interface TrialDialogProps {
  readonly account: Account;
  /** Null: the newest. */
  readonly secret: Secret | null;
  readonly seesInbox: boolean;
  readonly onClose: () => void;
}

/** Sends a signed event of our own through the public address, asks the provider with the key, and shows what came of both. */
export function TrialDialog({ account, secret, seesInbox, onClose }: TrialDialogProps) {
  const t = useTranslations('providerAccounts');
  const c = useTranslations('common.uiWords');
  const errorText = useErrorText();
  const router = useRouter();
  const trial = trpc.paymentAccounts.try.useMutation({ onSuccess: () => router.refresh() });
  const send = () => trial.mutate({ id: account.id, ...(secret === null ? {} : { secretId: secret.id }) });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('tryTitle', { name: account.name })}
      description={t('tryHelp')}
      footer={
        <>
          <Button loading={trial.isPending} onClick={send}>{t(trial.data === undefined ? 'try' : 'again')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('close')}</Button>
        </>
      }
    >
      {trial.isError ? <Notice tone="danger" live>{errorText(trial.error)}</Notice> : null}
      {trial.data === undefined ? null : <Found trial={trial.data} seesInbox={seesInbox} />}
    </Dialog>
  );
}

// i18n-keys: providerAccounts.provided.*
function Found({ trial, seesInbox }: { trial: Trial; seesInbox: boolean }) {
  const t = useTranslations('providerAccounts');
  const { answer, provider, eventRowId } = trial;
  const event = trpc.webhooks.get.useQuery({ id: eventRowId ?? '' }, { enabled: seesInbox && eventRowId !== null, refetchInterval: ({ state }) => (state.data?.status === 'done' ? false : 1000) });
  const worked = event.data?.status === 'done';
  return (
    <div aria-live="polite">
      <KeyValue
        items={[
          {
            label: t('answer'),
            value: answer === 200 ? <Status tone="success" look="plain">{t('answers.ok')}</Status> : <Status tone="danger" look="plain">{answer === null ? t('answers.silent') : t('answers.refused', { status: answer })}</Status>,
          },
          {
            label: t('arrival'),
            value: eventRowId === null ? <Status tone="danger" look="plain">{t('arrivals.none')}</Status> : <Status tone={worked ? 'success' : 'info'} shape={worked ? undefined : 'waiting'} look="plain">{t(worked ? 'arrivals.done' : 'arrivals.waiting')}</Status>,
            action: eventRowId !== null && seesInbox ? <TextLink href={`/payments/events?open=${eventRowId}`}>{t('seeEvent')}</TextLink> : undefined,
          },
          { label: t('provider'), value: <Status tone={provider === 'works' ? 'success' : 'danger'} look="plain">{t(`provided.${provider}`)}</Status> },
        ]}
      />
    </div>
  );
}
