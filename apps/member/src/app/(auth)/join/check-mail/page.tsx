import { ButtonLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.join'))('checkMailTitle') };
}

export default async function CheckMail() {
  const [t, common] = await Promise.all([getTranslations('member.join'), getTranslations('common.actions')]);
  return (
    <AuthPage title={t('checkMailTitle')}>
      <p>{t('checkMailText')}</p>
      <p className="mt-3 text-ink-muted">{t('checkMailSpam')}</p>
      <ButtonLink className="mt-6" variant="secondary" href="/sign-in">{common('signIn')}</ButtonLink>
    </AuthPage>
  );
}
