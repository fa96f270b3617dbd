'use client';
import { signInInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice, PasswordInput, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { formResolver, useErrorText } from '~/trpc/errors';
import { useSignIn } from '~/trpc/session';

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('common');
  const auth = useTranslations('member.auth');
  const errorText = useErrorText();
  const signIn = useSignIn();
  const [busy, setBusy] = useState(false);
  const form = useForm({ resolver: formResolver(signInInput), defaultValues: { email: '', password: '' } });
  const { errors } = form.formState;
  const send = form.handleSubmit(async (values) => {
    setBusy(true);
    const refused = await signIn(values, next);
    if (refused === null) return;
    setBusy(false);
    form.setError('root', { message: refused });
  });
  return (
    <form method="post" onSubmit={(event) => void send(event)} noValidate className="space-y-5">
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <Field label={t('fields.email')} error={errorText(errors.email)}>
        <Input type="email" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('email')} />
      </Field>
      <Field label={t('fields.password')} error={errorText(errors.password)}>
        <PasswordInput autoComplete="current-password" {...form.register('password')} />
      </Field>
      <Button type="submit" wide loading={busy}>{t('actions.signIn')}</Button>
      <p><TextLink kind="standalone" href="/forgot-password">{auth('forgotPassword')}</TextLink></p>
    </form>
  );
}
