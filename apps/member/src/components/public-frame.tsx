'use client';
import { ButtonLink, PublicShell, TextLink, type LanguageChoice, type TenantMark } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Language } from './language';

interface PublicFrameProps {
  readonly tenant: TenantMark;
  readonly languages: readonly LanguageChoice[];
  readonly signedIn: boolean;
  readonly support: { readonly phone: string; readonly email: string };
  readonly children: ReactNode;
}

/** What stands around the pages that visitors see. */
export function PublicFrame({ tenant, languages, signedIn, support, children }: PublicFrameProps) {
  const t = useTranslations('common');
  const f = useTranslations('member.frame');
  const path = usePathname();
  return (
    <PublicShell
      tenant={tenant}
      path={path}
      nav={[{ href: '/plans', label: t('nav.plans') }]}
      language={<Language languages={languages} signedIn={signedIn} />}
      actions={
        <ButtonLink variant="secondary" href={signedIn ? '/home' : '/sign-in'}>{signedIn ? f('toPortal') : t('actions.signIn')}</ButtonLink>
      }
      footer={
        <div className="flex flex-wrap justify-between gap-x-12 gap-y-6">
          <div className="max-w-prose">
            <p>{f('whatWeAre')}</p>
            <p className="mt-2">
              <TextLink kind="quiet" href={`tel:${support.phone.replace(/\s/gu, '')}`}>{support.phone}</TextLink>
              {' · '}
              <TextLink kind="quiet" href={`mailto:${support.email}`}>{support.email}</TextLink>
            </p>
          </div>
          <ul className="flex flex-wrap gap-x-6">
            <li><TextLink kind="quiet" className="inline-flex min-h-control items-center" href="/legal/terms">{t('nav.terms')}</TextLink></li>
            <li><TextLink kind="quiet" className="inline-flex min-h-control items-center" href="/legal/privacy">{t('nav.privacy')}</TextLink></li>
          </ul>
        </div>
      }
    >
      {children}
    </PublicShell>
  );
}
