'use client';
import { passwordResetInput } from '@interdomestik/rules/users';
import { Button, ButtonLink, Field, Input, Notice, PasswordInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { useSignIn } from '@/trpc/session';

interface NewPasswordFormProps {
  readonly token: string;
  /** `platform`: an invitation to the console. */
  readonly purpose: 'reset' | 'invitation' | 'platform';
  /** Known from an invitation: the person is signed in right away. */
  readonly email?: string | undefined;
}

/** Sets a password by a mailed link, which is used up by it. */
export function NewPasswordForm({ token, purpose, email }: NewPasswordFormProps) {
  const t = useTranslations('admin.auth');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const signIn = useSignIn();
  const form = useForm({ resolver: formResolver(passwordResetInput), defaultValues: { token, password: '' } });
  const onError = (error: unknown) => void showErrors(error, form);
  const reset = trpc.accounts.resetPassword.useMutation({ onError });
  const onSuccess = async (_answer: unknown, { password }: { password: string }) => {
    if (email !== undefined) await signIn({ email, password });
  };
  const accept = trpc.accounts.acceptInvitation.useMutation({ onError, onSuccess });
  const acceptPlatform = trpc.superAdmins.accept.useMutation({ onError, onSuccess });
  const change = { reset, invitation: accept, platform: acceptPlatform }[purpose];
  const { errors } = form.formState;
  if (change.isSuccess) return <Notice tone="success" live actions={<ButtonLink href="/sign-in">{c('actions.signIn')}</ButtonLink>}>{t('passwordSet')}</Notice>;
  const problem = errors.root ?? errors.token;
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void form.handleSubmit((input) => change.mutate(input))(event)}>
      {problem ? <Notice tone="danger" live actions={purpose === 'reset' ? <ButtonLink variant="secondary" size="small" href="/forgot-password">{t('newLink')}</ButtonLink> : undefined}>{errorText(problem)}</Notice> : null}
      {email === undefined ? null : <Field label={c('fields.email')}><Input type="email" autoComplete="username" value={email} readOnly /></Field>}
      <Field label={c('fields.newPassword')} help={t('passwordHelp')} error={errorText(errors.password)}>
        <PasswordInput autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" wide loading={change.isPending}>{purpose === 'reset' ? t('setPassword') : t('accept')}</Button>
    </form>
  );
}
