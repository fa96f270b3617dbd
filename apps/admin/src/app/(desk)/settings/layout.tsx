import { ruleKinds } from '@interdomestik/rules/rule-sets';
import { PageHead } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { viewer } from '@/server/viewer';
import { KindNav } from './kind-nav';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('settings') };
}

// i18n-keys: common.ruleKinds.*
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  await viewer('settings.read');
  const [t, c, o, s, r, a] = await Promise.all([getTranslations('admin.settings'), getTranslations('common'), getTranslations('settings.overview'), getTranslations('switches'), getTranslations('rechecks'), getTranslations('providerAccounts')]);
  return (
    <>
      <PageHead title={c('nav.settings')} meta={t('help')} />
      <div className="grid gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <KindNav
          label={t('kinds')}
          kinds={[{ href: '/settings', label: o('title') }, ...ruleKinds.map((kind) => ({ href: `/settings/${kind}`, label: c(`ruleKinds.${kind}`) })), { href: '/settings/payment-accounts', label: a('title') }, { href: '/settings/switches', label: s('title') }, { href: '/settings/receipts', label: r('title') }]}
        />
        <div className="min-w-0">{children}</div>
      </div>
    </>
  );
}
