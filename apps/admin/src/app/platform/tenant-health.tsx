'use client';
import { Status } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../_parts/use-formats';
import { DeviceMoment } from './device-moment';

type Tenant = Outputs['platform']['tenants'][number];

/** Whether somebody should look into what does not run. */
export const needsLook = ({ stuckEvents, failedJobs, unsentMails }: Tenant): boolean => stuckEvents + failedJobs + unsentMails > 0;

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-note text-ink-muted">{label}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

/** What a tenant has, in four figures. */
export function Business({ tenant }: { tenant: Tenant }) {
  const t = useTranslations('admin.platform');
  const { count } = useFormats();
  const figures = [
    [t('members'), tenant.members], [t('activeMemberships'), tenant.activeMemberships], [t('openClaims'), tenant.openClaims], [t('payments30'), tenant.paymentsLast30Days],
  ] as const;
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">{figures.map(([label, value]) => <Figure key={label} label={label}><span className="text-xl font-bold">{count(value)}</span></Figure>)}</dl>;
}

/** What does not run as it should, and when somebody last did something; calm while nothing is wrong. */
export function Health({ tenant }: { tenant: Tenant }) {
  const t = useTranslations('admin.platform');
  const { count } = useFormats();
  const figures = [[t('stuckEvents'), tenant.stuckEvents], [t('failedJobs'), tenant.failedJobs], [t('unsentMails'), tenant.unsentMails]] as const;
  return (
    <div className="border-t pt-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        {needsLook(tenant) ? <Status tone="warning">{t('needsLook')}</Status> : <Status tone="success">{t('runsWell')}</Status>}
        {tenant.lastActivityAt === null ? null : <span className="text-note text-ink-muted">{t('lastActivity')}: <DeviceMoment value={tenant.lastActivityAt} /></span>}
      </div>
      <dl className="mt-3 grid grid-cols-3 gap-x-6 gap-y-4">
        {figures.map(([label, value]) => (
          <Figure key={label} label={label}>
            {value === 0 ? <span className="text-ink-muted">{count(0)}</span> : <Status tone="warning" look="plain"><span className="font-semibold">{count(value)}</span></Status>}
          </Figure>
        ))}
      </dl>
    </div>
  );
}
