import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { AuthPage } from '~/components/auth-page';
import { caller } from '~/server/caller';
import { requestContext } from '~/server/context';
import { safeNext } from '~/server/paths';
import { CodeForm } from './code-form';
import { SetupForm } from './setup-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.security'))('codeTitle') };
}

/** Between the right password and an open session: the code, or setting it up where the tenant requires one. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNext((await searchParams).next);
  const { pending } = await requestContext();
  if (pending === null) redirect(next);
  const [t, state] = await Promise.all([getTranslations('common.security'), caller().then((api) => api.secondFactor.state())]);
  if (pending.needs === 'setup') return <AuthPage title={t('setupTitle')} help={t('setupHelp')}><SetupForm next={next} /></AuthPage>;
  return <AuthPage title={t('codeTitle')} help={t('codeHelp')}><CodeForm next={next} state={state} /></AuthPage>;
}
