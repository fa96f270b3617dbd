'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Field, Notice, Section, Textarea, toast, Button } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type ComponentType } from 'react';
import { trpc } from '@/trpc/client';
import { editors, TrialPanel } from '../_editors';
import type { EditorChoices, EditorProps } from '../_editors/editor';
import { FieldLifeContext } from '../_editors/fields';
import { Approval } from './approval';
import { ConflictDialog } from './conflict-dialog';
import { DeskBar } from './desk-bar';
import { DifferenceList } from './difference-list';
import { IssueList } from './issue-list';
import { LeaveDialog } from './leave-dialog';
import { Outdated } from './outdated';
import { PublishDialog } from './publish-dialog';
import { StepsBar } from './steps-bar';
import { nextAction, type Standing } from './steps';
import type { KindAnswer } from './types';
import { ruleHref } from './urls';
import { useBeside } from './use-beside';
import { useDraftWork, type Saved } from './use-draft-work';

interface DraftDeskProps {
  readonly kind: RuleKind;
  readonly branch: { readonly id: string; readonly name: string } | null;
  readonly start: Saved;
  /** What is in force there now, whole. */
  readonly inForce: KindAnswer['inForce'];
  /** The version that a draft must have begun from to be published; null: the branch has none. */
  readonly newest: number | null;
  /** The country's document in force. */
  readonly tenantValue: unknown;
  /** The parts that a branch may have its own way; null: all. */
  readonly parts: readonly string[] | null;
  readonly needs: KindAnswer['needs'];
  readonly choices: EditorChoices;
  readonly myId: string;
}

/** The page on which a draft is written, checked, tried, approved and published. */
export function DraftDesk({ kind, branch, start, inForce, newest, tenantValue, parts, needs, choices, myId }: DraftDeskProps) {
  const t = useTranslations('settings.life');
  const router = useRouter();
  const branchId = branch?.id ?? null;
  const work = useDraftWork({ kind, branchId, start, tenantValue, onSaved: () => { toast.success(t('saved')); router.replace(ruleHref(kind, { branchId, draft: true }), { scroll: false }); router.refresh(); } });
  const [publishing, setPublishing] = useState(false);
  const [reopened, setReopened] = useState(false);
  const { version } = work.saved;
  const state = version?.state === 'draft' || version?.state === 'validated' || version?.state === 'approved' ? version.state : null;
  const standing: Standing = {
    state, dirty: work.dirty, faulty: work.issues.length > 0, needs, simulated: (version?.simulatedHash ?? null) !== null,
    second: version !== null && version.createdBy?.id !== myId && version.updatedBy?.id !== myId,
  };
  const next = nextAction(standing);
  const readOnly = !reopened && !work.dirty && (state === 'validated' || state === 'approved');
  const refresh = () => router.refresh();
  const validate = trpc.settings.validateDraft.useMutation({
    onSuccess: ({ version: checked, issues }) => {
      work.moved(checked, issues);
      setReopened(false);
      if (issues.length === 0) toast.success(t('checked'));
      refresh();
    },
  });
  const save = async (): Promise<boolean> => (await work.save()) !== null;
  const beside = useBeside({ kind, branchId, work, tenantValue, parts, readOnly });
  const act = { save: () => void save(), check: () => { if (version !== null) validate.mutate({ id: version.id, revision: version.revision }); }, publish: () => setPublishing(true) };
  useSaveKey(work.dirty && !work.saving, act.save);
  const Editor = editors[kind] as ComponentType<EditorProps> | null;
  return (
    <div className="space-y-6">
      <StepsBar standing={standing} />
      {work.broughtBack ? <Notice tone="info" live actions={<Button size="small" variant="secondary" onClick={work.dropTyped}>{t('dropTyped')}</Button>}>{t('broughtBack')}</Notice> : null}
      {version !== null && version.baseVersion !== newest ? <Outdated version={version} kind={kind} newest={newest} dirty={work.dirty} onRebased={(page) => { work.load(page); refresh(); }} /> : null}
      <IssueList kind={kind} doc={work.value} issues={work.issues} />
      {readOnly ? <Notice tone="success" actions={<Button size="small" variant="secondary" onClick={() => setReopened(true)}>{t('changeAgain')}</Button>}>{t('checkedHelp')}</Notice> : null}
      {Editor === null ? null : (
        <FieldLifeContext value={{ doc: work.value, set: work.set, issues: work.issues, readOnly, beside, ...(parts === null ? {} : { parts }) }}>
          <Editor key={work.generation} {...choices} value={work.value as EditorProps['value']} onChange={work.setValue} issues={work.issues} scopeBranchId={branchId} readOnly={readOnly} />
        </FieldLifeContext>
      )}
      <Field label={t('note')} help={t('noteHelp')}><Textarea rows={2} maxLength={1000} value={work.note} readOnly={readOnly} onChange={(event) => work.setNote(event.target.value)} /></Field>
      <Section level={3} title={branch === null ? t('changes', { version: inForce.version }) : t('changesOfBranch')}>
        <div className="rounded-card border bg-raised px-4 py-2 sm:px-5"><DifferenceList kind={kind} before={inForce.value} after={work.value} /></div>
      </Section>
      {TrialPanel === null || version === null || work.dirty || state === 'draft' ? null : (
        <section id="trial" tabIndex={-1} aria-label={t('trial')}><TrialPanel kind={kind} settingId={version.id} revision={version.revision} required={needs.simulation} simulatedHash={version.simulatedHash} onTried={refresh} /></section>
      )}
      {needs.secondPerson && version !== null && !work.dirty && (state === 'validated' || state === 'approved') ? <Approval version={version} second={standing.second} primary={next === 'approve'} onApproved={(approved) => { work.moved(approved); refresh(); }} /> : null}
      <DeskBar kind={kind} branchId={branchId} work={work} next={next} checking={validate.isPending} act={act} />
      {publishing && version !== null ? (
        <PublishDialog
          version={version} kind={kind} branch={branch?.name ?? null} inForce={inForce.version} onClose={() => setPublishing(false)}
          onPublished={(published) => {
            toast.success(published.state === 'scheduled' ? t('scheduledDone') : t('publishedDone'));
            router.push(ruleHref(kind, { branchId }));
            router.refresh();
          }}
        />
      ) : null}
      {work.conflict ? <ConflictDialog kind={kind} branchId={branchId} work={work} /> : null}
      <LeaveDialog dirty={work.dirty} saving={work.saving} onSave={save} onDrop={work.dropTyped} />
    </div>
  );
}

/** Ctrl-S saves, as everywhere where one writes. */
function useSaveKey(on: boolean, save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (on) save();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [on, save]);
}
