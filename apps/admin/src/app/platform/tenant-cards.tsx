'use client';
import { Button, ButtonLink, Card, EmptyState, Flag, Menu, Status } from '@interdomestik/ui';
import { Ban } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../_parts/state-mark';
import { useFormats } from '../_parts/use-formats';
import { useDeviceMoment } from './device-moment';
import { EnterDialog } from './enter-dialog';
import { StatusDialog } from './status-dialog';

type Tenant = Outputs['platform']['tenants'][number];

interface TenantCardsProps {
  readonly tenants: readonly Tenant[];
  readonly inside: { readonly tenantId: string; readonly expiresAt: Date } | null;
}

/** Every tenant with its counts, and the ways in. */
export function TenantCards({ tenants, inside }: TenantCardsProps) {
  const c = useTranslations('common');
  const [entering, setEntering] = useState<Tenant | null>(null);
  const [changing, setChanging] = useState<{ tenant: Tenant; act: 'suspend' | 'resume' } | null>(null);
  if (tenants.length === 0) return <EmptyState title={c('ui.emptyTitle')} />;
  return (
    <>
      <ul className="grid gap-4 xl:grid-cols-2">
        {tenants.map((tenant) => (
          <li key={tenant.id}>
            <TenantCard
              tenant={tenant}
              insideUntil={inside?.tenantId === tenant.id ? inside.expiresAt : null}
              onEnter={() => setEntering(tenant)}
              onSuspend={() => setChanging({ tenant, act: 'suspend' })}
              onResume={() => setChanging({ tenant, act: 'resume' })}
            />
          </li>
        ))}
      </ul>
      <EnterDialog tenant={entering} onClose={() => setEntering(null)} />
      {changing === null ? null : <StatusDialog tenant={changing.tenant} act={changing.act} onClose={() => setChanging(null)} />}
    </>
  );
}

interface TenantCardProps {
  readonly tenant: Tenant;
  readonly insideUntil: Date | null;
  readonly onEnter: () => void;
  readonly onSuspend: () => void;
  readonly onResume: () => void;
}

function TenantCard({ tenant, insideUntil, onEnter, onSuspend, onResume }: TenantCardProps) {
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
            <Button variant="secondary" onClick={onResume}>{c('activate')}</Button>
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
