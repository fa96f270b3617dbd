'use client';
import { Badge, Button, Card, DataTable, Section } from '@interdomestik/ui';
import { stateFaults } from '@interdomestik/rules/workflows';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { StateMark } from '../../../../_parts/state-mark';
import { useWord } from '../../../../_parts/use-word';
import { useSay } from '../../_kinds/use-say';
import { ConditionSentence } from '../condition';
import type { EditorProps } from '../editor';
import { isWithin } from '../paths';
import { Diagram, type Picked } from './diagram';
import { flowKinds, newStep, type FlowName } from './flow';
import { layoutWorkflow, stepKey, type DiagramStep } from './layout';
import { StatePanel } from './state-panel';
import { StepPanel } from './step-panel';

interface FlowPartProps extends EditorProps<'workflows'> {
  readonly name: FlowName;
  readonly title: string;
}

/** One workflow: its diagram, the same steps as a table, and the panels in which a state or a step is changed. */
export function FlowPart(props: FlowPartProps) {
  const { name, title, value, onChange, issues, readOnly } = props;
  const t = useTranslations('editors.workflows');
  const w = useTranslations('admin.settings.workflows');
  const say = useSay();
  const word = useWord();
  const [picked, setPicked] = useState<Picked>(null);
  const flow = value[name];
  const kind = flowKinds[name];
  const layout = useMemo(() => layoutWorkflow(flow), [flow]);
  const faults = useMemo(() => stateFaults(flow), [flow]);
  const wordOf = (state: string) => word(`statuses.${kind.statuses}`, state);
  const stepName = ({ from, to }: { readonly from: string; readonly to: string }) => `${wordOf(from)} → ${wordOf(to)}`;
  const wrongSteps = new Set(layout.steps.filter(({ index }) => issues.some(({ field }) => isWithin(field, `${name}.transitions.${String(index)}`))).map(({ key }) => key));
  const open = picked?.kind === 'step' ? layout.steps.find(({ key }) => key === picked.key) : undefined;
  const put = (transitions: typeof flow.transitions) => onChange({ ...value, [name]: { ...flow, transitions } });
  const add = (from: string, to: string) => {
    put([...flow.transitions, newStep(name, from, to)]);
    setPicked({ kind: 'step', key: stepKey({ from, to }) });
  };
  return (
    <Section level={3} title={title} help={t('flowHelp')}>
      <div className="space-y-4">
        <Card className="hidden sm:block"><Diagram label={title} statuses={kind.statuses} layout={layout} initial={flow.initial} closed={flow.closed} faults={faults} wrongSteps={wrongSteps} picked={picked} onPick={setPicked} stepName={stepName} /></Card>
        <States name={name} {...{ flow, faults, setPicked, wordOf }} />
        <DataTable<DiagramStep>
          label={title} rows={layout.steps} rowKey={({ key }) => key} rowLabel={stepName} empty={null} openKey={open?.key ?? null} onOpen={({ key }) => setPicked({ kind: 'step', key })}
          columns={[
            { id: 'step', header: t('step'), card: 'title', cell: (step) => <span className="flex flex-wrap items-center gap-x-2"><span className="figures inline-block w-6 text-ink-muted">{step.number}</span><StateMark kind={kind.statuses} value={step.from} look="plain" /><span aria-hidden="true">→</span><StateMark kind={kind.statuses} value={step.to} look="plain" />{wrongSteps.has(step.key) ? <Badge>{t('faulty')}</Badge> : null}</span> },
            { id: 'who', header: w('who'), width: '22%', cell: ({ index }) => say.words('admin.settings.workflows.may', flow.transitions[index]?.anyOf ?? []) },
            { id: 'needs', header: w('needs'), width: '34%', cell: ({ index }) => <Needs name={name} step={flow.transitions[index]} choices={props} /> },
          ]}
        />
      </div>
      <StepPanel
        name={name} step={open === undefined ? null : (flow.transitions[open.index] ?? null)} number={open?.number ?? 0} path={`${name}.transitions.${String(open?.index ?? 0)}`} title={open === undefined ? '' : stepName(open)}
        choices={props} readOnly={readOnly} say={say} onClose={() => setPicked(null)}
        onRemove={() => { put(flow.transitions.filter((_, index) => index !== open?.index)); setPicked(null); }}
      />
      <StatePanel
        name={name} state={picked?.kind === 'state' ? picked.key : null} flow={flow} steps={layout.steps} faults={picked?.kind === 'state' ? (faults.get(picked.key) ?? []) : []} readOnly={readOnly} wordOf={wordOf}
        onClose={() => setPicked(null)} onPickStep={(key) => setPicked({ kind: 'step', key })} onAdd={add}
      />
    </Section>
  );
}

/** The states as a row of buttons: on a phone in place of the diagram, and for whoever adds a step without it. */
function States({ name, flow, faults, setPicked, wordOf }: { name: FlowName; flow: EditorProps<'workflows'>['value'][FlowName]; faults: ReturnType<typeof stateFaults>; setPicked: (picked: Picked) => void; wordOf: (state: string) => string }) {
  const t = useTranslations('editors.workflows');
  return (
    <div className="sm:hidden">
      <p className="mb-2 text-note text-ink-muted">{t('statesPhone')}</p>
      <ul className="flex flex-wrap gap-2">
        {flow.states.map((state) => (
          <li key={`${name}-${state}`}><Button size="small" variant={faults.has(state) ? 'danger' : 'secondary'} onClick={() => setPicked({ kind: 'state', key: state })}>{wordOf(state)}</Button></li>
        ))}
      </ul>
    </div>
  );
}

/** What a step asks for, in one cell: gates and documents as words, the condition as its sentence. */
function Needs({ name, step, choices }: { name: FlowName; step: EditorProps<'workflows'>['value'][FlowName]['transitions'][number] | undefined; choices: FlowPartProps }) {
  const say = useSay();
  if (step === undefined) return null;
  const words = [...step.gates.map((gate) => say.word('admin.settings.workflows.gates', gate)), ...step.requiredDocuments.map((document) => say.word('common.documentKinds', document))];
  return (
    <>
      {words.length === 0 && step.when === null ? '–' : words.join(', ')}
      {name === 'claims' && step.when !== null ? <ConditionSentence context="claim" value={step.when} choices={choices} /> : null}
    </>
  );
}
