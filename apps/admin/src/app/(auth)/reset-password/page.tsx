import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { maybeSite } from '@/server/viewer';
import { readQuery, type Query } from '../../_parts/query';
import { AuthFrame } from '../../_shell/auth-frame';
import { NewPasswordForm } from '../_new-password-form';

export default async function ResetPasswordPage({ searchParams }: { searchParams: Query }) {
  const [get, t, site] = await Promise.all([readQuery(searchParams), getTranslations('admin.auth'), maybeSite()]);
  if (site === null) notFound();
  return <AuthFrame title={t('resetTitle')}><NewPasswordForm purpose="reset" token={get('token') ?? ''} /></AuthFrame>;
}
