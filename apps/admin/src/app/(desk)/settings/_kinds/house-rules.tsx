import type { BrandingRule, EnrolmentRule, GovernanceRule, LanguagesRule, LimitsRule, NotificationsRule, RetentionRule } from '@interdomestik/rules/rule-sets';
import { Card, KeyValue } from '@interdomestik/ui';
import { Check } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Say } from './sayer';
import { SimpleTable } from './simple-table';

/** What joining asks for. */
export function EnrolmentView({ rule, say }: { rule: EnrolmentRule; say: Say }) {
  const t = useTranslations('admin.settings.enrolment');
  const c = useTranslations('common.ui');
  return (
    <Card>
      <KeyValue
        items={[
          { label: t('defaultBranch'), value: <code>{rule.defaultBranchCode}</code> },
          { label: t('required'), value: say.words('common.fields', rule.requiredFields) },
          { label: t('referral'), value: rule.referralAllowed ? c('yes') : c('no') },
          { label: t('minimumAge'), value: say.unit('year', rule.minimumAge) },
        ]}
      />
    </Card>
  );
}

/** How much and how often. */
export function LimitsView({ rule, say }: { rule: LimitsRule; say: Say }) {
  const t = useTranslations('admin.settings.limits');
  const kinds = rule.upload.types.map((type) => type.slice(type.indexOf('/') + 1).toUpperCase());
  return (
    <Card>
      <KeyValue
        items={[
          { label: t('cash'), value: rule.cashPerPayment.map(say.formats.money).join(' / ') || '–' },
          { label: t('writeOff'), value: rule.cashWriteOff.map(say.formats.money).join(' / ') || '–' },
          { label: t('inHand'), value: rule.cashInHand.map(say.formats.money).join(' / ') || '–' },
          { label: t('handOver'), value: say.unit('day', rule.cashDays.handOver) },
          { label: t('toBank'), value: say.unit('day', rule.cashDays.toBank) },
          { label: t('escalate'), value: say.unit('day', rule.cashDays.escalate) },
          { label: t('upload'), value: t('megabytes', { size: Math.round(rule.upload.maxBytes / 1_048_576) }) },
          { label: t('types'), value: kinds.join(', ') },
          { label: t('perClaim'), value: rule.upload.perClaim },
          { label: t('login'), value: t('loginText', { attempts: rule.login.attempts, minutes: rule.login.windowMinutes }) },
          { label: t('idle'), value: say.unit('minute', rule.session.idleMinutes) },
          { label: t('absolute'), value: say.unit('hour', rule.session.absoluteHours) },
          { label: t('memberIdle'), value: say.unit('hour', Math.round(rule.memberSession.idleMinutes / 60)) },
          { label: t('memberAbsolute'), value: say.unit('hour', rule.memberSession.absoluteHours) },
          { label: t('secondFactor'), value: rule.secondFactor === 'required' ? t('secondFactorRequired') : t('secondFactorOptional') },
        ]}
      />
    </Card>
  );
}

/** Who hears of what, and how. */
export function NotificationsView({ rule, say }: { rule: NotificationsRule; say: Say }) {
  const t = useTranslations('admin.settings.notifications');
  const e = useTranslations('settings.editors');
  const c = useTranslations('common.ui');
  const mark = (on: boolean) => (on ? <><Check className="inline size-4 text-success" aria-hidden="true" /><span className="sr-only">{c('yes')}</span></> : <span className="text-ink-muted">–</span>);
  return (
    <div className="space-y-4">
      <SimpleTable
        label={t('event')}
        columns={[{ id: 'event', header: t('event') }, { id: 'inApp', header: t('inApp'), width: '9rem' }, { id: 'mail', header: t('mail'), width: '9rem' }]}
        rows={rule.events.map(({ event, channels }) => ({
          // some titles name the record they are about
          key: event, cells: { event: say.word('notifications', `${event}.title`, { number: '…' }), inApp: mark(channels.includes('in_app')), mail: mark(channels.includes('mail')) },
        }))}
      />
      <Card><KeyValue items={[{ label: t('reminders'), value: rule.renewalReminderDays.map((days) => say.unit('day', days)).join(', ') || '–' }, { label: e('instalmentDays'), value: say.unit('day', rule.instalmentReminderDays) }]} /></Card>
    </div>
  );
}

/** How the tenant looks and is reached. */
export function BrandingView({ rule, say }: { rule: BrandingRule; say: Say }) {
  const t = useTranslations('admin.settings.branding');
  return (
    <Card>
      <KeyValue
        items={[
          ...Object.entries(rule.names).map(([locale, name]) => ({ label: t('name', { language: say.word('common.languages', locale) }), value: name })),
          { label: t('accent'), value: <span className="inline-flex items-center gap-2"><span aria-hidden="true" className="size-5 rounded-small border" style={{ background: rule.accent }} /><code>{rule.accent}</code></span> },
          { label: t('supportPhone'), value: rule.supportPhone },
          { label: t('supportEmail'), value: <span className="break-all">{rule.supportEmail}</span> },
        ]}
      />
    </Card>
  );
}

/** Which languages people are spoken to in. */
export function LanguagesView({ rule, say }: { rule: LanguagesRule; say: Say }) {
  const t = useTranslations('admin.settings.languages');
  return <Card><KeyValue items={[{ label: t('default'), value: say.word('common.languages', rule.default) }, { label: t('offered'), value: say.words('common.languages', rule.offered) }]} /></Card>;
}

/** How long data is kept. */
export function RetentionView({ rule, say }: { rule: RetentionRule; say: Say }) {
  const t = useTranslations('admin.settings.retention');
  const years = say.unit('year', rule.taxDocuments.years);
  return (
    <Card>
      <KeyValue
        items={[
          { label: t('tax'), value: rule.taxDocuments.from === 'issue' ? t('fromIssue', { years }) : t('fromYearEnd', { years }) },
          { label: t('claims'), value: say.unit('year', rule.claimsYears) },
          { label: t('members'), value: say.unit('year', rule.membersYears) },
          { label: t('leads'), value: say.unit('month', rule.leadsMonths) },
          { label: t('audit'), value: say.unit('year', rule.auditYears) },
          { label: t('events'), value: say.unit('day', rule.providerEventsDays) },
          { label: t('breach'), value: say.unit('hour', rule.breachNoticeHours) },
          { label: t('requests'), value: say.unit('day', rule.requestDays) },
          { label: t('messages'), value: say.unit('day', rule.messagesDays) },
          { label: t('sessions'), value: say.unit('day', rule.sessionsDays) },
          { label: t('workings'), value: say.unit('day', rule.workingsDays) },
          { label: t('nightly'), value: rule.nightly ? t('nightlyOn') : t('nightlyOff') },
          { label: t('law'), value: rule.lawReference },
        ]}
      />
    </Card>
  );
}

/** What must happen before a rule is published. */
export function GovernanceView({ rule, say }: { rule: GovernanceRule; say: Say }) {
  const t = useTranslations('admin.settings.governance');
  const kinds = (list: readonly string[]) => (list.length === 0 ? t('none') : say.words('common.ruleKinds', list));
  return <Card><KeyValue items={[{ label: t('secondPerson'), value: kinds(rule.secondPersonFor) }, { label: t('simulate'), value: kinds(rule.simulateFor) }]} /></Card>;
}
