'use client';
import { locales } from '@interdomestik/rules/locales';
import { enrolmentFields, governanceSchema, ruleKinds } from '@interdomestik/rules/rule-sets';
import { Card } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { EditorProps } from '../editor';
import { ChoiceField, ManyField, NumberField, RadioField, TextField, ToggleField } from '../fields';

/** What joining asks for. */
export function EnrolmentEditor({ branches }: EditorProps<'enrolment'>) {
  const t = useTranslations('admin.settings.enrolment');
  const e = useTranslations('settings.editors');
  const u = useTranslations('settings.units');
  const say = useSay();
  return (
    <Card>
      <div className="space-y-6">
        <ChoiceField path="defaultBranchCode" label={t('defaultBranch')} help={e('defaultBranchHelp')} options={branches.map(({ code, name }) => ({ value: code, label: name }))} />
        <ManyField path="requiredFields" label={t('required')} help={e('requiredHelp')} options={enrolmentFields.map((field) => ({ value: field, label: say.word('common.fields', field) }))} />
        <ToggleField path="referralAllowed" label={t('referral')} help={e('referralHelp')} />
        <NumberField path="minimumAge" label={t('minimumAge')} unit={u('years')} />
      </div>
    </Card>
  );
}

/** Which languages people are spoken to in. */
export function LanguagesEditor({ value }: EditorProps<'languages'>) {
  const t = useTranslations('admin.settings.languages');
  const e = useTranslations('settings.editors');
  const say = useSay();
  const option = (locale: string) => ({ value: locale, label: say.word('common.languages', locale) });
  return (
    <Card>
      <div className="space-y-6">
        <ManyField path="offered" label={t('offered')} help={e('offeredHelp')} options={locales.map(option)} />
        <ChoiceField path="default" label={t('default')} help={e('defaultLanguageHelp')} options={locales.filter((locale) => value.offered.includes(locale)).map(option)} />
      </div>
    </Card>
  );
}

/** How long data is kept. */
export function RetentionEditor(_: EditorProps<'retention'>) {
  const t = useTranslations('admin.settings.retention');
  const e = useTranslations('settings.editors');
  const u = useTranslations('settings.units');
  return (
    <div className="space-y-4">
      <Card title={t('tax')} level={3}>
        <div className="space-y-6">
          <NumberField path="taxDocuments.years" label={e('keptFor')} unit={u('years')} />
          <RadioField path="taxDocuments.from" label={e('countedFrom')} options={[{ value: 'issue', label: e('fromIssue') }, { value: 'year_end', label: e('fromYearEnd') }]} />
        </div>
      </Card>
      <Card>
        <div className="grid gap-6 sm:grid-cols-2">
          <NumberField path="claimsYears" label={t('claims')} unit={u('years')} />
          <NumberField path="membersYears" label={t('members')} unit={u('years')} />
          <NumberField path="leadsMonths" label={t('leads')} unit={u('months')} />
          <NumberField path="auditYears" label={t('audit')} unit={u('years')} />
          <NumberField path="providerEventsDays" label={t('events')} unit={u('days')} />
          <NumberField path="breachNoticeHours" label={t('breach')} unit={u('hours')} />
          <NumberField path="requestDays" label={t('requests')} unit={u('days')} />
          <NumberField path="messagesDays" label={t('messages')} unit={u('days')} />
          <NumberField path="sessionsDays" label={t('sessions')} unit={u('days')} />
          <NumberField path="workingsDays" label={t('workings')} unit={u('days')} />
          <ToggleField path="nightly" label={t('nightly')} help={t('nightlyHelp')} className="sm:col-span-2" />
          <TextField path="lawReference" label={t('law')} help={e('lawHelp')} className="sm:col-span-2" />
        </div>
      </Card>
    </div>
  );
}

const tried = governanceSchema.shape.simulateFor.element.options;

/** What must happen before a rule is published. */
export function GovernanceEditor(_: EditorProps<'governance'>) {
  const t = useTranslations('admin.settings.governance');
  const e = useTranslations('settings.editors');
  const say = useSay();
  const option = (kind: string) => ({ value: kind, label: say.word('common.ruleKinds', kind) });
  return (
    <Card>
      <div className="space-y-6">
        <ManyField path="secondPersonFor" label={t('secondPerson')} help={e('secondPersonHelp')} columns={3} options={ruleKinds.map(option)} />
        <ManyField path="simulateFor" label={t('simulate')} help={e('simulateHelp')} columns={3} options={tried.map(option)} />
      </div>
    </Card>
  );
}
