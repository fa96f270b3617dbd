'use client';
import { newAccountEnvironments } from '@interdomestik/rules/payments';
import { Button, KeyValue, Notice, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { CopyText } from '../../../_parts/copy-text';
import { useFormats } from '../../../_parts/use-formats';
import { Moment } from '../../../_parts/values';
import type { Account, Wish } from './account-list';

interface AccountCardProps {
  readonly account: Account;
  /** Null for who may only look. */
  readonly onWish: ((wish: Wish) => void) | null;
}

/** What is known of a sealed value: how it ends, and since when it stands. */
function Sealed({ last, since }: { last: string; since: Date | null }) {
  const t = useTranslations('providerAccounts');
  const { moment } = useFormats();
  return <span><span className="figures">{t('ending', { last })}</span>{since === null ? null : <span className="block text-note text-ink-muted">{t('since', { at: moment(since) })}</span>}</span>;
}

// i18n-keys: providerAccounts.environments.*
/** An account of the card provider: where it reports to, its keys as far as they are told, and what may be done with it. */
export function AccountCard({ account, onWish }: AccountCardProps) {
  const t = useTranslations('providerAccounts');
  const environment = newAccountEnvironments.find((one) => one === account.environment) ?? 'local';
  return (
    <article className="rounded-card border bg-raised px-4 py-4 sm:px-5" aria-label={account.name}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">{account.name}<Status tone={account.isActive ? 'success' : 'neutral'}>{t(account.isActive ? 'on' : 'off')}</Status></h3>
          <p className="text-note text-ink-muted">Paddle · {account.currency} · {t(`environments.${environment}`)}</p>
        </div>
        {onWish === null ? null : (
          <div className="flex flex-wrap gap-2">
            <Button size="small" onClick={() => onWish({ kind: 'try', account, secret: null })} disabled={account.secrets.length === 0}>{t('try')}</Button>
            <Button size="small" variant="secondary" onClick={() => onWish({ kind: 'edit', account })}>{t('edit')}</Button>
            <Button size="small" variant="secondary" onClick={() => onWish({ kind: 'switch', account })}>{t(account.isActive ? 'switchOff' : 'switchOn')}</Button>
          </div>
        )}
      </div>
      {account.readable ? null : <Notice tone="danger" className="mt-3">{t('broken')}</Notice>}
      <KeyValue
        className="mt-3"
        items={[
          {
            label: t('webhookUrl'),
            value: <span><span className="figures break-all">{account.webhookUrl}</span><span className="block text-note text-ink-muted">{t('webhookUrlHelp')}</span></span>,
            action: account.webhookUrl === null ? undefined : <CopyText text={account.webhookUrl} label={t('copy')} />,
          },
          { label: t('apiKey'), value: account.key === null ? t('notSet') : <Sealed last={account.key.last} since={account.key.setAt} /> },
          { label: t('clientToken'), value: account.clientToken === null ? t('notSet') : <span className="figures break-all">{account.clientToken}</span> },
          { label: t('lastReport'), value: <Moment value={account.lastReportAt} /> },
        ]}
      />
      <Secrets account={account} onWish={onWish} />
    </article>
  );
}

function Secrets({ account, onWish }: AccountCardProps) {
  const t = useTranslations('providerAccounts');
  const { moment } = useFormats();
  return (
    <section className="mt-4" aria-label={t('secrets')}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="max-w-prose"><h4 className="font-semibold">{t('secrets')}</h4><p className="text-note text-ink-muted">{t('secretsHelp')}</p></div>
        {onWish === null ? null : <Button size="small" variant="secondary" onClick={() => onWish({ kind: 'addSecret', account })}>{t('addSecret')}</Button>}
      </div>
      <ul className="mt-2 divide-y divide-line border-y">
        {account.secrets.map((secret) => (
          <li key={secret.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <span><span className="figures">{t('ending', { last: secret.last })}</span>{secret.addedAt === null ? null : <span className="text-note text-ink-muted"> · {t('since', { at: moment(secret.addedAt) })}</span>}</span>
            {onWish === null || account.secrets.length === 1 ? null : (
              <span className="flex gap-2">
                <Button size="small" variant="ghost" onClick={() => onWish({ kind: 'try', account, secret })}>{t('try')}<span className="sr-only">: {t('ending', { last: secret.last })}</span></Button>
                <Button size="small" variant="ghost" onClick={() => onWish({ kind: 'retire', account, secret })}>{t('retire')}<span className="sr-only">: {t('ending', { last: secret.last })}</span></Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
