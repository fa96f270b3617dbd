'use client';
import { secondFactorConfirmInput } from '@interdomestik/rules/users';
import { Button, Field, Input, Notice } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import Image from 'next/image';
import { useForm } from 'react-hook-form';
import { trpc } from '~/trpc/client';
import type { Outputs } from '~/trpc/outputs';
import { formResolver, showErrors, useErrorText } from '~/trpc/errors';

interface FirstCodeProps {
  readonly offer: Outputs['secondFactor']['begin'];
  /** The app is set up; the codes are to be shown. */
  readonly onDone: (recoveryCodes: readonly string[]) => void;
  readonly onCancel?: (() => void) | undefined;
}

/** The square for the app, and the first code that it shows. */
export function FirstCode({ offer, onDone, onCancel }: FirstCodeProps) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(secondFactorConfirmInput), defaultValues: { ticket: offer.ticket, code: '' } });
  const { errors } = form.formState;
  const confirm = trpc.secondFactor.confirm.useMutation({ onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes), onError: (error) => void showErrors(error, form) });
  return (
    <form method="post" noValidate className="space-y-5" onSubmit={(event) => void form.handleSubmit((values) => confirm.mutate(values))(event)}>
      {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
      <p>{t('security.scan')}</p>
      {/* black on white in every theme: cameras read nothing else */}
      <Image unoptimized className="mx-auto rounded-card border bg-[#ffffff]" alt="" width={224} height={224} src={`data:image/svg+xml;utf8,${encodeURIComponent(offer.qrSvg)}`} />
      <p className="text-note text-ink-muted">{t('security.key')} <code className="figures text-ink">{offer.secret.replaceAll(/(.{4})(?=.)/gu, '$1 ')}</code></p>
      <Field label={t('security.code')} help={t('security.othersEnd')} error={errorText(errors.code)}>
        <Input inputMode="numeric" autoComplete="one-time-code" className="figures" {...form.register('code')} />
      </Field>
      <Button type="submit" wide loading={confirm.isPending}>{t('actions.continue')}</Button>
      {onCancel === undefined ? null : <Button wide variant="secondary" onClick={onCancel}>{t('actions.cancel')}</Button>}
    </form>
  );
}
