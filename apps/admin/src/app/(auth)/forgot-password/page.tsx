import { TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { maybeSite } from '@/server/viewer';
import { AuthFrame } from '../../_shell/auth-frame';
import { ForgotForm } from './forgot-form';

export default async function ForgotPasswordPage() {
  const t = await getTranslations('admin.auth');
  if ((await maybeSite()) === null) notFound();
  return (
    <AuthFrame title={t('forgotTitle')} help={t('forgotHelp')} footer={<TextLink kind="standalone" href="/sign-in"><ArrowLeft aria-hidden="true" />{t('backToSignIn')}</TextLink>}>
      <ForgotForm />
    </AuthFrame>
  );
}
