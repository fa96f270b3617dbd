import { ButtonLink, Notice } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { caller } from '@/server/caller';
import { maybeSite } from '@/server/viewer';
import { readQuery, type Query } from '../../_parts/query';
import { AuthFrame } from '../../_shell/auth-frame';
import { NewPasswordForm } from '../_new-password-form';

export default async function InvitationPage({ searchParams }: { searchParams: Query }) {
  const [get, t, c, site, api] = await Promise.all([readQuery(searchParams), getTranslations('admin.auth'), getTranslations('common'), maybeSite(), caller()]);
  const token = get('token') ?? '';
  if (site === null) return <PlatformInvitation token={token} />;
  // a link that is used up, too old or cut off is the same to the person: they need a new one
  const invitation = await api.accounts.invitation({ token }).catch(() => null);
  if (invitation === null) return <GoneInvitation />;
  return (
    // i18n-keys: common.roles.*
    <AuthFrame title={t('invitationFor', { name: invitation.firstName })} help={t('invitationRole', { tenant: invitation.tenantName, role: c(`roles.${invitation.role}`) })}>
      <NewPasswordForm purpose="invitation" token={token} email={invitation.email} />
    </AuthFrame>
  );
}

/** The console's own: somebody is to look after the whole platform. */
async function PlatformInvitation({ token }: { token: string }) {
  const [t, s, api] = await Promise.all([getTranslations('admin.auth'), getTranslations('admin.superAdmins'), caller()]);
  const invitation = await api.superAdmins.invitation({ token }).catch(() => null);
  if (invitation === null) return <GoneInvitation />;
  return (
    <AuthFrame title={t('invitationFor', { name: invitation.name })} help={s('welcome')}>
      <NewPasswordForm purpose="platform" token={token} email={invitation.email} />
    </AuthFrame>
  );
}

async function GoneInvitation() {
  const [t, c] = await Promise.all([getTranslations('admin.auth'), getTranslations('common.actions')]);
  return (
    <AuthFrame title={t('invitationTitle')}>
      <Notice tone="warning" actions={<ButtonLink variant="secondary" size="small" href="/sign-in">{c('signIn')}</ButtonLink>}>{t('invitationGone')}</Notice>
    </AuthFrame>
  );
}
