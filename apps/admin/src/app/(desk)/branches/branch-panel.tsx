'use client';
import { branchInput } from '@interdomestik/rules/branches';
import { Button, ConfirmTyped, Field, FormSummary, Input, KeyValue, SidePanel, TextLink, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useFormats } from '../../_parts/use-formats';
import { BranchState, type Branch } from './branch-state';

interface BranchPanelProps {
  /** null: a new one. */
  readonly branch: Branch | null;
  readonly mayWrite: boolean;
  readonly mayReadStaff: boolean;
  readonly onClose: () => void;
}

/** One branch beside the list: its counts, and its data to change for those who may. */
export function BranchPanel({ branch, mayWrite, mayReadStaff, onClose }: BranchPanelProps) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common');
  const formats = useFormats();
  const [closing, setClosing] = useState(false);
  if (closing && branch !== null) return <CloseBranch branch={branch} onBack={() => setClosing(false)} onDone={onClose} />;
  const editable = mayWrite && (branch === null || branch.isActive);
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={branch === null ? t('add') : branch.name}
      meta={branch === null ? undefined : <><BranchState open={branch.isActive} /><span>{branch.code}</span></>}
    >
      {branch === null ? null : (
        <KeyValue
          className="mb-6"
          items={[
            { label: t('members'), value: <TextLink href={`/members?branch=${branch.id}`}>{formats.count(branch.members)}</TextLink> },
            { label: t('staff'), value: mayReadStaff ? <TextLink href={`/staff?branch=${branch.id}`}>{formats.count(branch.staff)}</TextLink> : formats.count(branch.staff) },
            ...(editable ? [] : [
              { label: c('fields.city'), value: branch.city },
              { label: c('fields.address'), value: branch.address === '' ? '–' : branch.address },
              { label: c('fields.phone'), value: branch.phone ?? '–' },
            ]),
          ]}
        />
      )}
      {editable ? <BranchForm branch={branch} onDone={onClose} /> : null}
      {branch !== null && editable ? (
        <div className="mt-8 border-t pt-4"><Button variant="ghost" className="text-danger-ink" onClick={() => setClosing(true)}>{t('close')}</Button></div>
      ) : null}
    </SidePanel>
  );
}

const changeable = branchInput.omit({ code: true });

function BranchForm({ branch, onDone }: { branch: Branch | null; onDone: () => void }) {
  const t = useTranslations('admin.branches');
  const c = useTranslations('common');
  const router = useRouter();
  const errorText = useErrorText();
  const form = useForm({
    resolver: formResolver(branch === null ? branchInput : changeable.extend({ code: branchInput.shape.code.optional() })),
    defaultValues: { code: branch?.code ?? '', name: branch?.name ?? '', city: branch?.city ?? '', address: branch?.address ?? '', phone: branch?.phone ?? '' },
  });
  const done = (text: string) => {
    toast.success(text);
    onDone();
    router.refresh();
  };
  const create = trpc.branches.create.useMutation({ onSuccess: () => done(t('added')), onError: (error) => showErrors(error, form) });
  const update = trpc.branches.update.useMutation({ onSuccess: () => done(c('ui.saved')), onError: (error) => showErrors(error, form) });
  const { errors } = form.formState;
  const send = form.handleSubmit((values) => {
    if (branch === null) create.mutate({ ...values, code: values.code ?? '' });
    else update.mutate({ id: branch.id, name: values.name, city: values.city, address: values.address, phone: values.phone });
  });
  return (
    <form method="post" noValidate className="space-y-4" onSubmit={send}>
      {errors.root ? <FormSummary problems={[{ message: errorText(errors.root) }]} /> : null}
      <Field label={t('name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
      {branch === null ? <Field label={t('code')} help={t('codeHelp')} error={errorText(errors.code)} required><Input {...form.register('code')} chars={24} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field> : null}
      <Field label={c('fields.city')} error={errorText(errors.city)} required><Input {...form.register('city')} autoComplete="off" /></Field>
      <Field label={c('fields.address')} error={errorText(errors.address)} optional><Input {...form.register('address')} autoComplete="off" /></Field>
      <Field label={c('fields.phone')} error={errorText(errors.phone)} optional><Input {...form.register('phone')} type="tel" chars={20} autoComplete="off" /></Field>
      <Button type="submit" loading={create.isPending || update.isPending}>{branch === null ? t('add') : c('actions.save')}</Button>
    </form>
  );
}

function CloseBranch({ branch, onBack, onDone }: { branch: Branch; onBack: () => void; onDone: () => void }) {
  const t = useTranslations('admin.branches');
  const router = useRouter();
  const errorText = useErrorText();
  const close = trpc.branches.close.useMutation({
    onSuccess: () => {
      toast.success(t('closedDone'));
      onDone();
      router.refresh();
    },
    // said inside the dialog
    onError: () => undefined,
  });
  return (
    <ConfirmTyped
      open
      onOpenChange={onBack}
      title={t('closeTitle', { branch: branch.name })}
      word={branch.code}
      confirmLabel={t('close')}
      busy={close.isPending}
      error={close.error === null ? undefined : errorText(close.error)}
      onConfirm={() => close.mutate({ id: branch.id })}
    >
      {t('closeHelp')}
    </ConfirmTyped>
  );
}
