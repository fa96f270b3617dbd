import { assertNothingWaits } from '@interdomestik/db';
import { createTransport } from 'nodemailer';
import { env } from '../../env';
import type { ApiEnv } from '../../env';
import { parseMailAddress } from './address';
import type { MailAddress } from './address';
import { oneLine } from './clean';

/** A mail that is ready to leave. */
export type MailMessage = {
  readonly to: MailAddress;
  readonly from: MailAddress;
  readonly replyTo?: MailAddress | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Papers of our own making that go along. */
  readonly attachments?: readonly { readonly fileName: string; readonly bytes: Uint8Array }[] | undefined;
};

/** `smtp`: a server took it. `mailbox`: it stays in our mails table and reaches nobody. */
export type MailDelivery = { readonly transport: 'smtp' | 'mailbox'; readonly messageId: string | null };

/** How mail leaves the house. */
export type MailTransport = {
  readonly kind: MailDelivery['transport'];
  /** Hands one mail over. Throws when the server refuses it or does not answer in time; the job tries again. */
  send(message: MailMessage): Promise<MailDelivery>;
};

const seconds = 1000;

/** Checked again here, so that no caller can slip a second recipient or a header in. */
function checked({ address, name }: MailAddress): { address: string; name: string } {
  return { address: parseMailAddress(address).address, name: oneLine(name ?? '', 100) };
}

function safeHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!/^[A-Za-z][A-Za-z0-9-]{0,75}$/u.test(name)) throw new TypeError('not a mail header name');
      return [name, oneLine(value, 900)];
    }),
  );
}

/** Sends through a mail server. */
export function smtpTransport(url: string): MailTransport {
  const server = createTransport({
    url,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 30 * seconds,
    // A template must never make the server read a file or fetch an address of ours.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    async send(message) {
      assertNothingWaits('a mail');
      const { messageId } = await server.sendMail({
        to: checked(message.to),
        from: checked(message.from),
        ...(message.replyTo === undefined ? {} : { replyTo: checked(message.replyTo) }),
        subject: oneLine(message.subject),
        html: message.html,
        text: message.text,
        ...(message.attachments === undefined ? {} : { attachments: message.attachments.map(({ fileName, bytes }) => ({ filename: oneLine(fileName, 100), content: Buffer.from(bytes), contentType: 'application/pdf' })) }),
        headers: { 'Auto-Submitted': 'auto-generated', ...safeHeaders(message.headers ?? {}) },
      });
      return { transport: 'smtp', messageId };
    },
  };
}

/** Sends nothing: the mail's own row is the mailbox. */
export function mailboxTransport(): MailTransport {
  return { kind: 'mailbox', send: async () => ({ transport: 'mailbox', messageId: null }) };
}

/** The transport that the settings ask for: a server when SMTP_URL is set, else the mailbox. */
export function mailTransport(settings: Pick<ApiEnv, 'SMTP_URL'> = env): MailTransport {
  return settings.SMTP_URL === undefined ? mailboxTransport() : smtpTransport(settings.SMTP_URL);
}

/** The sender of a tenant's mails: the tenant's name at the house's address (MAIL_FROM, else a local one). */
export function senderOf(tenantName: string, settings: Pick<ApiEnv, 'MAIL_FROM'> = env): MailAddress {
  return { ...parseMailAddress(settings.MAIL_FROM ?? 'no-reply@localhost'), name: oneLine(tenantName, 100) };
}
