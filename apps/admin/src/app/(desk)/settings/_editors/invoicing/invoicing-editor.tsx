'use client';
import { isDomainError, type ErrorParams } from '@interdomestik/rules/errors';
import { clearanceServices } from '@interdomestik/rules/invoices';
import type { Country } from '@interdomestik/rules/country-packs';
import { parseTaxId } from '@interdomestik/rules/people';
import { Card, Notice, Select, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { encodeMessage, useErrorText } from '@/trpc/errors';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { ChoiceField, fieldId, NumberField, NumbersField, RuleField, TextField, ToggleField, useRuleValue } from '../fields';
import { useExampleNumbers } from './use-example-numbers';
import { SamplePaper } from './sample-paper';

// i18n-keys: admin.settings.invoicing.clearanceServices.*
/** How documents are numbered, in which languages they speak, and who issues them; with the papers as the draft would make them. */
export function InvoicingEditor({ value, languages }: EditorProps<'invoicing'>) {
  const t = useTranslations('editors.invoicing');
  const i = useTranslations('admin.settings.invoicing');
  const c = useTranslations('common');
  const u = useTranslations('settings.units');
  const say = useSay();
  const site = trpc.site.current.useQuery(undefined, { staleTime: Infinity, retry: false });
  const example = useExampleNumbers(value.fiscalYearStartMonth);
  const documents = [['invoice', c('nouns.invoice')], ['creditNote', c('nouns.creditNote')], ['receipt', c('nouns.receipt')]] as const;
  const language = languages.map((locale) => ({ value: locale, label: say.word('common.languages', locale) }));
  return (
    <div className="space-y-4">
      <Card title={i('numbers')} level={3}>
        <p className="mb-4 max-w-prose text-note text-ink-muted">{t('numbersHelp')}</p>
        <div className="space-y-6">
          {documents.map(([name, label]) => (
            <div key={name} className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <TextField path={`${name}.series`} label={t('seriesOf', { name: label })} chars={8} />
              <TextField path={`${name}.pattern`} label={t('patternOf', { name: label })} help={example(value[name].pattern, value[name].series)} chars={32} />
            </div>
          ))}
          <div className="grid gap-6 sm:grid-cols-2">
            <TextField path="claimPattern" label={c('fields.claimNumber')} help={example(value.claimPattern, '')} chars={32} />
            <TextField path="memberPattern" label={c('fields.memberNumber')} help={example(value.memberPattern, '')} chars={32} />
          </div>
        </div>
      </Card>
      <Card title={t('document')} level={3}>
        <div className="grid gap-6 sm:grid-cols-2">
          <ChoiceField path="languages.primary" label={t('primary')} help={t('primaryHelp')} options={language} />
          <ChoiceField path="languages.secondary" label={t('secondary')} none={t('oneLanguage')} options={language.filter(({ value: locale }) => locale !== value.languages.primary)} />
          <NumberField path="paymentTermDays" label={i('term')} unit={u('days')} />
          <NumbersField path="ageDays" label={i('ages')} help={t('agesHelp')} />
          <ChoiceField path="clearance" label={i('clearance')} help={t('clearanceHelp')} none={i('clearanceNone')} options={clearanceServices.map((value) => ({ value, label: i(`clearanceServices.${value}`) }))} />
          <FiscalMonth />
          <p className="text-ink-muted sm:col-span-2">{t('texts')} <TextLink href="/settings/legal">{t('textsLink')}</TextLink></p>
        </div>
      </Card>
      <Card title={i('issuer')} level={3}>
        <div className="grid gap-6 sm:grid-cols-2">
          <ToggleField path="issuer.demo" label={t('demo')} help={t('demoHelp')} className="sm:col-span-2" />
          <TextField path="issuer.legalName" label={i('legalName')} className="sm:col-span-2" />
          <TextField path="issuer.address" label={c('fields.address')} />
          <TextField path="issuer.city" label={c('fields.city')} />
          <div><TextField path="issuer.taxId" label={c('fields.taxId')} chars={20} /><TaxIdNote country={site.data?.country ?? null} taxId={value.issuer.taxId} demo={value.issuer.demo} /></div>
          <TextField path="issuer.vatId" label={c('fields.vatId')} nullable optional chars={20} />
          <TextField path="issuer.registrationNumber" label={i('registration')} nullable optional chars={20} />
          <TextField path="issuer.iban" label={c('fields.iban')} />
          <TextField path="issuer.bank" label={c('fields.bank')} />
          <TextField path="issuer.phone" label={c('fields.phone')} type="tel" chars={24} />
          <TextField path="issuer.email" label={c('fields.email')} type="email" />
        </div>
      </Card>
      <SamplePaper invoicing={value} />
    </div>
  );
}

function FiscalMonth() {
  const t = useTranslations('admin.settings.invoicing');
  const say = useSay();
  const { value, change, readOnly } = useRuleValue('fiscalYearStartMonth');
  return (
    <RuleField path="fiscalYearStartMonth" label={t('fiscalYear')}>
      <Select id={fieldId('fiscalYearStartMonth')} className="max-w-56" disabled={readOnly} value={typeof value === 'number' ? String(value) : ''} onValueChange={(month) => change(Number(month))} options={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: say.word('common.dates.months', String(index + 1)) }))} />
    </RuleField>
  );
}

type Verdict = { readonly tone: 'warning' | 'danger'; readonly key: string; readonly params: ErrorParams };

/** What the country's own rule says of the tax number; null when nothing is wrong. */
function verdictOn(country: Country, taxId: string): Verdict | null {
  try {
    return parseTaxId(country, taxId).warnings.length === 0 ? null : { tone: 'warning', key: '', params: {} };
  } catch (error) {
    if (isDomainError(error)) return { tone: 'danger', key: error.messageKey, params: error.params };
    throw error;
  }
}

/** The same in words; invented details are not held to it. */
function TaxIdNote({ country, taxId, demo }: { country: Country | null; taxId: string; demo: boolean }) {
  const t = useTranslations('editors.invoicing');
  const errorText = useErrorText();
  const verdict = country === null || demo || taxId === '' ? null : verdictOn(country, taxId);
  if (verdict === null) return null;
  return <Notice tone={verdict.tone} className="mt-2">{verdict.tone === 'warning' ? t('taxIdUnsure') : errorText(encodeMessage(verdict.key, verdict.params))}</Notice>;
}
