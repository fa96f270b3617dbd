import { Notice } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { AuthFrame } from '../../_shell/auth-frame';
import { ConfirmEmailChange } from '@/security/confirm-email-change';
import { maybeSite } from '@/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.security'))('emailConfirmTitle'), referrer: 'no-referrer' };
}

/** Where the link in the mail to a new address leads. */
export default async function ChangeEmail({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  if ((await maybeSite()) === null) notFound();
  const { token } = await searchParams;
  const [t, errors] = await Promise.all([getTranslations('common.security'), getTranslations('errors')]);
  return (
    <AuthFrame title={t('emailConfirmTitle')} help={t('emailConfirmHelp')}>
      {typeof token === 'string' ? <ConfirmEmailChange token={token} /> : <Notice tone="danger">{errors('link')}</Notice>}
    </AuthFrame>
  );
}
