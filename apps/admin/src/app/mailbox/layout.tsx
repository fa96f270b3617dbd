import type { ReactNode } from 'react';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '@/server/caller';
import { maybeSite, maybeViewer } from '@/server/viewer';
import { Desk } from '../_shell/desk';
import { Mails } from './mails';

export async function generateMetadata() {
  const t = await getTranslations('common.nav');
  return { title: t('mailbox') };
}

/** Mails that were kept instead of sent. Exists only where no mail server is set, and there for everybody: a trial needs the links in them. */
export default async function MailboxLayout({ children }: { children: ReactNode }) {
  const [mails, me, site] = await Promise.all([needed((await caller()).mailbox.list()), maybeViewer(), maybeSite()]);
  const box = <Mails mails={mails}>{children}</Mails>;
  if (me?.can('mailbox.read') === true) return <Desk viewer={me}>{box}</Desk>;
  return (
    <main id="content" className="mx-auto w-full max-w-6xl px-4 py-6">
      <p className="mb-4 font-bold">{site?.name}</p>
      {box}
    </main>
  );
}
