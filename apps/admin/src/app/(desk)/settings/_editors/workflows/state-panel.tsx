'use client';
import type { StateFault } from '@interdomestik/rules/workflows';
import { Button, Field, Notice, Select, SidePanel } from '@interdomestik/ui';
import { ArrowRight, Plus } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StateMark } from '../../../../_parts/state-mark';
import { flowKinds, targetsOf, type FlowName, type StoredFlow } from './flow';
import type { DiagramStep } from './layout';

interface StatePanelProps {
  readonly name: FlowName;
  /** Null: closed. */
  readonly state: string | null;
  readonly flow: StoredFlow;
  readonly steps: readonly DiagramStep[];
  readonly faults: readonly StateFault[];
  readonly readOnly: boolean;
  readonly wordOf: (state: string) => string;
  readonly onClose: () => void;
  readonly onPickStep: (key: string) => void;
  readonly onAdd: (from: string, to: string) => void;
}

// i18n-keys: editors.workflows.unreachable, editors.workflows.unreachableHelp, editors.workflows.noWayOut, editors.workflows.noWayOutHelp, editors.workflows.noEnd, editors.workflows.noEndHelp
/** One state: the steps that lead there and on, and a new one. */
export function StatePanel({ name, state, flow, steps, faults, readOnly, wordOf, onClose, onPickStep, onAdd }: StatePanelProps) {
  const t = useTranslations('editors.workflows');
  const kind = flowKinds[name];
  const out = steps.filter(({ from }) => from === state);
  const into = steps.filter(({ to }) => to === state);
  const list = (title: string, entries: readonly DiagramStep[], other: (step: DiagramStep) => string) => (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {entries.length === 0 ? <p className="text-ink-muted">{t('noSteps')}</p> : (
        <ul className="divide-y divide-line rounded-control border">
          {entries.map((step) => (
            <li key={step.key}>
              <button type="button" onClick={() => onPickStep(step.key)} className="flex min-h-control w-full items-center gap-3 px-3 text-left hover:bg-sunken">
                <span className="figures w-6 text-ink-muted">{step.number}</span><span className="min-w-0 flex-1"><StateMark kind={kind.statuses} value={other(step)} look="plain" /></span><ArrowRight aria-hidden="true" className="size-4 text-ink-muted" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
  return (
    <SidePanel
      open={state !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={state === null ? '' : wordOf(state)} meta={t('statesAreOurs')}
    >
      {state === null ? null : (
        <div className="space-y-6">
          {faults.map((fault) => <Notice key={fault} tone="danger" title={t(fault)}>{t(`${fault}Help`)}</Notice>)}
          {list(t('stepsOn'), out, ({ to }) => to)}
          {list(t('stepsInto'), into, ({ from }) => from)}
          {readOnly ? null : <AddStep key={state} from={state} targets={targetsOf(flow, state)} wordOf={wordOf} onAdd={onAdd} />}
        </div>
      )}
    </SidePanel>
  );
}

function AddStep({ from, targets, wordOf, onAdd }: { from: string; targets: readonly string[]; wordOf: (state: string) => string; onAdd: (from: string, to: string) => void }) {
  const t = useTranslations('editors.workflows');
  const [to, setTo] = useState('');
  if (targets.length === 0) return null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('newStepTo')} className="min-w-48 flex-1"><Select options={targets.map((state) => ({ value: state, label: wordOf(state) }))} value={to} onValueChange={setTo} /></Field>
      <Button variant="secondary" icon={<Plus />} disabled={to === ''} onClick={() => onAdd(from, to)}>{t('addStep')}</Button>
    </div>
  );
}
