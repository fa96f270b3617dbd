import { inLocale } from '@interdomestik/rules/locales';
import type { Workflow, WorkflowsRule } from '@interdomestik/rules/rule-sets';
import { Card, KeyValue, Section } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { StateMark } from '../../../_parts/state-mark';
import { FlowDiagram } from '../_editors/workflows/flow-diagram';
import { layoutWorkflow } from '../_editors/workflows/layout';
import { SaidCondition } from './said-condition';
import type { Say } from './say';
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
      <Routes rule={rule} say={say} />
      <Stages rule={rule} say={say} />
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
  const { steps } = layoutWorkflow(workflow);
  return (
    <>
      <FlowDiagram name={kind === 'claim' ? 'claims' : 'memberships'} label={label} flow={{ states: workflow.states, initial: workflow.initial, closed: workflow.closed, transitions: workflow.transitions.map(({ from, to }) => ({ from, to })) }} />
      <SimpleTable
        label={label}
        columns={[{ id: 'from', header: t('from') }, { id: 'to', header: t('to') }, { id: 'who', header: t('who') }, { id: 'needs', header: t('needs') }]}
        rows={steps.flatMap(({ key, number, index }) => {
          const step = workflow.transitions[index];
          if (step === undefined) return [];
          const asked = [...step.gates.map((gate) => say.word('admin.settings.workflows.gates', gate)), ...step.requiredDocuments.map((document) => say.word('common.documentKinds', document))];
          return [{
            key,
            cells: {
              from: <span className="flex items-baseline gap-2"><span className="figures text-ink-muted">{number}</span><StateMark kind={kind} value={step.from} look="plain" /></span>, to: <StateMark kind={kind} value={step.to} look="plain" />,
              who: say.words('admin.settings.workflows.may', step.anyOf),
              needs: <>{asked.length === 0 && step.when === null ? '–' : asked.join(', ')}{step.when === null ? null : <SaidCondition value={step.when} />}</>,
            },
          }];
        })}
      />
    </>
  );
}

function Routes({ rule, say }: { rule: WorkflowsRule; say: Say }) {
  const t = useTranslations('editors.routes');
  if (rule.routes.length === 0) return null;
  return (
    <Section level={3} title={t('title')} help={t('help')}>
      <SimpleTable
        label={t('title')}
        columns={[{ id: 'name', header: t('name') }, { id: 'when', header: t('when') }, { id: 'priority', header: t('priority') }, { id: 'hours', header: t('hours') }]}
        rows={rule.routes.map(({ code, titles, when, priority, triageHours }, index) => ({
          key: code,
          cells: { name: <span className="font-semibold">{index + 1}. {inLocale(titles, say.formats.locale)}</span>, when: <SaidCondition value={when} />, priority: priority === 'urgent' ? t('urgent') : t('normal'), hours: say.unit('businessHour', triageHours) },
        }))}
      />
    </Section>
  );
}

function Stages({ rule, say }: { rule: WorkflowsRule; say: Say }) {
  const t = useTranslations('editors.stages');
  if (rule.stages.length === 0) return null;
  return (
    <Section level={3} title={t('title')} help={t('help')}>
      <SimpleTable
        label={t('title')}
        columns={[{ id: 'state', header: t('state') }, { id: 'hours', header: t('hours') }, { id: 'remind', header: t('remind') }, { id: 'after', header: t('escalations') }]}
        rows={rule.stages.map(({ state, hours, remindHoursBefore, escalations }) => ({
          key: state,
          cells: {
            state: <StateMark kind="claim" value={state} look="plain" />, hours: say.unit('businessHour', hours), remind: remindHoursBefore.map((before) => say.unit('businessHour', before)).join(', ') || '–',
            after: escalations.map(({ hoursAfter, to }) => `${say.unit('businessHour', hoursAfter)}: ${say.word('common.roles', to)}`).join(', ') || '–',
          },
        }))}
      />
    </Section>
  );
}
