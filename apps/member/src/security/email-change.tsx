'use client';
import { emailChangeInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '~/trpc/client';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';

/** Asks for another address; the account changes when the link that goes there is opened. */
export function EmailChange() {
  const t = useTranslations('common.security');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(emailChangeInput), defaultValues: { email: '' } });
  const { errors } = form.formState;
  const request = trpc.accounts.requestEmailChange.useMutation({ onSuccess: () => form.reset(), onError: (error) => void showErrors(error, form) });
  return (
    <form method="post" noValidate className="space-y-4" onSubmit={(event) => void form.handleSubmit((values) => request.mutate(values))(event)}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      {request.isSuccess ? <Notice tone="success" live>{t('emailSent', { email: request.variables.email })}</Notice> : null}
      <Field label={t('newEmail')} help={t('emailHelp')} error={errorText(errors.email)}>
        <Input type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} {...form.register('email')} />
      </Field>
      <Button type="submit" variant="secondary" loading={request.isPending}>{t('emailSend')}</Button>
    </form>
  );
}
