import { TextLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';
import { ForgotForm } from './forgot-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.auth'))('resetTitle') };
}

export default async function ForgotPassword() {
  const t = await getTranslations('member.auth');
  return (
    <AuthPage title={t('resetTitle')} footer={<TextLink kind="standalone" href="/sign-in">{t('backToSignIn')}</TextLink>}>
      <ForgotForm />
    </AuthPage>
  );
}
