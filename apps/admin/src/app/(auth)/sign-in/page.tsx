import { Flag, TextLink } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { caller } from '@/server/caller';
import { requestContext } from '@/server/context';
import { safeNext } from '@/server/paths';
import { maybePlatformViewer } from '@/server/platform';
import { maybeSite, maybeViewer } from '@/server/viewer';
import { readQuery, type Query } from '../../_parts/query';
import { AuthFrame } from '../../_shell/auth-frame';
import { SignInForm } from './sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.auth'))('signInTitle') };
}

/** The same portal on the host of a tenant. */
function hostOfTenant(origin: string, slug: string): string {
  const url = new URL(origin);
  url.hostname = `${slug}.${url.hostname}`;
  return url.origin;
}

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const [get, site, person, platform, t, context] = await Promise.all([
    readQuery(searchParams), maybeSite(), maybeViewer(), maybePlatformViewer(), getTranslations('admin.auth'), requestContext(),
  ]);
  const next = safeNext(get('next'));
  if (person !== null) redirect(next);
  if (platform !== null) redirect('/platform');
  if (context.pending !== null) redirect(`/second-factor?next=${encodeURIComponent(context.pending.kind === 'platform' && next === '/' ? '/platform' : next)}`);
  if (site !== null) {
    return (
      <AuthFrame title={t('signInTitle')} help={t('signInHelp')} footer={<TextLink kind="standalone" href="/forgot-password">{t('forgotPassword')}</TextLink>}>
        <SignInForm next={next} refused={get('error')} />
      </AuthFrame>
    );
  }
  const tenants = await (await caller()).site.tenants();
  return (
    <AuthFrame
      title={t('platformTitle')}
      help={t('platformHelp')}
      footer={
        <>
          <p className="font-semibold">{t('staffElsewhere')}</p>
          <ul className="mt-1">
            {tenants.map((tenant) => (
              <li key={tenant.slug}>
                <TextLink kind="standalone" href={`${hostOfTenant(context.origin, tenant.slug)}/sign-in`}><Flag country={tenant.countryCode} />{tenant.name}</TextLink>
              </li>
            ))}
          </ul>
        </>
      }
    >
      <SignInForm next={next === '/' ? '/platform' : next} refused={get('error')} />
    </AuthFrame>
  );
}
