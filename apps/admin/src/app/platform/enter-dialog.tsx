'use client';
import { Button, Dialog, Field, Notice, Textarea } from '@interdomestik/ui';
import { enterTenantInput } from '@interdomestik/rules/tenants';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';

interface EnterDialogProps {
  /** Where to; null while the dialog is closed. */
  readonly tenant: { readonly id: string; readonly name: string } | null;
  readonly onClose: () => void;
}

/** Asks why a super admin enters a tenant; without a reason there is no way in. */
export function EnterDialog({ tenant, onClose }: EnterDialogProps) {
  return tenant === null ? null : <EnterForm key={tenant.id} tenant={tenant} onClose={onClose} />;
}

function EnterForm({ tenant, onClose }: { tenant: { id: string; name: string }; onClose: () => void }) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(enterTenantInput), defaultValues: { tenantId: tenant.id, reason: '' } });
  const enter = trpc.platform.enter.useMutation({
    // a whole new page: everything of the console is left behind
    onSuccess: () => window.location.assign('/'),
    onError: (error) => showErrors(error, form),
  });
  const { setFocus } = form;
  // the one thing to do here; the dialog puts itself on the page only after this first effect
  useEffect(() => {
    const frame = window.requestAnimationFrame(() => setFocus('reason'));
    return () => window.cancelAnimationFrame(frame);
  }, [setFocus]);
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('enterTitle', { tenant: tenant.name })}
      description={t('enterHelp')}
      footer={
        <>
          <Button type="submit" form="enter-tenant" loading={enter.isPending || enter.isSuccess}>{t('enter')}</Button>
          <Button variant="secondary" onClick={onClose}>{c('cancel')}</Button>
        </>
      }
    >
      <form method="post" id="enter-tenant" noValidate className="space-y-4" onSubmit={form.handleSubmit((values) => enter.mutate(values))}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('reason')} help={t('reasonHelp')} error={errorText(errors.reason)} required>
          <Textarea {...form.register('reason')} rows={3} maxLength={500} />
        </Field>
      </form>
    </Dialog>
  );
}
