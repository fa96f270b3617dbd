'use client';
import { secondFactorConfirmInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import Image from 'next/image';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { useSignOut } from '@/trpc/session';

/** Leads through the set-up: the square, a first code, the recovery codes; then on to `next` as a fresh page. */
export function SetupForm({ next }: { next: string }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const signOut = useSignOut();
  const begin = trpc.secondFactor.begin.useMutation({ meta: { quiet: true } });
  if (begin.data !== undefined) return <FirstCode offer={begin.data} next={next} />;
  return (
    <div className="space-y-5">
      {begin.error ? <Notice tone="danger" live>{errorText(begin.error)}</Notice> : null}
      <Button wide loading={begin.isPending} onClick={() => begin.mutate()}>{t('actions.continue')}</Button>
      <Button wide variant="secondary" onClick={() => void signOut()}>{t('actions.signOut')}</Button>
    </div>
  );
}

function FirstCode({ offer, next }: { offer: Outputs['secondFactor']['begin']; next: string }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(secondFactorConfirmInput), defaultValues: { ticket: offer.ticket, code: '' } });
  const { errors } = form.formState;
  const confirm = trpc.secondFactor.confirm.useMutation({ onError: (error) => void showErrors(error, form) });
  if (confirm.data !== undefined) {
    return (
      <div className="space-y-5">
        <Notice tone="success" live title={t('security.codesTitle')}>{t('security.codesHelp')}</Notice>
        <ul className="figures grid grid-cols-1 gap-2 sm:grid-cols-2">{confirm.data.recoveryCodes.map((code) => <li key={code}>{code}</li>)}</ul>
        <Button wide onClick={() => window.location.assign(next)}>{t('security.codesKept')}</Button>
      </div>
    );
  }
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void form.handleSubmit((values) => confirm.mutate(values))(event)}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <p>{t('security.scan')}</p>
      <Image unoptimized className="mx-auto rounded-card border bg-[#ffffff]" alt="" width={224} height={224} src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qrSvg)}`} />
      <p className="text-note text-ink-muted">{t('security.key')} <code className="figures break-all text-ink">{offer.secret.replaceAll(/(.{4})(?=.)/gu, '$1 ')}</code></p>
      <Field label={t('security.code')} error={errorText(errors.code)}>
        <Input inputMode="numeric" autoComplete="one-time-code" className="figures" {...form.register('code')} />
      </Field>
      <Button type="submit" wide loading={confirm.isPending}>{t('actions.continue')}</Button>
    </form>
  );
}
