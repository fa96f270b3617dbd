'use client';
import { passwordResetRequestInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';

/** Asks for the link to a new password. The answer never tells whether the address is known. */
export function ForgotForm() {
  const t = useTranslations('admin.auth');
  const c = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(passwordResetRequestInput), defaultValues: { email: '' } });
  const request = trpc.accounts.requestPasswordReset.useMutation({ onError: (error) => void showErrors(error, form) });
  const { errors } = form.formState;
  if (request.isSuccess) return <Notice tone="success" live>{t('resetSent')}</Notice>;
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void form.handleSubmit((input) => request.mutate(input))(event)}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={c('fields.email')} error={errorText(errors.email)}>
        <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('email')} />
      </Field>
      <Button type="submit" wide loading={request.isPending}>{t('sendLink')}</Button>
    </form>
  );
}
