import { entryInput } from '@interdomestik/rules';
import { PageHead, TextLink } from '@interdomestik/ui';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { caller, needed } from '@/server/caller';
import { requestContext } from '@/server/context';
import { platformViewer } from '@/server/platform';
import { EntryStory } from './entry-story';

export default async function EntryPage({ params }: { params: Promise<{ tenantId: string; entryId: string }> }) {
  await platformViewer();
  const { data: input } = entryInput.safeParse(await params);
  if (input === undefined) notFound();
  const [entry, { now }, t] = await Promise.all([needed((await caller()).platform.entry(input)), requestContext(), getTranslations('admin.platform')]);
  return (
    <>
      <PageHead back={<TextLink kind="standalone" href="/platform/entries">{t('entries')}</TextLink>} title={t('entryInto', { tenant: entry.tenantName })} meta={<span className="max-w-prose">{entry.reason}</span>} />
      <EntryStory entry={entry} now={now} />
    </>
  );
}
