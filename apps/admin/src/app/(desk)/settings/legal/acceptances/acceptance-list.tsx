'use client';
import { legalTextKeys, type LegalTextKey } from '@interdomestik/rules/rule-sets';
import { DataTable, EmptyState, ErrorState, Prose, Select, SidePanel, SkeletonText, Status, TextLink } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { trpc } from '@/trpc/client';
import { useErrorText } from '@/trpc/errors';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../../../../_parts/use-formats';
import { useListUrl, usePaging } from '../../../../_parts/use-list-url';
import { useSay } from '../../_kinds/use-say';

type Page = Outputs['settings']['acceptanceList'];
type Row = Page['items'][number];

/** Everybody who answered one version of a text, newest first; a row opens the very words. */
export function AcceptanceList({ page, textKey, version, versions }: { page: Page; textKey: LegalTextKey; version: number; versions: readonly number[] }) {
  const t = useTranslations('editors.legal');
  const c = useTranslations('common');
  const say = useSay();
  const url = useListUrl();
  const paging = usePaging(url, page.nextCursor);
  const opened = page.items.find(({ id }) => id === url.opened) ?? null;
  return (
    <>
      <DataTable<Row>
        label={t('proofTitle')} rows={page.items} rowKey={({ id }) => id} rowLabel={({ name }) => name} onOpen={({ id }) => url.open(id)} openKey={url.opened} refreshing={url.pending} paging={paging}
        filters={
          <>
            <Select aria-label={t('text')} className="w-full sm:w-72" value={textKey} onValueChange={(key) => url.filter({ key, version: null })} options={legalTextKeys.map((key) => ({ value: key, label: say.word('admin.settings.legal.keys', key) }))} />
            <Select aria-label={t('versionHead')} className="w-full sm:w-40" value={String(version)} onValueChange={(next) => url.filter({ key: textKey, version: next })} options={versions.map((one) => ({ value: String(one), label: t('version', { version: one }) }))} />
          </>
        }
        columns={[
          { id: 'member', header: c('fields.member'), cell: ({ name, memberNumber }) => <><span className="font-semibold">{name}</span>{memberNumber === null ? null : <span className="figures block text-note text-ink-muted">{memberNumber}</span>}</> },
          { id: 'when', header: t('when'), cell: ({ acceptedAt }) => <span className="figures">{say.formats.moment(acceptedAt)}</span> },
          { id: 'answer', header: t('answer'), card: 'status', cell: ({ accepted }) => (accepted ? <Status tone="success" look="plain">{t('yes')}</Status> : <Status tone="neutral" shape="ended" look="plain">{t('no')}</Status>) },
          { id: 'language', header: t('language'), cell: ({ locale }) => (locale === null ? '–' : say.word('common.languages', locale)) },
          { id: 'hash', header: t('hash'), from: 'lg', cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code> },
        ]}
        empty={<EmptyState title={t('nobody')}>{t('nobodyHelp')}</EmptyState>}
      />
      <WordsPanel row={opened} textKey={textKey} onClose={() => url.open(null)} />
    </>
  );
}

/** The text as it was shown, found by its hash among all that was ever published. */
function WordsPanel({ row, textKey, onClose }: { row: Row | null; textKey: LegalTextKey; onClose: () => void }) {
  const t = useTranslations('editors.legal');
  const errorText = useErrorText();
  const formats = useFormats();
  const text = trpc.settings.acceptedText.useQuery({ key: textKey, hash: row?.hash ?? '' }, { enabled: row !== null, staleTime: Infinity });
  const data = row === null ? undefined : text.data;
  return (
    <SidePanel open={row !== null} onOpenChange={onClose} beside width="wide" title={data?.title ?? t('words')} meta={row === null ? undefined : <>{row.name}, {formats.moment(row.acceptedAt)}</>} footer={row === null ? undefined : <TextLink href={`/members/${row.memberId}`}>{t('toMember')}</TextLink>}>
      {row !== null && text.isError ? <ErrorState title={t('wordsGone')} onRetry={() => void text.refetch()} retrying={text.isFetching}>{errorText(text.error)}</ErrorState> : null}
      {row !== null && text.isPending ? <SkeletonText lines={10} label={t('loading')} /> : null}
      {data === undefined ? null : (
        <div className="space-y-4">
          <dl className="text-note text-ink-muted"><dt>{t('hashWhole')}</dt><dd><code className="break-all">{data.hash}</code></dd></dl>
          <Prose text={data.body} level={3} lang={data.locale} />
        </div>
      )}
    </SidePanel>
  );
}
