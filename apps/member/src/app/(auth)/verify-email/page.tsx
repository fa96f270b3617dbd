import { Notice, TextLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';
import { ConfirmEmail } from './confirm-email';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.auth'))('verifyTitle'), referrer: 'no-referrer' };
}

export default async function VerifyEmail({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const [t, errors] = await Promise.all([getTranslations('member.auth'), getTranslations('errors')]);
  return (
    <AuthPage title={t('verifyTitle')}>
      {typeof token === 'string' ? <ConfirmEmail token={token} /> : <Notice tone="danger" actions={<TextLink kind="standalone" href="/profile">{t('verifyAgain')}</TextLink>}>{errors('link')}</Notice>}
    </AuthPage>
  );
}
