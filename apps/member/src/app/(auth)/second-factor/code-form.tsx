'use client';
import { secondFactorCodeInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { useSignOut } from '@/trpc/session';

/** Asks for the code that opens the session, and goes on to `next` as a fresh page. */
export function CodeForm({ next, demoCode }: { next: string; demoCode: string | null }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const signOut = useSignOut();
  const form = useForm({ resolver: formResolver(secondFactorCodeInput), defaultValues: { code: '' } });
  const { errors } = form.formState;
  const verify = trpc.secondFactor.verify.useMutation({
    onSuccess: () => window.location.assign(next),
    onError: (error) => void showErrors(error, form),
  });
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void form.handleSubmit((values) => verify.mutate(values))(event)}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      {demoCode === null ? null : <Notice tone="info">{t('security.demoCode', { code: demoCode })}</Notice>}
      <Field label={t('security.code')} error={errorText(errors.code)}>
        <Input autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} className="figures" {...form.register('code')} />
      </Field>
      <Button type="submit" wide loading={verify.isPending || verify.isSuccess}>{t('actions.continue')}</Button>
      <Button wide variant="secondary" onClick={() => void signOut()}>{t('actions.signOut')}</Button>
    </form>
  );
}
