'use client';
import { proofInput, proofMinutes } from '@interdomestik/rules/users';
import { Button, Dialog, Field, Input, Notice, PasswordInput } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useForm, type FieldValues } from 'react-hook-form';
import type { z } from 'zod';
import { trpc } from './client';
import { formResolver, showErrors, useErrorText } from './errors';
import { proofDesk } from './proof-link';

/** Asks for the password or a code whenever an action needs a fresh proof of who is at the screen; the action then goes on by itself. */
export function ProofDialog() {
  const open = useSyncExternalStore(proofDesk.subscribe, proofDesk.isOpen, () => false);
  return open ? <Question /> : null;
}

function Question() {
  const t = useTranslations('common');
  const [by, setBy] = useState<'password' | 'code'>('password');
  const { data } = trpc.secondFactor.state.useQuery();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={() => proofDesk.answer(false)}
      title={t('security.proofTitle')}
      description={by === 'password' ? t('security.proofPassword', { minutes: proofMinutes }) : t('security.proofCode', { minutes: proofMinutes })}
      footer={
        <>
          <Button type="submit" form="proof" loading={busy}>{t('security.proofConfirm')}</Button>
          <Button variant="secondary" onClick={() => proofDesk.answer(false)}>{t('actions.cancel')}</Button>
        </>
      }
    >
      <Answer key={by} by={by} onBusy={setBusy} />
      {data?.on === true ? (
        <Button className="mt-3" size="small" variant="ghost" onClick={() => setBy(by === 'password' ? 'code' : 'password')}>{by === 'password' ? t('security.proofUseCode') : t('security.proofUsePassword')}</Button>
      ) : null}
    </Dialog>
  );
}

function Answer({ by, onBusy }: { by: 'password' | 'code'; onBusy: (busy: boolean) => void }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(proofInput), defaultValues: by === 'password' ? { password: '' } : { code: '' } });
  const { errors } = form.formState;
  const prove = trpc.accounts.prove.useMutation({
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: () => proofDesk.answer(true),
    onError: (error) => void showErrors<z.input<typeof proofInput> & FieldValues>(error, form),
  });
  const { setFocus } = form;
  // the one thing to do here; the dialog puts itself on the page only after this first effect
  useEffect(() => {
    const frame = window.requestAnimationFrame(() => setFocus(by));
    return () => window.cancelAnimationFrame(frame);
  }, [by, setFocus]);
  return (
    <form id="proof" method="post" noValidate className="space-y-4" onSubmit={(event) => { event.stopPropagation(); void form.handleSubmit((values) => prove.mutate(values))(event); }}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      {by === 'password' ? (
        <Field label={t('fields.password')} error={errorText(errors.password)}><PasswordInput autoComplete="current-password" {...form.register('password')} /></Field>
      ) : (
        <Field label={t('security.code')} error={errorText(errors.code)}>
          <Input autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} className="figures" {...form.register('code')} />
        </Field>
      )}
    </form>
  );
}
