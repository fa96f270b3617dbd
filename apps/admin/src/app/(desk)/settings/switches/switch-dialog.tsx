'use client';
import { setFlagInput } from '@interdomestik/rules/flags';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Switch } from './switch-list';

/** Stops something or lets it go on, with the reason that the others will read. Either can be undone at once, so nothing is typed twice. */
export function SwitchDialog({ chosen, onClose }: { chosen: Switch; onClose: () => void }) {
  const t = useTranslations('switches');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const router = useRouter();
  const form = useForm({ resolver: formResolver(setFlagInput), defaultValues: { key: chosen.key, on: !chosen.on, note: '' } });
  const change = trpc.flags.set.useMutation({
    onSuccess: () => {
      toast.success(t(chosen.on ? 'stopped' : 'started'));
      onClose();
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  // i18n-keys: switches.flags.*
  const name = t(`flags.${chosen.key}.name`);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(chosen.on ? 'stopTitle' : 'startTitle', { name })}
      description={chosen.on ? t(`flags.${chosen.key}.does`) : undefined}
      footer={
        <>
          <Button type="submit" form="switch" variant={chosen.on ? 'danger' : 'primary'} loading={change.isPending}>{t(chosen.on ? 'stop' : 'start')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <form method="post" id="switch" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('why')} help={t('whyHelp')} error={errorText(errors.note)} required>
          <Textarea {...form.register('note')} rows={3} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}
