import { ButtonLink, EmptyState, Money, PageHead, Section, Status } from '@interdomestik/ui';
import { Download, FolderOpen, ReceiptText } from '@interdomestik/ui/icons';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PaperList } from '~/components/paper-list';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { viewer } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common.nav'))('documents') };
}

export default async function Documents() {
  const me = await viewer('documents.read');
  const api = await caller();
  const [t, common, f, papers, invoices] = await Promise.all([
    getTranslations('member.documents'), getTranslations('common'), show(), needed(api.documents.mine()), me.can('invoices.read') ? needed(api.invoices.mine()) : [],
  ]);
  // an invoice stands in its own list, with its number and amount; what was refused is gone, and its claim says why
  const others = papers.filter(({ entity, status }) => entity !== 'invoice' && status !== 'rejected');
  return (
    <>
      <PageHead title={common('nav.documents')} />
      {others.length === 0 && invoices.length === 0 ? (
        <EmptyState icon={<FolderOpen />} title={t('emptyTitle')} action={<ButtonLink variant="secondary" href="/claims">{t('toClaims')}</ButtonLink>}>{t('emptyText')}</EmptyState>
      ) : (
        <div className="space-y-10">
          {invoices.length > 0 ? (
            <Section title={common('nav.invoices')}>
              <ul className="divide-y divide-line overflow-hidden rounded-card border bg-raised">
                {invoices.map((invoice) => {
                  const words = (
                    <>
                      <ReceiptText aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" />
                      <span className="min-w-0 flex-1">
                        <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                          <span className="figures font-semibold">{invoice.code}</span>
                          <Money strong>{f.money(invoice.total)}</Money>
                        </span>
                        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-ink-muted">
                          <span className="figures">{f.day(invoice.issuedOn)}</span>
                          {/* i18n-keys: common.statuses.invoice.* */}
                          <Status tone={invoice.status === 'paid' ? 'success' : invoice.status === 'rejected' ? 'danger' : 'neutral'} shape={invoice.status === 'paid' ? 'done' : 'waiting'}>{common(`statuses.invoice.${invoice.status}`)}</Status>
                          <span>{t('ofWhichVat', { amount: f.money(invoice.vat) })}</span>
                        </span>
                        {invoice.documentId === null ? <span className="block text-note text-ink-muted">{t('beingMade')}</span> : null}
                      </span>
                    </>
                  );
                  return (
                    <li key={invoice.id}>
                      {invoice.documentId === null ? <div className="flex items-start gap-3 px-4 py-3">{words}</div> : (
                        <a href={`/api/documents/${invoice.documentId}`} target="_blank" rel="noreferrer" className="flex items-start gap-3 px-4 py-3 no-underline hover:bg-sunken focus-visible:-outline-offset-2">
                          {words}
                          <Download aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-ink-muted" />
                          <span className="sr-only">{t('open')} ({common('ui.opensNewWindow')})</span>
                        </a>
                      )}
                    </li>
                  );
                })}
              </ul>
            </Section>
          ) : null}
          {others.length > 0 ? <Section title={t('othersTitle')} help={t('othersHelp')}><PaperList papers={others} /></Section> : null}
        </div>
      )}
    </>
  );
}
