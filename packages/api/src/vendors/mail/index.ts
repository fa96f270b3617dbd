export { parseMailAddress } from './address';
export type { MailAddress } from './address';
export type { MailBranding } from './branding';
export { renderMail } from './render';
export type { RenderedMail } from './render';
export { mailTemplates } from './templates';
export type { MailParams, MailTemplate, SecurityEvent } from './templates';
export { mailboxTransport, mailTransport, senderOf, smtpTransport } from './transport';
export type { MailDelivery, MailMessage, MailTransport } from './transport';
