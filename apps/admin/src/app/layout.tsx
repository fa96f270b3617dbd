import { languageTag, loadAreas, loadMessages } from '@interdomestik/i18n';
import { brandingOf } from '@interdomestik/api/http';
import { accentStyle } from '@interdomestik/ui';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { requestContext } from '../server/context';
import './globals.css';
import { Providers } from './providers';

export async function generateMetadata(): Promise<Metadata> {
  const { locale, site, scope } = await requestContext();
  const { brand } = loadMessages(locale).common;
  const name = (site ?? scope)?.tenant.name ?? brand;
  return { title: { default: name, template: `%s · ${name}` } };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

// i18n-keys: common.uiWords.*
export default async function RootLayout({ children }: { children: ReactNode }) {
  const context = await requestContext();
  const { locale, site, scope } = context;
  const theme = (await cookies()).get('idm-theme')?.value;
  const branding = await brandingOf(context);
  const identity = `${site?.tenantId ?? ''}/${scope?.tenantId ?? ''}/${scope?.actor.id ?? context.platform?.session?.userId ?? 'visitor'}`;
  return (
    <html lang={languageTag(locale)} data-portal="staff" data-theme={theme === 'light' || theme === 'dark' ? theme : undefined} style={accentStyle(branding?.accent)}>
      <body>
        <Providers
          locale={languageTag(locale)}
          timeZone={(scope ?? site)?.tenant.timeZone ?? 'UTC'}
          now={context.now}
          messages={loadAreas(locale, ['common', 'conditions', 'errors', 'admin', 'settings', 'editors', 'notifications', 'privacy', 'products', 'simulation', 'switches', 'rechecks', 'inbox', 'imports', 'providerAccounts', 'bank', 'reconciliation', 'refunds', 'reports', 'exports'])}
          words={loadMessages(locale).common.uiWords}
          identity={identity}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
