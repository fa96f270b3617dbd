import { and, desc, eq } from 'drizzle-orm';
import { notFound } from '@interdomestik/rules';
import { actAsTenant, readTenant, type TenantScope } from '@interdomestik/db';
import { mails } from '@interdomestik/db/schema';
import { env } from '../env';

/** The mailbox exists only where mails go nowhere else; in production, or with a mail server, it looks like a missing page. */
export function assertMailbox(): void {
  if (env.APP_ENV === 'production' || env.SMTP_URL !== undefined) throw notFound();
}

/** The newest mails of the host's tenant that were kept instead of sent. */
export async function listMailbox(site: TenantScope) {
  assertMailbox();
  // the visitor of a demonstration reads the mails that the demonstration wrote; a real installation has no such page
  return await readTenant(actAsTenant(site, 'mailbox.list'), (tx) =>
    tx.select({ id: mails.id, to: mails.toEmail, subject: mails.subject, template: mails.template, locale: mails.locale, status: mails.status, createdAt: mails.createdAt })
      .from(mails).where(eq(mails.tenantId, site.tenantId)).orderBy(desc(mails.createdAt), desc(mails.id)).limit(100));
}

/** One kept mail with its body. */
export async function readMail(site: TenantScope, id: string) {
  assertMailbox();
  const [mail] = await readTenant(actAsTenant(site, 'mailbox.get'), (tx) =>
    tx.select({ id: mails.id, to: mails.toEmail, subject: mails.subject, template: mails.template, locale: mails.locale, status: mails.status, createdAt: mails.createdAt, html: mails.html, text: mails.text })
      .from(mails).where(and(eq(mails.tenantId, site.tenantId), eq(mails.id, id))));
  if (mail === undefined) throw notFound();
  return mail;
}
