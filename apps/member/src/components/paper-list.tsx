'use client';
import { Status } from '@interdomestik/ui';
import { Download, FileText } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { useFileSize } from '~/lib/file-size';
import { useShow } from '~/lib/use-show';
import { useErrorText } from '~/trpc/errors';
import type { Outputs } from '~/trpc/outputs';

type Paper = Outputs['documents']['mine'][number];

const looks = { pending: { tone: 'info', shape: 'going' }, stored: { tone: 'success', shape: 'done' }, rejected: { tone: 'danger', shape: 'failed' } } as const;

// i18n-keys: common.documentKinds.*, common.statuses.document.*
/** Documents that were handed in or made for the member; each opens by a link that lives a minute. */
export function PaperList({ papers }: { papers: readonly Paper[] }) {
  const t = useTranslations('member.documents');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const size = useFileSize();
  const show = useShow();
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card border bg-raised">
      {papers.map((paper) => {
        const kind = paper.kind !== null ? common(`documentKinds.${paper.kind}`) : paper.entity === 'invoice' ? common('nouns.invoice') : paper.entity === 'receipt' ? common('nouns.receipt') : common('nouns.document');
        const words = (
          <>
            <FileText aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
            <span className="min-w-0 flex-1">
              <span className="block font-semibold">{kind}</span>
              <span className="block truncate text-note text-ink-muted">{paper.fileName}</span>
              <span className="figures flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-ink-muted">
                <span>{show.dayOf(paper.createdAt)}</span>
                {paper.sizeBytes === null ? null : <span>{size(paper.sizeBytes)}</span>}
                {/* i18n-keys: common.statuses.document.* */}
                {paper.status === 'stored' ? null : <Status {...looks[paper.status]}>{common(`statuses.document.${paper.status}`)}</Status>}
              </span>
              {paper.rejectReason === null ? null : <span className="block text-note font-semibold text-danger-ink">{errorText(paper.rejectReason)}</span>}
            </span>
          </>
        );
        return (
          <li key={paper.id}>
            {paper.status === 'stored' ? (
              <a href={`/api/documents/${paper.id}`} target="_blank" rel="noreferrer" className="flex items-start gap-3 px-4 py-3 no-underline hover:bg-sunken focus-visible:-outline-offset-2">
                {words}
                <Download aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" />
                <span className="sr-only">{t('open')} ({common('ui.opensNewWindow')})</span>
              </a>
            ) : <div className="flex items-start gap-3 px-4 py-3">{words}</div>}
          </li>
        );
      })}
    </ul>
  );
}
