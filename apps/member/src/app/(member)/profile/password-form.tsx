'use client';
import { passwordChangeInput } from '@interdomestik/rules/users';
import { Button, Field, Notice, PasswordInput, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { passwordMinimum } from '~/lib/password';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';

export function PasswordForm() {
  const t = useTranslations('member.profile');
  const auth = useTranslations('member.auth');
  const fields = useTranslations('common.fields');
  const errorText = useErrorText();
  const utils = trpc.useUtils();
  const form = useForm({ resolver: formResolver(passwordChangeInput), defaultValues: { current: '', password: '' } });
  const { errors } = form.formState;
  const change = trpc.accounts.changePassword.useMutation({
    onSuccess: () => {
      form.reset();
      toast.success(t('passwordSaved'));
      void utils.accounts.sessions.invalidate();
    },
    onError: (error) => void showErrors(error, form),
  });
  return (
    <form method="post" noValidate onSubmit={(event) => void form.handleSubmit((values) => change.mutate(values))(event)} className="space-y-5">
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={fields('currentPassword')} error={errorText(errors.current)}><PasswordInput autoComplete="current-password" {...form.register('current')} /></Field>
      <Field label={fields('newPassword')} help={auth('passwordHelp', { minimum: passwordMinimum })} error={errorText(errors.password)}><PasswordInput autoComplete="new-password" {...form.register('password')} /></Field>
      <Button type="submit" variant="secondary" loading={change.isPending}>{t('changePassword')}</Button>
    </form>
  );
}
