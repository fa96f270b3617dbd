import { todayIn, type Locale } from '@interdomestik/rules';
import { env } from '../env';
import { failureOf, log } from '../log';
import { consoleOrigin, portalPaths } from '../site/origins';
import { mailTransport, renderMail, senderOf, type MailBranding } from '../vendors/mail';

const house = 'Interdomestik';

/** An invitation on its way; its link is in nobody's database. */
export interface InvitationMail {
  readonly to: { readonly name: string; readonly email: string };
  readonly inviter: { readonly name: string; readonly email: string };
  readonly locale: Locale;
  readonly token: string;
  readonly expiresAt: Date;
}

/** What became of it: sent, refused by the mail server, or, where there is none in a trial, the link to hand over by oneself. */
export interface Delivery {
  readonly sent: boolean;
  readonly link: string | null;
}

/**
 * Mails an invitation from the platform itself. There is no tenant whose queue and mailbox it could wait in, so it leaves at once, after
 * the transaction; whoever invites sees when it did not, and sends it again. Only a trial without a mail server shows the link.
 */
export async function sendInvitation({ to, inviter, locale, token, expiresAt }: InvitationMail): Promise<Delivery> {
  const url = `${consoleOrigin()}${portalPaths.invitation(token)}`;
  const branding: MailBranding = { tenantName: house, accent: '', supportEmail: inviter.email, supportPhone: null, legalLine: house, demo: false };
  const { subject, html, text } = renderMail('platform-invitation', locale, { name: to.name, inviter: inviter.name, until: todayIn('UTC', expiresAt), url }, branding);
  try {
    const delivery = await mailTransport().send({ to: { address: to.email }, from: senderOf(house), subject, html, text });
    if (delivery.transport === 'smtp') return { sent: true, link: null };
    return { sent: false, link: env.APP_ENV === 'production' ? null : url };
  } catch (error) {
    log.warn({ failure: failureOf(error) }, 'invitation of a super admin not mailed');
    return { sent: false, link: null };
  }
}
