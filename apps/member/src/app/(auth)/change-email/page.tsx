import { Notice } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';
import { ConfirmEmailChange } from '~/security/confirm-email-change';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.security'))('emailConfirmTitle'), referrer: 'no-referrer' };
}

/** Where the link in the mail to a new address leads. */
export default async function ChangeEmail({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const [t, errors] = await Promise.all([getTranslations('common.security'), getTranslations('errors')]);
  return (
    <AuthPage title={t('emailConfirmTitle')} help={t('emailConfirmHelp')}>
      {typeof token === 'string' ? <ConfirmEmailChange token={token} /> : <Notice tone="danger">{errors('link')}</Notice>}
    </AuthPage>
  );
}
