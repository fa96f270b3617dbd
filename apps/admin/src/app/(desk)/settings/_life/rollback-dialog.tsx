'use client';
import { Button, Dialog, ErrorState, Field, Notice, SkeletonText, Textarea, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { DifferenceList } from './difference-list';
import type { KindAnswer, Version } from './types';
import { ruleHref } from './urls';

/** Publishes an earlier version again, once it was shown what that changes. Where more is demanded first it becomes a draft. */
export function RollbackDialog({ version, inForce, needs, onClose }: { version: Version; inForce: KindAnswer['inForce']; needs: KindAnswer['needs']; onClose: () => void }) {
  const t = useTranslations('settings.rollback');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const [note, setNote] = useState('');
  const page = trpc.settings.version.useQuery({ id: version.id });
  const { kind, branchId } = version;
  const gated = needs.secondPerson || needs.simulation;
  const rollback = trpc.settings.rollback.useMutation({
    onSuccess: (made) => {
      onClose();
      toast.success(made.state === 'in_force' ? t('done', { version: version.version }) : t('drafted', { version: version.version }));
      router.push(ruleHref(kind, { branchId, draft: made.state !== 'in_force' }));
      router.refresh();
    },
    onError: () => undefined,
  });
  return (
    <Dialog
      open wide onOpenChange={onClose} title={t('title', { version: version.version })} description={gated ? t('helpGated') : t('help')}
      footer={<><Button type="submit" form="rollback" loading={rollback.isPending} disabled={page.data === undefined}>{gated ? t('draft') : t('publish')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <form id="rollback" method="post" noValidate className="space-y-4" onSubmit={(event) => { event.preventDefault(); rollback.mutate({ kind, branchId, version: version.version, note: note.trim() }); }}>
        <div>
          <h3 className="mb-1 font-semibold">{t('changes')}</h3>
          {page.error !== null ? <ErrorState title={errorText(page.error)} onRetry={() => void page.refetch()} /> : page.data === undefined ? <SkeletonText /> : <DifferenceList kind={kind} before={inForce.value} after={page.data.resolved} />}
        </div>
        <Field label={t('note')}><Textarea rows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        {rollback.error === null ? null : <Notice tone="danger" live>{errorText(rollback.error)}</Notice>}
      </form>
    </Dialog>
  );
}
