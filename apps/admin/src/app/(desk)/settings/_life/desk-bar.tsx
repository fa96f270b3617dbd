'use client';
import type { RuleKind } from '@interdomestik/rules/rule-sets';
import { Button, Dialog, Notice, toast } from '@interdomestik/ui';
import { Send } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { NextAction } from './steps';
import { ruleHref } from './urls';
import type { DraftWork } from './use-draft-work';

interface DeskBarProps {
  readonly kind: RuleKind;
  readonly branchId: string | null;
  readonly work: DraftWork;
  readonly next: NextAction;
  readonly checking: boolean;
  readonly act: { readonly save: () => void; readonly check: () => void; readonly publish: () => void };
}

/** Always in reach below the editor: how the draft stands, and the one thing to do next. */
export function DeskBar({ kind, branchId, work, next, checking, act }: DeskBarProps) {
  const t = useTranslations('settings.life');
  const errorText = useErrorText();
  const [discarding, setDiscarding] = useState(false);
  const { version } = work.saved;
  const gone = work.error !== null && ['errors.notFound', 'errors.rule.step'].includes(problemOf(work.error)?.messageKey ?? '');
  const author = version?.updatedBy ?? version?.createdBy ?? null;
  const standing = work.dirty ? t('unsaved') : version === null ? t('untouched') : author === null ? t('savedBefore', { version: version.version }) : t('savedBy', { version: version.version, name: author.name });
  return (
    <div className="sticky bottom-0 z-10 -mx-1 border-t bg-paper px-1 py-3">
      {work.error === null ? null : (
        <Notice className="mb-3" tone="danger" live actions={gone ? <Button size="small" variant="secondary" onClick={() => work.standOn({ ...work.saved, version: null }, work.value)}>{t('beginAnew')}</Button> : undefined}>
          {gone ? t('draftGone') : errorText(work.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="min-w-0 flex-1 basis-40 text-note text-ink-muted">{standing}</p>
        {version === null ? null : <Button variant="ghost" onClick={() => setDiscarding(true)}>{t('discard')}</Button>}
        {next === 'save' ? <Button loading={work.saving} disabled={!work.dirty} onClick={act.save}>{t('save')}</Button> : null}
        {next === 'check' ? <Button loading={checking} onClick={act.check}>{t('check')}</Button> : null}
        {next === 'fix' ? <span className="font-semibold text-danger-ink">{t('fix')}</span> : null}
        {next === 'try' ? <Button onClick={() => { const panel = document.getElementById('trial'); panel?.scrollIntoView({ block: 'start' }); panel?.focus({ preventScroll: true }); }}>{t('try')}</Button> : null}
        {next === 'wait' ? <span className="font-semibold">{t('waits')}</span> : null}
        {next === 'publish' ? <Button icon={<Send />} onClick={act.publish}>{t('publish')}</Button> : null}
      </div>
      {discarding && version !== null ? <DiscardDialog id={version.id} revision={version.revision} number={version.version} work={work} href={ruleHref(kind, { branchId })} onClose={() => setDiscarding(false)} /> : null}
    </div>
  );
}

function DiscardDialog({ id, revision, number, work, href, onClose }: { id: string; revision: number; number: number; work: DraftWork; href: string; onClose: () => void }) {
  const t = useTranslations('settings.life');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const discard = trpc.settings.discardDraft.useMutation({
    onSuccess: () => {
      work.dropTyped();
      toast.success(t('discarded'));
      router.push(href);
      router.refresh();
    },
    onError: () => undefined,
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('discardTitle', { version: number })} description={t('discardHelp')}
      footer={<><Button variant="danger" loading={discard.isPending} onClick={() => discard.mutate({ id, revision })}>{t('discard')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      {discard.error === null ? null : <Notice tone="danger" live>{errorText(discard.error)}</Notice>}
    </Dialog>
  );
}
