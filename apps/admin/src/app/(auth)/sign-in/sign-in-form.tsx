'use client';
import { signInInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice, PasswordInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, useErrorText } from '@/trpc/errors';
import { useSignIn } from '@/trpc/session';

/** Signs staff in; on the platform's own host a super admin. */
export function SignInForm({ next, refused }: { next: string; refused: string | undefined }) {
  const c = useTranslations('common');
  const errorText = useErrorText();
  const signIn = useSignIn();
  const form = useForm({ resolver: formResolver(signInInput), defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (input) => {
    const problem = await signIn(input, next);
    if (problem !== null) form.setError('root', { message: problem });
  });
  const problem = errors.root ?? (refused?.startsWith('errors.') === true ? refused : undefined);
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void submit(event)}>
      {problem === undefined ? null : <Notice tone="danger" live>{errorText(problem)}</Notice>}
      <Field label={c('fields.email')} error={errorText(errors.email)}>
        <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...form.register('email')} />
      </Field>
      <Field label={c('fields.password')} error={errorText(errors.password)}>
        <PasswordInput autoComplete="current-password" {...form.register('password')} />
      </Field>
      <Button type="submit" wide loading={isSubmitting}>{c('actions.signIn')}</Button>
    </form>
  );
}
