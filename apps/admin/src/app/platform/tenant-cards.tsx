'use client';
import { Button, ButtonLink, Card, EmptyState, Flag, Menu, Status, TextLink } from '@interdomestik/ui';
import { Ban } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../_parts/state-mark';
import { useDeviceMoment } from './device-moment';
import { EnterDialog } from './enter-dialog';
import { StatusDialog } from './status-dialog';
import { Business, Health } from './tenant-health';

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
  const moment = useDeviceMoment();
  const active = tenant.status === 'active';
  return (
    <Card
      title={<TextLink kind="standalone" href={`/platform/tenants/${tenant.id}`}><Flag country={tenant.countryCode} />{tenant.name}</TextLink>}
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
          ) : tenant.status === 'preparing' ? (
            <ButtonLink variant="secondary" href={`/platform/new/${tenant.id}`}>{c('continue')}</ButtonLink>
          ) : (
            <Button variant="secondary" onClick={onResume}>{c('activate')}</Button>
          )}
        </div>
      }
    >
      <StateMark kind="tenant" value={tenant.status} />
      <div className="mt-4 space-y-4">
        <Business tenant={tenant} />
        <Health tenant={tenant} />
      </div>
    </Card>
  );
}
