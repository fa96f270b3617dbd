'use client';
import { passwordResetRequestInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';

export function ForgotForm() {
  const t = useTranslations('member.auth');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(passwordResetRequestInput), defaultValues: { email: '' } });
  const ask = trpc.accounts.requestPasswordReset.useMutation({ onError: (error) => void showErrors(error, form) });
  const { errors } = form.formState;
  if (ask.isSuccess) return <Notice tone="success" live>{t('resetSent')}</Notice>;
  return (
    <form method="post" onSubmit={(event) => void form.handleSubmit((values) => ask.mutate(values))(event)} noValidate className="space-y-5">
      <p className="text-ink-muted">{t('resetHelp')}</p>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={common('fields.email')} error={errorText(errors.email)}>
        <Input type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('email')} />
      </Field>
      <Button type="submit" wide loading={ask.isPending}>{t('sendLink')}</Button>
    </form>
  );
}
