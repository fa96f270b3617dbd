'use client';
import { secondFactorCodeInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';
import { useSignOut } from '~/trpc/session';

type State = Outputs['secondFactor']['state'];

/** Asks for the code that opens the session, and goes on to `next` as a fresh page. */
export function CodeForm({ next, state }: { next: string; state: State }) {
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
      {state.demo ? <DemoCode first={state} onFill={(code) => form.setValue('code', code, { shouldValidate: true })} /> : null}
      <Field label={t('security.code')} error={errorText(errors.code)}>
        <Input autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} className="figures" {...form.register('code')} />
      </Field>
      <Button type="submit" wide loading={verify.isPending || verify.isSuccess}>{t('actions.continue')}</Button>
      <Button wide variant="secondary" onClick={() => void signOut()}>{t('actions.signOut')}</Button>
    </form>
  );
}

/** The present code of a demo account, whose secret everybody knows. */
function DemoCode({ first, onFill }: { first: State; onFill: (code: string) => void }) {
  const t = useTranslations('common.security');
  const { data: { demoCode } } = trpc.secondFactor.state.useQuery(undefined, { initialData: first, refetchInterval: 5_000 });
  return (
    <Notice tone="info" title={t('demoTitle')} actions={demoCode === null ? undefined : <Button size="small" variant="secondary" onClick={() => onFill(demoCode)}>{t('demoFill')}</Button>}>
      {demoCode === null ? t('demoWait') : <output className="figures text-lg font-semibold">{demoCode}</output>}
    </Notice>
  );
}
