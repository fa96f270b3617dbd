'use client';
import { DateText, EmptyState, PageHead, UiLink } from '@interdomestik/ui';
import { Inbox } from '@interdomestik/ui/icons';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Outputs } from '@/trpc/outputs';
import { useFormats } from '../_parts/use-formats';

type Mail = Outputs['mailbox']['list'][number];

/** The list of mails with the opened one beside it; on a phone one or the other. */
export function Mails({ mails, children }: { mails: readonly Mail[]; children: ReactNode }) {
  const t = useTranslations('admin.mailbox');
  const c = useTranslations('common.nav');
  const path = usePathname();
  const formats = useFormats();
  const reading = path !== '/mailbox';
  return (
    <>
      <PageHead title={c('mailbox')} meta={t('help')} className={reading ? 'max-lg:sr-only' : undefined} />
      {mails.length === 0 ? (
        <div className="rounded-card border bg-raised px-5"><EmptyState icon={<Inbox />} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState></div>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <nav aria-label={t('list')} className={reading ? 'max-lg:hidden' : undefined}>
            <ul className="divide-y divide-line overflow-y-auto rounded-card border bg-raised lg:max-h-[calc(100dvh-12rem)]">
              {mails.map((mail) => {
                const href = `/mailbox/${mail.id}`;
                return (
                  <li key={mail.id}>
                    <UiLink href={href} aria-current={path === href ? 'page' : undefined} className="block px-4 py-2.5 no-underline -outline-offset-2 hover:bg-sunken aria-[current=page]:bg-accent-soft">
                      <span className="block truncate font-semibold">{mail.subject}</span>
                      <span className="flex justify-between gap-3 text-note text-ink-muted">
                        <span className="truncate">{mail.to}</span>
                        <DateText iso={mail.createdAt.toISOString()}>{formats.moment(mail.createdAt)}</DateText>
                      </span>
                    </UiLink>
                  </li>
                );
              })}
            </ul>
          </nav>
          {children}
        </div>
      )}
    </>
  );
}
