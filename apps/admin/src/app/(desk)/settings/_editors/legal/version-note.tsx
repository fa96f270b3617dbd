'use client';
import { isAcceptedText } from '@interdomestik/rules/legal-texts';
import { Badge, DataTable, Notice, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../../_parts/use-formats';
import type { StoredRule } from '../editor';

type Text = StoredRule<'legal'>['texts'][number];
type Acceptances = Outputs['settings']['acceptances'];

/** Which version the draft makes, whom it asks again, and who accepted which one so far. */
export function VersionNote({ text, published, acceptances }: { text: Text; published: Text | undefined; acceptances: Acceptances | undefined }) {
  const t = useTranslations('editors.legal');
  const formats = useFormats();
  const rises = published === undefined || text.version > published.version;
  const asked = acceptances?.reached?.members ?? 0;
  return (
    <div className="space-y-4">
      {rises ? (
        <Notice tone={isAcceptedText(text.key) ? 'warning' : 'info'} title={t('becomes', { version: text.version })}>
          {isAcceptedText(text.key) ? t('askedAgain', { count: asked }) : t('nobodyAsked')}
        </Notice>
      ) : <p className="flex flex-wrap items-center gap-3"><Badge>{t('version', { version: text.version })}</Badge><span className="text-ink-muted">{t('unchanged')}</span></p>}
      {acceptances === undefined ? null : (
        <details className="rounded-card border bg-raised px-4 sm:px-5">
          <summary className="flex min-h-control items-center gap-3 font-semibold">
            {t('acceptances')}
            {acceptances.reached === null ? null : <span className="font-normal text-ink-muted">{t('reached', { accepted: formats.count(acceptances.reached.accepted), members: formats.count(acceptances.reached.members), version: acceptances.current })}</span>}
          </summary>
          <div className="pb-4">
            <DataTable
              label={t('acceptances')} rows={acceptances.versions} rowKey={({ version }) => String(version)} rowLabel={({ version }) => t('version', { version })} empty={null}
              columns={[
                { id: 'version', header: t('versionHead'), cell: ({ version }) => t('version', { version }) },
                { id: 'from', header: t('inForceFrom'), cell: ({ from }) => (from === null ? '–' : formats.moment(from)) },
                { id: 'accepted', header: t('accepted'), align: 'end', cell: ({ accepted }) => formats.count(accepted) },
                { id: 'declined', header: t('declined'), align: 'end', cell: ({ declined }) => formats.count(declined) },
                { id: 'who', header: t('who'), cell: ({ version, accepted, declined }) => (accepted + declined === 0 ? '–' : <TextLink href={`/settings/legal/acceptances?key=${text.key}&version=${String(version)}`}>{t('proof')}</TextLink>) },
              ]}
            />
          </div>
        </details>
      )}
    </div>
  );
}
