'use client';
import { Tabs, TextLink } from '@interdomestik/ui';
import { ArrowLeft } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import type { Outputs } from '@/trpc/outputs';
import { StateMark } from '../../_parts/state-mark';
import { Moment } from '../../_parts/values';

/** One mail as it would arrive. The frame has no rights: nothing in a mail can run or reach this page; links open a new tab. */
export function MailView({ mail }: { mail: Outputs['mailbox']['get'] }) {
  const t = useTranslations('admin.mailbox');
  return (
    <article aria-labelledby="mail-subject" className="min-w-0 rounded-card border bg-raised">
      <header className="border-b px-4 py-3 sm:px-5">
        <TextLink kind="standalone" href="/mailbox" className="lg:hidden"><ArrowLeft aria-hidden="true" />{t('toList')}</TextLink>
        <h2 id="mail-subject" className="text-section">{mail.subject}</h2>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-note text-ink-muted">
          <span className="break-all">{t('to', { address: mail.to })}</span>
          <Moment value={mail.createdAt} />
          <StateMark kind="mail" value={mail.status} look="plain" />
        </div>
      </header>
      <Tabs
        className="px-4 pb-4 sm:px-5"
        label={t('views')}
        items={[
          { value: 'html', label: t('asSent'), content: <iframe title={mail.subject} sandbox="allow-popups allow-popups-to-escape-sandbox" srcDoc={withNewTabs(mail.html)} className="h-[70dvh] w-full rounded-control border bg-[#ffffff]" /> },
          { value: 'text', label: t('plain'), content: <pre className="font-sans break-words whitespace-pre-wrap">{mail.text}</pre> },
        ]}
      />
    </article>
  );
}

/** Links of a mail lead out of the frame, as they would lead out of a mail program. */
function withNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/iu.test(html) ? html.replace(/<head[^>]*>/iu, (head) => head + base) : base + html;
}
