import type { CommissionsRule, InvoicingRule, PaymentsRule, TaxRule } from '@interdomestik/rules/rule-sets';
import { Card, KeyValue, Notice, Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Say } from './sayer';
import { SimpleTable } from './simple-table';

const categories = 'admin.settings.tax.categories';

/** Rates, and what falls under which. */
export function TaxView({ rule, say }: { rule: TaxRule; say: Say }) {
  const t = useTranslations('admin.settings.tax');
  return (
    <div className="space-y-4">
      <Card title={t('rates')} level={3}><KeyValue items={rule.rates.map(({ category, rateBp }) => ({ label: say.word(categories, category), value: say.formats.percent(rateBp) }))} /></Card>
      <Card>
        <KeyValue
          items={[
            { label: t('membership'), value: say.word(categories, rule.membershipCategory) },
            { label: t('successFee'), value: say.word(categories, rule.successFeeCategory) },
            { label: t('included'), value: t('includedText') },
          ]}
        />
      </Card>
    </div>
  );
}

// i18n-keys: admin.settings.invoicing.clearanceServices.*
/** Who issues invoices, and how documents are numbered. */
export function InvoicingView({ rule, say }: { rule: InvoicingRule; say: Say }) {
  const t = useTranslations('admin.settings.invoicing');
  const c = useTranslations('common');
  const { issuer } = rule;
  const numbers = [[c('nouns.invoice'), rule.invoice], [c('nouns.creditNote'), rule.creditNote], [c('nouns.receipt'), rule.receipt]] as const;
  const optional = (label: string, value: string | null) => (value === null || value === '' ? [] : [{ label, value }]);
  return (
    <div className="space-y-4">
      {issuer.demo ? <Notice tone="warning">{t('demo')}</Notice> : null}
      <Card title={t('issuer')} level={3}>
        <KeyValue
          items={[
            { label: t('legalName'), value: issuer.legalName }, { label: c('fields.address'), value: `${issuer.address}, ${issuer.city}` }, { label: c('fields.taxId'), value: issuer.taxId },
            ...optional(c('fields.vatId'), issuer.vatId), ...optional(t('registration'), issuer.registrationNumber), ...optional(c('fields.iban'), issuer.iban), ...optional(c('fields.bank'), issuer.bank),
            ...optional(c('fields.phone'), issuer.phone), ...optional(c('fields.email'), issuer.email),
          ]}
        />
      </Card>
      <Card title={t('numbers')} level={3}>
        <KeyValue
          items={[
            ...numbers.map(([label, { series, pattern }]) => ({ label, value: <><code>{pattern}</code> <span className="text-note text-ink-muted">{t('series', { series })}</span></> })),
            { label: c('fields.claimNumber'), value: <code>{rule.claimPattern}</code> },
            { label: c('fields.memberNumber'), value: <code>{rule.memberPattern}</code> },
          ]}
        />
      </Card>
      <Card>
        <KeyValue
          items={[
            { label: t('languages'), value: say.words('common.languages', [rule.languages.primary, ...(rule.languages.secondary === null ? [] : [rule.languages.secondary])]) },
            { label: t('ages'), value: rule.ageDays.join(', ') },
            { label: t('term'), value: say.unit('day', rule.paymentTermDays) },
            { label: t('clearance'), value: rule.clearance === null ? t('clearanceNone') : t(`clearanceServices.${rule.clearance}`) },
            { label: t('fiscalYear'), value: say.word('common.dates.months', String(rule.fiscalYearStartMonth)) },
          ]}
        />
      </Card>
    </div>
  );
}

// i18n-keys: admin.settings.payments.references.*
/** How money comes in, and who issues the document for it. */
export function PaymentsView({ rule, say }: { rule: PaymentsRule; say: Say }) {
  const t = useTranslations('admin.settings.payments');
  const c = useTranslations('common');
  const { waitDays, reference, slip } = rule.bankTransfer;
  return (
    <div className="space-y-4">
      <SimpleTable
      label={c('ruleKinds.payments')}
      columns={[
        { id: 'method', header: t('route') }, { id: 'provider', header: t('provider') }, { id: 'document', header: t('document') }, { id: 'currencies', header: t('currencies') },
        { id: 'channels', header: t('channels') }, { id: 'active', header: c('fields.status') },
      ]}
      rows={rule.routes.map((route) => ({
        key: route.method,
        cells: {
          method: <span className="font-semibold">{say.word('common.paymentMethods', route.method)}</span>,
          provider: say.word('admin.settings.payments.providers', route.provider),
          document: say.word('admin.settings.payments.issuers', route.taxDocumentIssuer),
          currencies: route.currencies.join(', '),
          channels: say.words('admin.settings.channels', route.channels),
          active: route.active ? <Status tone="success" look="plain">{t('on')}</Status> : <Status tone="neutral" look="plain">{t('off')}</Status>,
        },
      }))}
    />
    <Card title={t('transfer')} level={3}>
      <KeyValue
        items={[
          { label: t('waitDays'), value: say.unit('day', waitDays) },
          { label: t('reference'), value: say.word('admin.settings.payments.references', reference) },
          ...(slip === null ? [] : [{ label: t('slipTitle'), value: Object.values(slip.titles).join(' / ') }, { label: t('slipReference'), value: Object.values(slip.references).join(' / ') }]),
        ]}
      />
    </Card>
    </div>
  );
}

const kinds = ['new', 'renewal', 'upgrade', 'business'] as const;

/** What sellers earn. */
export function CommissionsView({ rule, say }: { rule: CommissionsRule; say: Say }) {
  const t = useTranslations('admin.settings.commissions');
  return (
    <Card title={t('share')} level={3}>
      <KeyValue
        items={[
          ...kinds.map((kind) => ({ label: say.word('common.commissionKinds', kind), value: say.formats.percent(rule.percentBp[kind]) })),
          { label: t('minimum'), value: rule.minimumPayout.map(say.formats.money).join(' / ') },
          { label: t('payoutNumber'), value: <code>{rule.payoutPattern}</code> },
        ]}
      />
    </Card>
  );
}
