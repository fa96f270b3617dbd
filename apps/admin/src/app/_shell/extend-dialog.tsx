'use client';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { extendEntryInput } from '@interdomestik/rules/tenants';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';

/** Asks why more time inside is needed: the running stay ends and another one begins. */
export function ExtendDialog({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(extendEntryInput), defaultValues: { reason: '' } });
  const extend = trpc.platform.extend.useMutation({
    onSuccess: () => {
      toast.success(t('extended', { tenant }));
      onClose();
      // the page stays as it is: what was typed into it is not lost
      router.refresh();
    },
    onError: (error) => showErrors(error, form),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('extendTitle', { tenant })}
      description={t('extendHelp')}
      footer={
        <>
          <Button type="submit" form="extend-entry" loading={extend.isPending}>{t('extend')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <form method="post" id="extend-entry" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => extend.mutate(values))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('extendReason')} help={t('reasonHelp')} error={errorText(errors.reason)} required>
          <Textarea {...form.register('reason')} rows={3} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}
