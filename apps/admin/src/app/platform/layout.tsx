import type { ReactNode } from 'react';
import { getTranslations } from 'next-intl/server';
import { platformViewer } from '@/server/platform';
import { maybeViewer } from '@/server/viewer';
import { PlatformFrame } from './platform-frame';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('tenants') };
}

export default async function PlatformLayout({ children }: { children: ReactNode }) {
  const me = await platformViewer();
  const inside = me.inside === null ? null : await maybeViewer();
  return (
    <PlatformFrame
      name={me.name}
      entry={me.inside === null || inside === null ? null : { tenant: inside.tenant.name, reason: me.inside.reason, expiresAt: me.inside.expiresAt }}
    >
      {children}
    </PlatformFrame>
  );
}
