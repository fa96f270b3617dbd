'use client';
import { moneyToJson } from '@interdomestik/rules/money';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAskedOnce } from '@/trpc/asked-once';
import { trpc } from '@/trpc/client';
import { fieldErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../_parts/use-formats';

type Holder = Outputs['cash']['custody']['holders'][number];

/** Writes off what somebody's counts came to above or below what was said. */
export function WriteOffDialog({ holder, onClose }: { holder: Holder | null; onClose: () => void }) {
  const t = useTranslations('admin.cash.writeOff');
  const formats = useFormats();
  return (
    <Dialog open={holder !== null} onOpenChange={onClose} title={t('title')} description={holder === null ? '' : t('help', { agent: holder.agentName ?? '–', amount: formats.money(holder.differences) })}>
      {holder === null ? null : <WriteOffForm holder={holder} onDone={onClose} />}
    </Dialog>
  );
}

function WriteOffForm({ holder, onDone }: { holder: Holder; onDone: () => void }) {
  const t = useTranslations('admin.cash.writeOff');
  const errorText = useErrorText();
  const router = useRouter();
  const keyOf = useAskedOnce();
  const [reason, setReason] = useState('');
  const write = trpc.cash.writeOff.useMutation({
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t('done'));
      onDone();
      router.refresh();
    },
  });
  const ready = reason.trim().length >= 3 && !write.isPending;
  const error = write.isError ? fieldErrors(write.error)['reason'] : undefined;
  return (
    <form
      method="post" className="space-y-5" noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const asked = { agentId: holder.agentId, branchId: holder.branchId, shown: moneyToJson(holder.differences), reason };
        write.mutate({ ...asked, idempotencyKey: keyOf(asked) });
      }}
    >
      {write.isError && error === undefined ? <Notice tone="danger" live>{errorText(write.error)}</Notice> : null}
      <Field label={t('reason')} help={t('reasonHelp')} error={errorText(error)}><Textarea rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
      <Button type="submit" variant="danger" loading={write.isPending} disabled={!ready}>{t('write')}</Button>
    </form>
  );
}
