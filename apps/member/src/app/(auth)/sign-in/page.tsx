import { Notice, TextLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { AuthPage } from '~/components/auth-page';
import { requestContext } from '~/server/context';
import { safeNext } from '~/server/paths';
import { maybeViewer } from '~/server/viewer';
import { SignInForm } from './sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.auth'))('signInTitle') };
}

export default async function SignIn({ searchParams }: { searchParams: Promise<{ next?: string | string[]; reset?: string }> }) {
  const { next, reset } = await searchParams;
  const target = safeNext(next) === '/' ? '/home' : safeNext(next);
  if ((await maybeViewer()) !== null) redirect(target);
  if ((await requestContext()).pending !== null) redirect(`/second-factor?next=${encodeURIComponent(target)}`);
  const t = await getTranslations('member.auth');
  const common = await getTranslations('common.actions');
  return (
    <AuthPage
      title={t('signInTitle')}
      help={t('signInHelp')}
      footer={<p>{t('noAccount')} <TextLink href="/join">{common('join')}</TextLink></p>}
    >
      {reset === undefined ? null : <Notice tone="success" className="mb-6">{t('passwordChanged')}</Notice>}
      <SignInForm next={target} />
    </AuthPage>
  );
}
