'use client';
import { acceptInviteInput } from '@interdomestik/rules/staff';
import { Button, Field, Notice, PasswordInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { passwordMinimum } from '~/lib/password';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';
import { useSignIn } from '~/trpc/session';

export function AcceptForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('member.auth');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const signIn = useSignIn();
  const form = useForm({ resolver: formResolver(acceptInviteInput), defaultValues: { token, password: '' } });
  const accept = trpc.accounts.acceptInvitation.useMutation({ onError: (error) => void showErrors(error, form) });
  const { errors } = form.formState;
  const send = form.handleSubmit(async (values) => {
    await accept.mutateAsync(values).then(
      async () => {
        if ((await signIn({ email, password: values.password }, '/home')) !== null) window.location.assign('/sign-in');
      },
      () => undefined,
    );
  });
  const stuck = errors.root ?? errors.token;
  return (
    <form method="post" onSubmit={(event) => void send(event)} noValidate className="space-y-5">
      {stuck ? <Notice tone="danger" live>{errorText(stuck)}</Notice> : null}
      <Field label={common('fields.newPassword')} help={t('passwordHelp', { minimum: passwordMinimum })} error={errorText(errors.password)}>
        <PasswordInput autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" wide loading={accept.isPending || accept.isSuccess}>{t('savePassword')}</Button>
    </form>
  );
}
