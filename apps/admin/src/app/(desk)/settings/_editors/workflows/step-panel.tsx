'use client';
import { permissionsByRole, tenantRoles, type Permission } from '@interdomestik/rules/permissions';
import { documentKinds } from '@interdomestik/rules/rule-sets';
import { Button, SidePanel } from '@interdomestik/ui';
import { Trash2 } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Say } from '../../_kinds/say';
import { ConditionField } from '../condition';
import type { EditorChoices } from '../editor';
import { ManyField } from '../fields';
import { flowKinds, type FlowName, type StoredStep } from './flow';

interface StepPanelProps {
  readonly name: FlowName;
  /** Null: closed. */
  readonly step: StoredStep | null;
  readonly number: number;
  readonly path: string;
  readonly title: string;
  readonly choices: EditorChoices;
  readonly readOnly: boolean;
  readonly say: Say;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

/** One step: who may take it, and what must be there first. */
export function StepPanel({ name, step, number, path, title, choices, readOnly, say, onClose, onRemove }: StepPanelProps) {
  const t = useTranslations('editors.workflows');
  const w = useTranslations('admin.settings.workflows');
  const kind = flowKinds[name];
  const rolesOf = (permission: Permission): string => {
    const held = tenantRoles.filter((role) => permissionsByRole[role].has(permission));
    return held.length === 0 ? t('noRole') : t('heldBy', { roles: say.words('common.roles', held) });
  };
  return (
    <SidePanel
      open={step !== null} onOpenChange={(open) => { if (!open) onClose(); }} width="wide" title={title} meta={t('stepNumber', { number })}
      footer={readOnly ? undefined : <Button variant="danger" icon={<Trash2 />} onClick={onRemove}>{t('removeStep')}</Button>}
    >
      {step === null ? null : (
        <div className="space-y-6">
          <ManyField path={`${path}.anyOf`} label={w('who')} help={t('whoHelp')} columns={1} options={kind.may.map((permission) => ({ value: permission, label: say.word('admin.settings.workflows.may', permission), hint: rolesOf(permission) }))} />
          <ManyField path={`${path}.gates`} label={t('gates')} help={t('gatesHelp')} columns={1} options={kind.gates.map((gate) => ({ value: gate, label: say.word('admin.settings.workflows.gates', gate) }))} />
          {name === 'claims' ? (
            <>
              <ManyField path={`${path}.requiredDocuments`} label={w('documents')} help={t('documentsHelp')} options={documentKinds.map((document) => ({ value: document, label: say.word('common.documentKinds', document) }))} />
              <ConditionField path={`${path}.when`} label={t('condition')} help={t('conditionHelp')} context="claim" choices={choices} />
            </>
          ) : null}
        </div>
      )}
    </SidePanel>
  );
}
