'use client';
import { transferInput } from '@interdomestik/rules/transfers';
import { Button, Dialog, ErrorState, Field, NativeSelect, Notice, SkeletonText, Textarea } from '@interdomestik/ui';
import { ArrowLeftRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { useTransferDone } from '../../transfers/transfer-panel';
import { WhatMoves } from '../../transfers/what-moves';

interface TransferMemberProps {
  readonly memberId: string;
  readonly branchId: string;
  /** How far the viewer reaches: who reaches the whole tenant, and a manager inside the own branch, is asked by nobody. */
  readonly reach: 'tenant' | 'branch' | 'own';
}

/** Asks for a member to be moved to another branch or agent. */
export function TransferMember(props: TransferMemberProps) {
  const t = useTranslations('admin.transfers');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" icon={<ArrowLeftRight />} onClick={() => setOpen(true)}>{t('ask')}</Button>
      {open ? <TransferDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function TransferDialog({ onClose, ...props }: TransferMemberProps & { onClose: () => void }) {
  const t = useTranslations('admin.transfers');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const targets = trpc.transfers.targets.useQuery();
  if (targets.data !== undefined) return <TransferForm {...props} targets={targets.data} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title={t('askTitle')}>
      {targets.isError ? <ErrorState title={t('notLoaded')} onRetry={() => void targets.refetch()}>{errorText(targets.error)}</ErrorState> : <SkeletonText lines={4} label={c('uiWords.loading')} />}
    </Dialog>
  );
}

const { reason } = transferInput.shape;
const formSchema = z.object({ toBranchId: z.string().min(1, { error: 'errors.required' }), toAgentId: z.string(), reason });

function TransferForm({ memberId, branchId, reach, targets, onClose }: TransferMemberProps & { targets: Outputs['transfers']['targets']; onClose: () => void }) {
  const t = useTranslations('admin.transfers');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const done = useTransferDone(onClose);
  const form = useForm({ resolver: formResolver(formSchema), defaultValues: { toBranchId: '', toAgentId: '', reason: '' } });
  const request = trpc.transfers.request.useMutation({
    onSuccess: ({ status }) => done(status === 'approved' ? t('movedDone') : t('askedDone')),
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  const chosen = targets.find(({ id }) => id === form.watch('toBranchId'));
  const across = chosen !== undefined && chosen.id !== branchId;
  const atOnce = reach === 'tenant' || (reach === 'branch' && chosen?.id === branchId);
  const send = form.handleSubmit((values) => request.mutate({ memberId, toBranchId: values.toBranchId, toAgentId: values.toAgentId === '' ? null : values.toAgentId, reason: values.reason }));
  const branchField = form.register('toBranchId', { onChange: () => form.setValue('toAgentId', '') });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('askTitle')}
      footer={<><Button type="submit" form="transfer" loading={request.isPending}>{atOnce ? t('moveNow') : t('askNow')}</Button><Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button></>}
    >
      <form method="post" id="transfer" noValidate className="space-y-4" onSubmit={(event) => void send(event)}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('toBranch')} error={errorText(errors.toBranchId)}>
          <NativeSelect {...branchField} placeholder={c('uiWords.choose')} options={targets.map(({ id, name }) => ({ value: id, label: id === branchId ? t('thisBranch', { branch: name }) : name }))} />
        </Field>
        {chosen?.agents == null ? null : (
          <Field label={t('newAgent')} error={errorText(errors.toAgentId)}>
            <NativeSelect {...form.register('toAgentId')} options={[{ value: '', label: t('noAgent') }, ...chosen.agents.map(({ id, name }) => ({ value: id, label: name }))]} />
          </Field>
        )}
        {chosen !== undefined && chosen.agents === null ? <p className="text-ink-muted">{t('theyChoose', { branch: chosen.name })}</p> : null}
        <Field label={c('fields.reason')} help={t('reasonHelp')} error={errorText(errors.reason)}><Textarea {...form.register('reason')} rows={3} /></Field>
        {chosen === undefined ? null : <WhatMoves across={across} />}
      </form>
    </Dialog>
  );
}
