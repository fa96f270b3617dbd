'use client';
import type { Locale } from '@interdomestik/rules/locales';
import { inviteSuperAdminInput } from '@interdomestik/rules/super-admins';
import { Button, Field, Input, NativeSelect, Notice, SidePanel } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';

interface InvitePanelProps {
  /** Filled in for somebody who was here before. */
  readonly person: { readonly name: string; readonly email: string };
  readonly locale: Locale;
  readonly languages: readonly { readonly code: Locale; readonly name: string }[];
  readonly onSent: (name: string, delivery: Outputs['superAdmins']['resend']) => void;
  readonly onClose: () => void;
}

/** Invites another super admin by e-mail. */
export function InvitePanel({ person, locale, languages, onSent, onClose }: InvitePanelProps) {
  const t = useTranslations('admin.superAdmins');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(inviteSuperAdminInput), defaultValues: { ...person, locale } });
  const invite = trpc.superAdmins.invite.useMutation({
    onSuccess: (delivery, { name }) => {
      onClose();
      onSent(name, delivery);
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  return (
    <SidePanel
      open
      onOpenChange={onClose}
      title={t('invite')}
      footer={
        <>
          <Button type="submit" form="invite-super-admin" loading={invite.isPending}>{t('send')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('actions.cancel')}</Button>
        </>
      }
    >
      <form method="post" id="invite-super-admin" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => invite.mutate(values))}>
        <p className="text-ink-muted">{t('inviteHelp')}</p>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={c('fields.name')} error={errorText(errors.name)} required><Input {...form.register('name')} autoComplete="off" /></Field>
        <Field label={c('fields.email')} error={errorText(errors.email)} required><Input {...form.register('email')} type="email" inputMode="email" autoComplete="off" /></Field>
        <Field label={c('fields.language')} error={errorText(errors.locale)} required><NativeSelect {...form.register('locale')} options={languages.map(({ code, name }) => ({ value: code, label: name }))} /></Field>
      </form>
    </SidePanel>
  );
}
