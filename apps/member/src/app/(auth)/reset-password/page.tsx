import { Notice, TextLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';
import { ResetForm } from './reset-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.auth'))('choosePassword'), referrer: 'no-referrer' };
}

export default async function ResetPassword({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const [t, errors] = await Promise.all([getTranslations('member.auth'), getTranslations('errors')]);
  return (
    <AuthPage title={t('choosePassword')} footer={<TextLink kind="standalone" href="/sign-in">{t('backToSignIn')}</TextLink>}>
      {typeof token === 'string' ? <ResetForm token={token} /> : <Notice tone="danger" actions={<TextLink kind="standalone" href="/forgot-password">{t('askAgain')}</TextLink>}>{errors('link')}</Notice>}
    </AuthPage>
  );
}
