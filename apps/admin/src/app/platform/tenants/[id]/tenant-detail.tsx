'use client';
import { staffRoles } from '@interdomestik/rules/permissions';
import { Badge, Card, KeyValue, Status, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../../_parts/state-mark';
import { useFormats } from '../../../_parts/use-formats';
import { useWord } from '../../../_parts/use-word';
import { DeviceMoment } from '../../device-moment';
import { EntryState } from '../../entries/entry-state';
import { Business, Health } from '../../tenant-health';

type Tenant = Outputs['platform']['tenant'];
type Entries = Outputs['platform']['entries'];

interface TenantDetailProps {
  readonly tenant: Tenant;
  readonly languages: readonly string[];
  readonly entries: Entries;
  readonly now: Date;
}

const rankOf = (role: string): number => staffRoles.findIndex((known) => known === role);

/** One tenant as the console sees it: figures and states, no row of a person. */
export function TenantDetail({ tenant, languages, entries, now }: TenantDetailProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common');
  const word = useWord();
  const { count } = useFormats();
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="space-y-6">
        <Card title={t('howItRuns')}><div className="space-y-4"><Business tenant={tenant} /><Health tenant={tenant} /></div></Card>
        <Card title={t('house')}>
          <KeyValue
            items={[
              { label: c('nav.branches'), value: <span className="figures">{count(tenant.branches)}</span> },
              ...tenant.staff.toSorted((a, b) => rankOf(a.role) - rankOf(b.role)).map(({ role, people }) => ({ label: word('roles', role), value: <span className="figures">{count(people)}</span> })),
              { label: t('languages'), value: languages.join(', ') },
              { label: c('fields.currency'), value: tenant.currency },
              { label: t('timeZone'), value: tenant.timeZone },
            ]}
          />
        </Card>
        <Accounts accounts={tenant.accounts} />
        <Switches switches={tenant.switches} />
      </div>
      <div className="space-y-6">
        <StatusStory history={tenant.history} />
        <Card title={t('entries')} action={<TextLink kind="standalone" href={`/platform/entries?tenant=${tenant.id}`}>{t('allEntries')}</TextLink>}>
          {entries.length === 0 ? <p className="text-ink-muted">{t('noEntry')}</p> : (
            <ul className="divide-y divide-line">
              {entries.map((entry) => (
                <li key={entry.id} className="space-y-1 py-3">
                  <TextLink kind="standalone" href={`/platform/entries/${entry.tenantId}/${entry.id}`}>{entry.reason}</TextLink>
                  <p className="flex flex-wrap items-center gap-x-3 text-note text-ink-muted"><span>{entry.by}</span><DeviceMoment value={entry.startedAt} /><EntryState entry={entry} now={now} /></p>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}

/** Ways to pay without a provider: they need no keys. A provider is called by its own name everywhere. */
const byHand: ReadonlySet<string> = new Set(['cash', 'bank_transfer']);

/** Whether each payment account can take money; never what is secret in it. */
function Accounts({ accounts }: { accounts: Tenant['accounts'] }) {
  const t = useTranslations('admin.platform');
  const word = useWord();
  const nameOf = (provider: string) => (byHand.has(provider) ? word('paymentMethods', provider) : `${provider.slice(0, 1).toUpperCase()}${provider.slice(1)}`);
  return (
    <Card title={t('accounts')}>
      {accounts.length === 0 ? <p className="text-ink-muted">{t('noAccounts')}</p> : (
        <ul className="divide-y divide-line">
          {accounts.map((account) => (
            <li key={account.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
              <span className="flex flex-wrap items-center gap-2"><span className="font-semibold">{nameOf(account.provider)}</span><span className="text-ink-muted">{account.currency}</span>{account.environment === 'sandbox' ? <Badge>{t('sandbox')}</Badge> : null}</span>
              <AccountState account={account} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function AccountState({ account }: { account: Tenant['accounts'][number] }) {
  const t = useTranslations('admin.platform');
  if (!account.isActive) return <Status tone="neutral">{t('accountOff')}</Status>;
  if (byHand.has(account.provider)) return <Status tone="success">{t('accountReady')}</Status>;
  if (!account.hasCredentials) return <Status tone="warning">{t('noCredentials')}</Status>;
  return account.hasWebhookSecret ? <Status tone="success">{t('accountReady')}</Status> : <Status tone="warning">{t('noWebhookSecret')}</Status>;
}

/** What the tenant has switched off, to see from here and to change inside it. */
function Switches({ switches }: { switches: Tenant['switches'] }) {
  const t = useTranslations('switches');
  return (
    <Card title={t('title')}>
      <ul className="divide-y divide-line">
        {switches.map(({ key, on, since, note }) => (
          <li key={key} className="space-y-1 py-3">
            {/* i18n-keys: switches.flags.* */}
            <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1"><span className="font-semibold">{t(`flags.${key}.name`)}</span><Status tone={on ? 'success' : 'warning'}>{t(on ? 'on' : 'off')}</Status></p>
            {on || since === null ? null : <p className="flex flex-wrap gap-x-3 text-note text-ink-muted"><DeviceMoment value={since} /><span>{note}</span></p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function StatusStory({ history }: { history: Tenant['history'] }) {
  const t = useTranslations('admin.platform');
  return (
    <Card title={t('statusHistory')}>
      {history.length === 0 ? <p className="text-ink-muted">{t('statusNever')}</p> : (
        <ul className="divide-y divide-line">
          {history.map((step) => (
            <li key={step.id} className="space-y-1 py-3">
              <StateMark kind="tenant" value={step.status} />
              {step.reason === null ? null : <p>{step.reason}</p>}
              <p className="flex flex-wrap gap-x-3 text-note text-ink-muted">{step.by === null ? null : <span>{step.by}</span>}<DeviceMoment value={step.at} /></p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
