'use client';
import { passwordResetInput } from '@interdomestik/rules/users';
import { Button, Field, Notice, PasswordInput, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { passwordMinimum } from '~/lib/password';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';

export function ResetForm({ token }: { token: string }) {
  const t = useTranslations('member.auth');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const router = useRouter();
  const form = useForm({ resolver: formResolver(passwordResetInput), defaultValues: { token, password: '' } });
  const reset = trpc.accounts.resetPassword.useMutation({
    onSuccess: () => router.replace('/sign-in?reset=1'),
    onError: (error) => void showErrors(error, form),
  });
  const { errors } = form.formState;
  const stuck = errors.root ?? errors.token;
  return (
    <form method="post" onSubmit={(event) => void form.handleSubmit((values) => reset.mutate(values))(event)} noValidate className="space-y-5">
      {stuck ? (
        <Notice tone="danger" live actions={<TextLink kind="standalone" href="/forgot-password">{t('askAgain')}</TextLink>}>{errorText(stuck)}</Notice>
      ) : null}
      <Field label={common('fields.newPassword')} help={t('passwordHelp', { minimum: passwordMinimum })} error={errorText(errors.password)}>
        <PasswordInput autoComplete="new-password" {...form.register('password')} />
      </Field>
      <Button type="submit" wide loading={reset.isPending || reset.isSuccess}>{t('savePassword')}</Button>
    </form>
  );
}
