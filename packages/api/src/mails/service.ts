import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { inLocale, newId, type BrandingRule, type Issuer, type Locale, type NotificationChannel, type NotificationEvent, type NotificationsRule } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { mails } from '@interdomestik/db/schema';
import { letterPdf } from '../erasures/letter';
import { isOn } from '../flags/flags';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';
import { JobWaits } from '../jobs/runnable';
import { languagesOf } from '../settings/languages';
import { ruleOf } from '../settings/rules';
import { mailTransport, renderMail, senderOf, type MailBranding, type MailParams, type MailTemplate, type MailTransport } from '../vendors/mail';

/** What a tenant's mails look like and who they are from; read before the transaction that queues them. */
export interface Letterhead {
  readonly branding: BrandingRule;
  readonly issuer: Issuer;
  /** Which events are told, and how. */
  readonly notifications: NotificationsRule;
  /** What is written to somebody who has chosen no language. */
  readonly locale: Locale;
}

export async function letterheadOf(scope: TenantScope, now: Date): Promise<Letterhead> {
  const [branding, invoicing, notifications, languages] = await Promise.all([
    ruleOf(scope, 'branding', now), ruleOf(scope, 'invoicing', now), ruleOf(scope, 'notifications', now), languagesOf(scope, now),
  ]);
  return { branding: branding.value, issuer: invoicing.value.issuer, notifications: notifications.value, locale: languages.default };
}

/** Whether the tenant's rules tell of an event on a channel. An event that they do not name is told. */
export function isTold({ notifications }: Letterhead, event: NotificationEvent, channel: NotificationChannel): boolean {
  return notifications.events.find((rule) => rule.event === event)?.channels.includes(channel) ?? true;
}

function brandingIn({ branding, issuer }: Letterhead, locale: Locale): MailBranding {
  return {
    tenantName: inLocale(branding.names, locale), accent: branding.accent, supportEmail: branding.supportEmail, supportPhone: branding.supportPhone,
    legalLine: [issuer.legalName, issuer.address, issuer.city].join(', '), demo: issuer.demo,
  };
}

export interface NewMail<T extends MailTemplate = MailTemplate> {
  readonly template: T;
  readonly to: { readonly email: string; readonly userId: string | null };
  readonly locale: Locale;
  readonly params: MailParams[T];
  /** Unique in the tenant: the same effect writes one mail. */
  readonly effectKey: string;
  readonly letterhead: Letterhead;
}

const sendPayload = z.object({ mailId: z.uuid() });

/** Sends a queued mail; one that has left, or that stays in the mailbox, is left alone. While the tenant's mails are switched off it waits. */
export const sendMailJob = defineJob({
  name: 'mails.send', payload: sendPayload, retries: 8,
  run: async (scope, { mailId }) => {
    if (!(await isOn(scope, 'mails.send'))) throw new JobWaits('the mails of the tenant are switched off');
    await sendMail(scope, mailId);
  },
});

/**
 * Writes a mail and queues its sending as part of `tx`. A repeat of the same effect does nothing. Without a mail server the mail
 * stays in the mails table with status `mailbox`.
 */
export async function queueMail<T extends MailTemplate>(tx: Tx, scope: TenantScope, mail: NewMail<T>): Promise<void> {
  const { template, to, locale, effectKey } = mail;
  const { subject, html, text } = renderMail(template, locale, mail.params, brandingIn(mail.letterhead, locale));
  const [made] = await tx.insert(mails)
    .values({ tenantId: scope.tenantId, id: newId(), userId: to.userId, toEmail: to.email, locale, template, subject, html, text, effectKey })
    .onConflictDoNothing().returning({ id: mails.id });
  if (made !== undefined) await enqueue(tx, scope, sendMailJob, { mailId: made.id });
}

/** Their links open an account, so nothing of them is kept once a mail server has them. */
const secretTemplates: readonly string[] = ['verify-email', 'password-reset', 'staff-invitation', 'member-invitation', 'email-change'] satisfies readonly MailTemplate[];

/** The wish whose letter a mail is; null for every other mail. Once a server has it, nothing of it is kept: its reader was erased. */
const erasureOf = ({ template, effectKey }: Pick<typeof mails.$inferSelect, 'template' | 'effectKey'>): string | null =>
  template === ('erasure-letter' satisfies MailTemplate) ? effectKey.slice('erasure:'.length) : null;

let transport: MailTransport | undefined;

/**
 * Hands one mail to the transport, outside any transaction. A mail may reach its reader twice when the process dies between the
 * server's answer and our mark; its Message-ID stays the same, so that mail programs show it once. Throws when the server refuses: the job tries again.
 */
export async function sendMail(scope: TenantScope, mailId: string, through: MailTransport = (transport ??= mailTransport())): Promise<void> {
  const here = and(eq(mails.tenantId, scope.tenantId), eq(mails.id, mailId), inArray(mails.status, ['queued', 'failed']));
  const [mail] = await readTenant(scope, (tx) => tx.select().from(mails).where(here));
  if (mail === undefined) return;
  const mark = async (set: Partial<typeof mails.$inferInsert>) => {
    await withTenant(inAction(scope, 'mails.send'), async (tx) => {
      await tx.update(mails).set(set).where(here);
    });
  };
  const letterOf = erasureOf(mail);
  try {
    const delivery = await through.send({
      ...(letterOf === null ? {} : { attachments: [await letterPdf(scope, letterOf)] }),
      to: { address: mail.toEmail }, from: senderOf(scope.tenant.name), subject: mail.subject, html: mail.html, text: mail.text,
      headers: { 'Message-ID': `<${mail.id}@interdomestik>` },
    });
    if (delivery.transport === 'mailbox') await mark({ status: 'mailbox', error: null });
    else await mark({ status: 'sent', sentAt: new Date(), error: null, ...(secretTemplates.includes(mail.template) ? { html: '', text: '' } : {}), ...(letterOf === null ? {} : { toEmail: '', subject: '', html: '', text: '' }) });
  } catch (error) {
    await mark({ status: 'failed', error: error instanceof Error ? error.name : 'unknown' });
    throw error;
  }
}
