import type { Workflow, WorkflowsRule } from '@interdomestik/rules/rule-sets';
import { Card, KeyValue, Section } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../../_parts/state-mark';
import type { Say } from './sayer';
import { SimpleTable } from './simple-table';

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Which steps there are, who may take them, and in what time. */
export function WorkflowsView({ rule, say }: { rule: WorkflowsRule; say: Say }) {
  const t = useTranslations('admin.settings.workflows');
  const { calendar } = rule;
  return (
    <div className="space-y-8">
      <Section level={3} title={t('terms')}>
        <Card>
          <KeyValue
            items={[
              { label: t('triage'), value: say.unit('businessHour', rule.triageHours) },
              { label: t('matterWindow'), value: say.unit('day', rule.matterWindowDays) },
              { label: t('workdays'), value: say.words('common.dates.weekdays', calendar.weekdays.map(String)) },
              { label: t('hours'), value: `${clock(calendar.opensAt)}–${clock(calendar.closesAt)}` },
              { label: t('holidays'), value: calendar.holidaysOf === null ? t('holidaysWorked') : t('holidaysFree') },
            ]}
          />
        </Card>
      </Section>
      <Section level={3} title={t('claims')}><Steps workflow={rule.claims} kind="claim" label={t('claims')} say={say} /></Section>
      <Section level={3} title={t('categories')}>
        <SimpleTable
          label={t('categories')}
          columns={[{ id: 'category', header: t('categories') }, { id: 'scope', header: t('scope') }, { id: 'documents', header: t('documents') }]}
          rows={rule.categories.map(({ category, scope, requiredDocuments }) => ({
            key: category,
            cells: {
              category: <span className="font-semibold">{say.word('common.claimCategories', category)}</span>, scope: say.word('admin.settings.workflows.scopes', scope),
              documents: requiredDocuments.length === 0 ? t('noDocuments') : say.words('common.documentKinds', requiredDocuments),
            },
          }))}
        />
      </Section>
      <Section level={3} title={t('rejectReasons')}><Card><ul className="list-disc space-y-1 pl-5">{rule.rejectReasons.map((reason) => <li key={reason}>{say.word('common.rejectReasons', reason)}</li>)}</ul></Card></Section>
      <Section level={3} title={t('memberships')}><Steps workflow={rule.memberships} kind="membership" label={t('memberships')} say={say} /></Section>
    </div>
  );
}

function Steps({ workflow, kind, label, say }: { workflow: Workflow; kind: 'claim' | 'membership'; label: string; say: Say }) {
  const t = useTranslations('admin.settings.workflows');
  return (
    <SimpleTable
      label={label}
      columns={[{ id: 'from', header: t('from') }, { id: 'to', header: t('to') }, { id: 'who', header: t('who') }, { id: 'needs', header: t('needs') }]}
      rows={workflow.transitions.map(({ from, to, anyOf, gates }) => ({
        key: `${from}>${to}`,
        cells: {
          from: <StateMark kind={kind} value={from} look="plain" />, to: <StateMark kind={kind} value={to} look="plain" />,
          who: say.words('admin.settings.workflows.may', anyOf), needs: say.words('admin.settings.workflows.gates', gates),
        },
      }))}
    />
  );
}
