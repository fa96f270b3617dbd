import { localeNames, locales } from '@interdomestik/i18n';
import { AuthShell } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { requestContext } from '@/server/context';
import { maybeSite } from '@/server/viewer';
import { VisitorLanguage } from './visitor-language';

/** The narrow page around signing in, for a tenant's host and for the platform's own. */
export async function AuthFrame({ title, help, footer, children }: { title: string; help?: ReactNode; footer?: ReactNode; children: ReactNode }) {
  const [site, { locale }, t] = await Promise.all([maybeSite(), requestContext(), getTranslations('common')]);
  const offered = locales.filter((code) => site === null || site.locales.includes(code));
  return (
    <AuthShell
      portal="staff"
      tenant={site === null ? undefined : { name: site.name, country: site.countryCode }}
      name={t('brand')}
      homeHref="/sign-in"
      language={<VisitorLanguage languages={offered.map((code) => ({ code, name: localeNames[code] }))} current={locale} />}
      title={title}
      help={help}
      footer={footer}
    >
      {children}
    </AuthShell>
  );
}
