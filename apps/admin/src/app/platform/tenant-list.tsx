'use client';
import { enterTenantInput } from '@interdomestik/rules/tenants';
import { Button, Card, ConfirmTyped, Dialog, Field, Flag, KeyValue, Menu, Notice, Textarea } from '@interdomestik/ui';
import { Ban, RefreshCw } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { trpc } from '@/trpc/client';
import { formResolver, showErrors, useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../_parts/state-mark';
import { useFormats } from '../_parts/use-formats';

type Tenant = Outputs['platform']['tenants'][number];

/** Every country with its figures, and the ways in. */
export function TenantList({ tenants, insideId }: { tenants: readonly Tenant[]; insideId: string | null }) {
  const t = useTranslations('admin.platform');
  const formats = useFormats();
  const router = useRouter();
  const [entering, setEntering] = useState<Tenant | null>(null);
  const [suspending, setSuspending] = useState<Tenant | null>(null);
  const suspend = trpc.platform.suspend.useMutation({ onSuccess: () => { setSuspending(null); router.refresh(); } });
  const resume = trpc.platform.resume.useMutation({ onSuccess: () => router.refresh() });
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      {tenants.map((tenant) => (
        <Card
          key={tenant.id}
          title={<span className="flex items-center gap-2"><Flag country={tenant.countryCode} />{tenant.name}</span>}
          action={
            <span className="flex items-center gap-2">
              <StateMark kind="tenant" value={tenant.status} />
              <Menu
                items={tenant.status === 'active'
                  ? [{ label: t('suspend'), icon: <Ban />, danger: true, onSelect: () => setSuspending(tenant) }]
                  : [{ label: t('resume'), icon: <RefreshCw />, onSelect: () => resume.mutate({ tenantId: tenant.id }) }]}
              />
            </span>
          }
          footer={
            tenant.id === insideId
              ? <Button variant="secondary" onClick={() => router.push('/')}>{t('backInside')}</Button>
              : <Button disabled={tenant.status !== 'active'} onClick={() => setEntering(tenant)}>{t('enter')}</Button>
          }
        >
          <KeyValue
            items={[
              { label: t('members'), value: <span className="figures">{formats.count(tenant.members)}</span> },
              { label: t('activeMemberships'), value: <span className="figures">{formats.count(tenant.activeMemberships)}</span> },
              { label: t('openClaims'), value: <span className="figures">{formats.count(tenant.openClaims)}</span> },
              { label: t('payments30'), value: <span className="figures">{formats.count(tenant.paymentsLast30Days)}</span> },
              { label: t('lastEntry'), value: tenant.lastEntryAt === null ? t('never') : formats.moment(tenant.lastEntryAt) },
            ]}
          />
        </Card>
      ))}
      {entering === null ? null : <EnterDialog tenant={entering} onClose={() => setEntering(null)} />}
      <ConfirmTyped
        open={suspending !== null}
        onOpenChange={() => setSuspending(null)}
        title={t('suspend')}
        word={suspending?.slug ?? ''}
        confirmLabel={t('suspend')}
        busy={suspend.isPending}
        onConfirm={() => { if (suspending !== null) suspend.mutate({ tenantId: suspending.id }); }}
      >
        {t('suspendText', { tenant: suspending?.name ?? '' })}
      </ConfirmTyped>
    </div>
  );
}

function EnterDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const errorText = useErrorText();
  const form = useForm({ resolver: formResolver(enterTenantInput), defaultValues: { tenantId: tenant.id, reason: '' } });
  const enter = trpc.platform.enter.useMutation({
    onError: (error) => void showErrors(error, form),
    // a whole new page: what was shown outside must not stay inside
    onSuccess: () => window.location.assign('/'),
  });
  const submit = form.handleSubmit((input) => enter.mutate(input));
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('enterTitle', { tenant: tenant.name })}
      footer={<><Button loading={enter.isPending || enter.isSuccess} onClick={() => void submit()}>{t('enter')}</Button><Button variant="secondary" onClick={onClose}>{c('cancel')}</Button></>}
    >
      <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
        {errors.root ? <Notice tone="danger" live>{errorText(errors.root)}</Notice> : null}
        <Field label={t('reason')} help={t('reasonHelp')} error={errorText(errors.reason)}><Textarea rows={3} {...form.register('reason')} /></Field>
      </form>
    </Dialog>
  );
}
