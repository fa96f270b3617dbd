'use client';
import { leadInput } from '@interdomestik/rules/leads';
import { Button, Field, Input, NativeSelect, Notice, SidePanel, Textarea, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import * as z from 'zod';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import { useWord } from '../../_parts/use-word';
import type { LeadRights } from './lead';

const sources = ['agent', 'referral', 'web', 'event', 'partner'] as const;
// a choice left open comes from a select as an empty text
const choice = z.string().transform((value) => (value === '' ? undefined : value)).optional();
const newLead = leadInput.safeExtend({ planCode: choice, ownerId: choice });

interface NewLeadPanelProps {
  readonly plans: Readonly<Record<string, string>>;
  readonly rights: LeadRights;
  readonly onClose: () => void;
}

/** Writes down somebody who may become a member. */
export function NewLeadPanel({ plans, rights, onClose }: NewLeadPanelProps) {
  const t = useTranslations('admin.leads');
  const c = useTranslations('common');
  const word = useWord();
  const router = useRouter();
  const errorText = useErrorText();
  const form = useForm({
    resolver: formResolver(newLead),
    // who sees no members sells by passing a code on
    defaultValues: { firstName: '', lastName: '', phone: '', email: '', planCode: '', source: rights.members ? 'agent' as const : 'referral' as const, referralCode: '', note: '', ownerId: '' },
  });
  const sellers = trpc.staff.list.useQuery({ limit: 100, filters: { status: 'active' } }, { enabled: rights.staff });
  const create = trpc.leads.create.useMutation({
    onSuccess: () => {
      toast.success(t('added'));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  const others = (sellers.data?.items ?? []).filter(({ isSelf, roles }) => !isSelf && roles.some(({ branchId }) => branchId !== null));
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('add')}
      footer={
        <>
          <Button type="submit" form="new-lead" loading={create.isPending}>{t('add')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button>
        </>
      }
    >
      <form method="post" id="new-lead" noValidate className="space-y-4" onSubmit={form.handleSubmit(({ lastName, ...values }) => create.mutate({ ...values, ...(lastName === undefined ? {} : { lastName }) }))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={c('fields.firstName')} error={errorText(errors.firstName)} required><Input {...form.register('firstName')} autoComplete="off" /></Field>
        <Field label={c('fields.lastName')} error={errorText(errors.lastName)} optional><Input {...form.register('lastName', { setValueAs: (value: string) => (value.trim() === '' ? undefined : value) })} autoComplete="off" /></Field>
        <Field label={c('fields.phone')} help={t('contactHelp')} error={errorText(errors.phone)}><Input {...form.register('phone')} type="tel" chars={20} autoComplete="off" /></Field>
        <Field label={c('fields.email')} error={errorText(errors.email)}><Input {...form.register('email')} type="email" inputMode="email" autoComplete="off" /></Field>
        {Object.keys(plans).length > 0 ? (
          <Field label={t('wantedPlan')} error={errorText(errors.planCode)} optional>
            <NativeSelect {...form.register('planCode')} placeholder={t('noPlan')} options={Object.entries(plans).map(([value, label]) => ({ value, label }))} />
          </Field>
        ) : null}
        <Field label={t('source')} error={errorText(errors.source)}><NativeSelect {...form.register('source')} options={sources.map((value) => ({ value, label: word('leadSources', value) }))} /></Field>
        {rights.staff ? (
          <Field label={t('owner')} error={errorText(errors.ownerId)} required={!rights.isUser}>
            <NativeSelect {...form.register('ownerId')} placeholder={rights.isUser ? t('me') : c('uiWords.choose')} options={others.map(({ id, firstName, lastName }) => ({ value: id, label: `${firstName} ${lastName}` }))} />
          </Field>
        ) : null}
        <Field label={c('fields.note')} error={errorText(errors.note)} optional><Textarea {...form.register('note')} rows={3} maxLength={2000} /></Field>
      </form>
    </SidePanel>
  );
}
