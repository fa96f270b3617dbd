'use client';
import { branchInput } from '@interdomestik/rules/branches';
import { Button, Field, FormSummary, Input, SidePanel, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Branch } from './branch-state';

interface BranchFormProps {
  /** null: a new one. */
  readonly branch: Pick<Branch, 'id' | 'code' | 'name' | 'city' | 'address' | 'phone'> | null;
  readonly onClose: () => void;
}

const changeable = branchInput.omit({ code: true });

/** Opens a branch, or changes its name and where it is found. The code stays what it is. */
export function BranchForm({ branch, onClose }: BranchFormProps) {
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
    onClose();
    router.refresh();
  };
  const create = trpc.branches.create.useMutation({
    onSuccess: ({ id }) => {
      toast.success(t('added'));
      router.push(`/branches/${id}`);
    },
    onError: (error) => showErrors(error, form),
  });
  const update = trpc.branches.update.useMutation({ onSuccess: () => done(c('ui.saved')), onError: (error) => showErrors(error, form) });
  const { errors } = form.formState;
  const send = form.handleSubmit((values) => {
    if (branch === null) create.mutate({ ...values, code: values.code ?? '' });
    else update.mutate({ id: branch.id, name: values.name, city: values.city, address: values.address, phone: values.phone });
  });
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={branch === null ? t('add') : t('edit')}
      footer={
        <>
          <Button type="submit" form="branch" loading={create.isPending || update.isPending}>{branch === null ? t('add') : c('actions.save')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button>
        </>
      }
    >
      <form method="post" id="branch" noValidate className="space-y-4" onSubmit={send}>
        {errors.root ? <FormSummary problems={[{ message: errorText(errors.root) }]} /> : null}
        <Field label={t('name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
        {branch === null ? <Field label={t('code')} help={t('codeHelp')} error={errorText(errors.code)} required><Input {...form.register('code')} chars={24} autoComplete="off" autoCapitalize="none" spellCheck={false} /></Field> : null}
        <Field label={c('fields.city')} error={errorText(errors.city)} required><Input {...form.register('city')} autoComplete="off" /></Field>
        <Field label={c('fields.address')} error={errorText(errors.address)} optional><Input {...form.register('address')} autoComplete="off" /></Field>
        <Field label={c('fields.phone')} help={t('phoneHelp')} error={errorText(errors.phone)} optional><Input {...form.register('phone')} type="tel" chars={20} autoComplete="off" /></Field>
      </form>
    </SidePanel>
  );
}
