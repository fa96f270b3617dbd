'use client';
import { Button, Dialog, Field, Notice, Textarea, toast } from '@interdomestik/ui';
import { tenantStatusInput } from '@interdomestik/rules/tenants';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';

interface StatusDialogProps {
  readonly tenant: { readonly id: string; readonly name: string };
  /** What is to become of it. */
  readonly act: 'suspend' | 'resume';
  readonly onClose: () => void;
}

/** Closes a tenant or opens it again, each with a reason. */
export function StatusDialog({ tenant, act, onClose }: StatusDialogProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const router = useRouter();
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(tenantStatusInput), defaultValues: { tenantId: tenant.id, reason: '' } });
  const closing = act === 'suspend';
  const options = {
    onSuccess: () => {
      toast.success(t(closing ? 'suspended' : 'resumed', { tenant: tenant.name }));
      onClose();
      router.refresh();
    },
    onError: (error: Parameters<typeof showErrors>[0]) => showErrors(error, form),
  };
  const suspend = trpc.platform.suspend.useMutation(options);
  const resume = trpc.platform.resume.useMutation(options);
  const change = closing ? suspend : resume;
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(closing ? 'suspendTitle' : 'resumeTitle', { tenant: tenant.name })}
      description={t(closing ? 'suspendHelp' : 'resumeHelp')}
      footer={
        <>
          <Button type="submit" form="tenant-status" variant={closing ? 'danger' : 'primary'} loading={change.isPending}>{c(closing ? 'suspend' : 'activate')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <form method="post" id="tenant-status" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => change.mutate(values))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('why')} help={t('whyHelp')} error={errorText(errors.reason)} required>
          <Textarea {...form.register('reason')} rows={3} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}
