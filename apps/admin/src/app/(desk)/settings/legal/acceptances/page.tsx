import { legalTextKeys } from '@interdomestik/rules/rule-sets';
import { TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { oneOf, readQuery, type Query } from '../../../../_parts/query';
import { AcceptanceList } from './acceptance-list';

/** The proof: who accepted which version of a legal text, when, in which language and to which words. */
export default async function AcceptancesPage({ searchParams }: { searchParams: Query }) {
  const me = await viewer('settings.read');
  if (!me.can('members.read')) notFound();
  const [get, api, t, r] = await Promise.all([readQuery(searchParams), caller(), getTranslations('editors.legal'), getTranslations('settings.rule')]);
  const key = oneOf(get('key'), legalTextKeys) ?? 'terms';
  const told = await needed(api.settings.acceptances({ key }));
  const wanted = Number(get('version'));
  const version = told.versions.some((one) => one.version === wanted) ? wanted : told.current;
  const page = await needed(api.settings.acceptanceList({ key, version, cursor: get('cursor') }));
  return (
    <>
      <p className="mb-3"><TextLink kind="standalone" href="/settings/legal"><ArrowLeft aria-hidden="true" />{r('back')}</TextLink></p>
      <h2 className="mb-1 text-lg">{t('proofTitle')}</h2>
      <p className="mb-4 max-w-prose text-ink-muted">{t('proofHelp')}</p>
      <AcceptanceList page={page} textKey={key} version={version} versions={told.versions.map((one) => one.version)} />
    </>
  );
}
