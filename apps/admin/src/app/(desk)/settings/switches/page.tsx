import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { SwitchList } from './switch-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('switches'))('title') };
}

/** What the tenant can stop, and how each stands. */
export default async function SwitchesPage() {
  const me = await viewer('settings.read');
  const [t, switches] = await Promise.all([getTranslations('switches'), needed((await caller()).flags.list())]);
  return (
    <>
      <h2 className="text-lg">{t('title')}</h2>
      <p className="mt-1 mb-4 max-w-prose text-ink-muted">{t('help')}</p>
      <SwitchList switches={switches} mayChange={me.can('settings.write')} />
    </>
  );
}
