'use client';
import { Button, Checkbox, Dialog, Field, Notice, Textarea } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import { useClaimChanged } from './use-claim-changed';

/** Adds a note to the story of a claim: for colleagues, or for the member to read. */
export function NoteDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('admin.claims');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const changed = useClaimChanged();
  const [text, setText] = useState('');
  const [visible, setVisible] = useState(false);
  const add = trpc.claims.note.useMutation({
    onError: () => undefined,
    onSuccess: () => {
      changed();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addNote')}
      footer={<><Button loading={add.isPending} disabled={text.trim() === ''} onClick={() => add.mutate({ id, text, visibleToMember: visible })}>{c('actions.save')}</Button><Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button></>}
    >
      <div className="space-y-4">
        {add.isError ? <Notice tone="danger" live>{errorText(add.error)}</Notice> : null}
        <Field label={c('fields.note')}><Textarea rows={4} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <Checkbox label={t('noteVisible')} help={t('noteVisibleHelp')} checked={visible} onChange={(event) => setVisible(event.target.checked)} />
      </div>
    </Dialog>
  );
}
