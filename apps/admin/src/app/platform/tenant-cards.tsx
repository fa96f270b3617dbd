'use client';
import { Button, ButtonLink, Card, ConfirmTyped, EmptyState, Flag, Menu, Status, toast } from '@interdomestik/ui';
import { Ban } from '@interdomestik/ui/icons';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/trpc/errors';
import { trpc } from '@/trpc/client';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../_parts/state-mark';
import { useFormats } from '../_parts/use-formats';
import { useDeviceMoment } from './device-moment';
import { EnterDialog } from './enter-dialog';

type Tenant = Outputs['platform']['tenants'][number];

interface TenantCardsProps {
  readonly tenants: readonly Tenant[];
  readonly inside: { readonly tenantId: string; readonly expiresAt: Date } | null;
}

/** Every tenant with its counts, and the ways in. */
export function TenantCards({ tenants, inside }: TenantCardsProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common');
  const router = useRouter();
  const errorText = useErrorText();
  const [entering, setEntering] = useState<Tenant | null>(null);
  const [closing, setClosing] = useState<Tenant | null>(null);
  const suspend = trpc.platform.suspend.useMutation({
    onSuccess: () => {
      if (closing !== null) toast.success(t('suspended', { tenant: closing.name }));
      setClosing(null);
      router.refresh();
    },
    // said inside the dialog
    onError: () => undefined,
  });
  const resume = trpc.platform.resume.useMutation();
  const open = (tenant: Tenant) =>
    resume.mutate({ tenantId: tenant.id }, { onSuccess: () => { toast.success(t('resumed', { tenant: tenant.name })); router.refresh(); } });
  if (tenants.length === 0) return <EmptyState title={c('ui.emptyTitle')} />;
  return (
    <>
      <ul className="grid gap-4 xl:grid-cols-2">
        {tenants.map((tenant) => (
          <li key={tenant.id}>
            <TenantCard
              tenant={tenant}
              insideUntil={inside?.tenantId === tenant.id ? inside.expiresAt : null}
              opening={resume.isPending && resume.variables.tenantId === tenant.id}
              onEnter={() => setEntering(tenant)}
              onSuspend={() => { suspend.reset(); setClosing(tenant); }}
              onResume={() => open(tenant)}
            />
          </li>
        ))}
      </ul>
      <EnterDialog tenant={entering} onClose={() => setEntering(null)} />
      {closing === null ? null : (
        <ConfirmTyped
          open
          onOpenChange={() => setClosing(null)}
          title={t('suspendTitle', { tenant: closing.name })}
          word={closing.slug}
          confirmLabel={c('actions.suspend')}
          busy={suspend.isPending}
          error={suspend.error === null ? undefined : errorText(suspend.error)}
          onConfirm={() => suspend.mutate({ tenantId: closing.id })}
        >
          {t('suspendHelp')}
        </ConfirmTyped>
      )}
    </>
  );
}

interface TenantCardProps {
  readonly tenant: Tenant;
  readonly insideUntil: Date | null;
  readonly opening: boolean;
  readonly onEnter: () => void;
  readonly onSuspend: () => void;
  readonly onResume: () => void;
}

function TenantCard({ tenant, insideUntil, opening, onEnter, onSuspend, onResume }: TenantCardProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const formats = useFormats();
  const moment = useDeviceMoment();
  const figures = [
    [t('members'), tenant.members], [t('activeMemberships'), tenant.activeMemberships], [t('openClaims'), tenant.openClaims], [t('payments30'), tenant.paymentsLast30Days],
  ] as const;
  const active = tenant.status === 'active';
  return (
    <Card
      title={<span className="flex items-center gap-2"><Flag country={tenant.countryCode} />{tenant.name}</span>}
      action={active ? <Menu items={[{ label: c('suspend'), icon: <Ban />, danger: true, onSelect: onSuspend }]} /> : undefined}
      footer={
        <div className="flex flex-wrap items-center justify-between gap-3">
          {insideUntil === null ? (
            <span className="text-note text-ink-muted">{tenant.lastEntryAt === null ? t('noEntry') : t('lastEntryOn', { date: moment(tenant.lastEntryAt) })}</span>
          ) : (
            <Status tone="warning" shape="going">{t('insideUntil', { time: moment(insideUntil) })}</Status>
          )}
          {active ? (
            insideUntil === null ? <Button variant="secondary" onClick={onEnter}>{t('enter')}</Button> : <ButtonLink href="/">{t('work')}</ButtonLink>
          ) : (
            <Button variant="secondary" loading={opening} onClick={onResume}>{c('activate')}</Button>
          )}
        </div>
      }
    >
      <StateMark kind="tenant" value={tenant.status} />
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
        {figures.map(([label, value]) => (
          <div key={label} className="flex flex-col-reverse justify-end">
            <dt className="text-note text-ink-muted">{label}</dt>
            <dd className="figures text-xl font-bold">{formats.count(value)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
