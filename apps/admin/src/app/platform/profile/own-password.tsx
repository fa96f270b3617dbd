'use client';
import { passwordChangeInput } from '@interdomestik/rules/users';
import { Button, Field, Notice, PasswordInput, toast } from '@interdomestik/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';

/** Changes the own password of a super admin; every other device is signed out. */
export function OwnPassword({ email }: { email: string }) {
  const t = useTranslations('admin.profile');
  const c = useTranslations('common');
  const router = useRouter();
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(passwordChangeInput), defaultValues: { current: '', password: '' } });
  const change = trpc.superAdmins.changePassword.useMutation({
    onSuccess: () => {
      toast.success(t('passwordSaved'));
      form.reset();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  // post: sent before the page has come alive, a form would write its values into the address
  return (
    <form noValidate method="post" className="space-y-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      {/* lets the browser's keychain file the new password under the right person */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field label={c('fields.currentPassword')} error={errorText(errors.current)} required><PasswordInput {...form.register('current')} autoComplete="current-password" /></Field>
      <Field label={c('fields.newPassword')} help={t('passwordHelp')} error={errorText(errors.password)} required><PasswordInput {...form.register('password')} autoComplete="new-password" /></Field>
      <Button type="submit" variant="secondary" loading={change.isPending}>{c('actions.change')}</Button>
    </form>
  );
}
