import { languageTag, translator } from '@interdomestik/i18n';
import type { Locale } from '@interdomestik/i18n';
import type { MailBranding } from './branding';
import { oneLine, safeUrl } from './clean';
import type { MailContent, MailFrame } from './content';
import { layoutHtml } from './html';
import { layoutText } from './text';
import { writeMail } from './templates';
import type { MailParams, MailTemplate } from './templates';

/** A mail as it is stored and sent. */
export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string };

function clean(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((inner) => clean(inner, key));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner, name)]));
  if (typeof value !== 'string') return value;
  return key === 'url' || key.endsWith('Url') ? safeUrl(value) : oneLine(value);
}

function frameOf(locale: Locale, name: string, branding: MailBranding): MailFrame {
  const t = translator(locale);
  const tenant = oneLine(branding.tenantName, 100);
  const contact = [branding.supportPhone, branding.supportEmail].flatMap((way) => (way === null ? [] : [oneLine(way, 100)]));
  return {
    tag: languageTag(locale),
    greeting: t('mails.layout.greeting', { name: oneLine(name, 80) }),
    linkFallback: t('mails.layout.linkFallback'),
    signature: t('mails.layout.signature', { tenant }),
    questions: t('mails.layout.questions', { contact: contact.join(', ') }),
    legalLine: oneLine(branding.legalLine),
    why: t('mails.layout.why', { tenant }),
    demo: branding.demo ? t('mails.layout.demo') : null,
  };
}

/**
 * Renders a mail in one language. Every value is text: it is brought to one line, and escaped where it stands in HTML.
 * Throws TypeError for a link that is not http or https, and when a message lacks a value.
 */
export function renderMail<T extends MailTemplate>(
  template: T,
  locale: Locale,
  params: MailParams[T],
  branding: MailBranding,
): RenderedMail {
  const cleaned = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, clean(value, key)])) as MailParams[T];
  const content: MailContent = writeMail(template, locale, cleaned, oneLine(branding.tenantName, 100));
  const frame = frameOf(locale, params.name, branding);
  return {
    subject: oneLine(content.subject, 200),
    html: layoutHtml(content, frame, branding),
    text: layoutText(content, frame),
  };
}
