'use client';
import { Button, ButtonLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { EnterDialog } from '../../enter-dialog';
import { StatusDialog } from '../../status-dialog';

interface TenantActionsProps {
  readonly tenant: { readonly id: string; readonly name: string; readonly status: string };
  /** The super admin is inside this one now. */
  readonly inside: boolean;
}

/** The ways into a tenant, and to close and open it. */
export function TenantActions({ tenant, inside }: TenantActionsProps) {
  const t = useTranslations('admin.platform');
  const c = useTranslations('common.actions');
  const [open, setOpen] = useState<'enter' | 'suspend' | 'resume' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      {tenant.status === 'active' ? (
        <>
          {inside ? <ButtonLink href="/">{t('work')}</ButtonLink> : <Button onClick={() => setOpen('enter')}>{t('enter')}</Button>}
          <Button variant="secondary" onClick={() => setOpen('suspend')}>{c('suspend')}</Button>
        </>
      ) : null}
      {tenant.status === 'preparing' ? <ButtonLink href={`/platform/new/${tenant.id}`}>{c('continue')}</ButtonLink> : null}
      {tenant.status === 'suspended' ? <Button onClick={() => setOpen('resume')}>{c('activate')}</Button> : null}
      <EnterDialog tenant={open === 'enter' ? tenant : null} onClose={close} />
      {open === 'suspend' || open === 'resume' ? <StatusDialog tenant={tenant} act={open} onClose={close} /> : null}
    </>
  );
}
