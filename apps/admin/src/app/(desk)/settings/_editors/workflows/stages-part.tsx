'use client';
import { Button, Card, IconButton, NativeSelect, Section } from '@interdomestik/ui';
import { Plus, Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useWord } from '../../../../_parts/use-word';
import type { EditorProps, StoredRule } from '../editor';
import { NumberField, NumbersField } from '../fields';
import { useErrorsAt } from './use-errors-at';

type Stage = StoredRule<'workflows'>['stages'][number];
type Escalation = Stage['escalations'][number];

/** How long a claim may stay in a state after triage, who is reminded before, and who is told after. */
export function StagesPart({ value, onChange, readOnly }: EditorProps<'workflows'>) {
  const t = useTranslations('editors.stages');
  const u = useTranslations('settings.units');
  const word = useWord();
  const wordOf = (state: string) => word('statuses.claim', state);
  const put = (stages: readonly Stage[]) => onChange({ ...value, stages: [...stages] });
  const change = (index: number, escalations: readonly Escalation[]) => put(value.stages.map((stage, place) => (place === index ? { ...stage, escalations: [...escalations] } : stage)));
  const timed = value.claims.states.filter((state) => state !== value.claims.initial && !value.claims.closed.includes(state));
  const free = timed.filter((state) => value.stages.every((stage) => stage.state !== state));
  return (
    <Section level={3} title={t('title')} help={t('help')}>
      <div className="space-y-4">
        {value.stages.map((stage, index) => (
          <Card key={stage.state} level={3} title={wordOf(stage.state)} action={readOnly ? undefined : <IconButton label={t('remove', { state: wordOf(stage.state) })} icon={<Trash2 />} onClick={() => put(value.stages.filter((_, place) => place !== index))} />}>
            <div className="grid gap-6 sm:grid-cols-2">
              <NumberField path={`stages.${String(index)}.hours`} label={t('hours')} unit={u('hours')} />
              <NumbersField path={`stages.${String(index)}.remindHoursBefore`} label={t('remind')} help={t('remindHelp')} />
              <Escalations stage={stage} path={`stages.${String(index)}.escalations`} readOnly={readOnly} onChange={(next) => change(index, next)} />
            </div>
          </Card>
        ))}
        {readOnly || free.length === 0 ? null : (
          <div className="flex flex-wrap gap-2">
            {free.map((state) => <Button key={state} variant="secondary" icon={<Plus />} onClick={() => put([...value.stages, { state, hours: 40, remindHoursBefore: [], escalations: [] }])}>{t('add', { state: wordOf(state) })}</Button>)}
          </div>
        )}
      </div>
    </Section>
  );
}

function Escalations({ stage, path, readOnly, onChange }: { stage: Stage; path: string; readOnly: boolean; onChange: (next: readonly Escalation[]) => void }) {
  const t = useTranslations('editors.stages');
  const u = useTranslations('settings.units');
  const word = useWord();
  const errors = useErrorsAt(path);
  const to = ['branch_manager', 'tenant_admin'] as const;
  return (
    <fieldset id={`rule-${path}`} className="min-w-0 sm:col-span-2">
      <legend className="mb-1 font-semibold">{t('escalations')}</legend>
      <p className="mb-2 text-note text-ink-muted">{t('escalationsHelp')}</p>
      <ul className="space-y-2">
        {stage.escalations.map((escalation, index) => (
          <li key={index} className="flex flex-wrap items-end gap-2">
            <NumberField path={`${path}.${String(index)}.hoursAfter`} label={t('hoursAfter')} unit={u('hours')} />
            <NativeSelect
              aria-label={t('whom')} className="min-w-44" value={escalation.to} disabled={readOnly} options={to.map((role) => ({ value: role, label: word('roles', role) }))}
              onChange={(event) => onChange(stage.escalations.map((one, place) => (place === index ? { ...one, to: to.find((role) => role === event.target.value) ?? one.to } : one)))}
            />
            {readOnly ? null : <IconButton label={t('removeEscalation')} icon={<Trash2 />} onClick={() => onChange(stage.escalations.filter((_, place) => place !== index))} />}
          </li>
        ))}
      </ul>
      {errors}
      {readOnly || stage.escalations.length >= 5 ? null : <Button className="mt-2" size="small" variant="secondary" icon={<Plus />} onClick={() => onChange([...stage.escalations, { hoursAfter: 0, to: 'branch_manager' }])}>{t('addEscalation')}</Button>}
    </fieldset>
  );
}
