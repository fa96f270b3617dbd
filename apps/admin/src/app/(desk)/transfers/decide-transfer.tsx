'use client';
import { rejectTransferInput } from '@interdomestik/rules/transfers';
import { Button, Field, NativeSelect, Notice, Textarea } from '@interdomestik/ui';
import { Check } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Transfer } from './transfer';

/** Yes with an agent, or no with a reason. */
export function DecideTransfer({ transfer, onDone }: { transfer: Transfer; onDone: (text: string) => void }) {
  const [refusing, setRefusing] = useState(false);
  return (
    <div className="mt-6 border-t pt-6">
      {refusing ? <Refuse transfer={transfer} onDone={onDone} onBack={() => setRefusing(false)} /> : <Approve transfer={transfer} onDone={onDone} onRefuse={() => setRefusing(true)} />}
    </div>
  );
}

function Approve({ transfer, onDone, onRefuse }: { transfer: Transfer; onDone: (text: string) => void; onRefuse: () => void }) {
  const t = useTranslations('admin.transfers');
  const errorText = useErrorText();
  const targets = trpc.transfers.targets.useQuery();
  const agents = targets.data?.find(({ id }) => id === transfer.toBranchId)?.agents ?? [];
  const [agentId, setAgentId] = useState(transfer.toAgentId ?? '');
  // said above the button
  const approve = trpc.transfers.approve.useMutation({ onSuccess: () => onDone(t('approvedDone')), onError: () => undefined });
  return (
    <form method="post" className="space-y-4" onSubmit={(event) => { event.preventDefault(); approve.mutate({ id: transfer.id, agentId: agentId === '' ? null : agentId }); }}>
      <Field label={t('newAgent')} help={t('newAgentHelp')}>
        <NativeSelect disabled={targets.isPending} value={agentId} onChange={(event) => setAgentId(event.target.value)} options={[{ value: '', label: t('noAgent') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} />
      </Field>
      {approve.error === null ? null : <Notice tone="danger" live>{errorText(approve.error)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" icon={<Check />} loading={approve.isPending}>{t('approve')}</Button>
        <Button variant="secondary" onClick={onRefuse}>{t('reject')}</Button>
      </div>
    </form>
  );
}

function Refuse({ transfer, onDone, onBack }: { transfer: Transfer; onDone: (text: string) => void; onBack: () => void }) {
  const t = useTranslations('admin.transfers');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(rejectTransferInput), defaultValues: { id: transfer.id, note: '' } });
  const reject = trpc.transfers.reject.useMutation({ onSuccess: () => onDone(t('rejectedDone')), onError: (error) => showErrors(error, form) });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => reject.mutate(values))}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={t('whyNot')} help={t('whyNotHelp')} error={errorText(errors.note)}><Textarea {...form.register('note')} rows={3} /></Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" loading={reject.isPending}>{t('reject')}</Button>
        <Button variant="secondary" onClick={onBack}>{c('back')}</Button>
      </div>
    </form>
  );
}
