import { Notice } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthPage } from '~/components/auth-page';
import { caller } from '~/server/caller';
import { site } from '~/server/viewer';
import { AcceptForm } from './accept-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.auth'))('invitationTitle'), referrer: 'no-referrer' };
}

/** Where a person whom an agent enrolled chooses a password. */
export default async function Invitation({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  await site();
  const { token } = await searchParams;
  const [t, errors] = await Promise.all([getTranslations('member.auth'), getTranslations('errors')]);
  const invitation = typeof token === 'string' ? await (await caller()).accounts.invitation({ token }).catch(() => null) : null;
  if (invitation === null || typeof token !== 'string') {
    return <AuthPage title={t('invitationTitle')}><Notice tone="danger">{errors('link')}</Notice></AuthPage>;
  }
  return (
    <AuthPage title={t('invitationWelcome', { name: invitation.firstName })} help={t('invitationHelp', { email: invitation.email })}>
      <AcceptForm token={token} email={invitation.email} />
    </AuthPage>
  );
}
