import { locales } from '@interdomestik/i18n';
import { describe, expect, it } from 'vitest';
import { accentColours, contrast, mailColours } from './branding';
import { oneLine, safeUrl } from './clean';
import { mailSamples, sampleBranding } from './samples';
import { mailTemplates, parseMailAddress, renderMail } from '.';
import type { MailTemplate } from '.';

function sample<T extends MailTemplate>(template: T, locale: (typeof locales)[number]) {
  return renderMail(template, locale, mailSamples[template], sampleBranding);
}

const hostile = `<img src=x onerror=alert(1)>"'\`&\r\nBcc: victim@example.com\u202e{name} <b>`;

describe('renderMail', () => {
  it.each(['mk', 'sq'] as const)('says in %s what it always said', async (locale) => {
    const texts = mailTemplates.map((template) => {
      const { subject, text } = sample(template, locale);
      return `===== ${template}\nSubject: ${subject}\n\n${text}`;
    });
    await expect(texts.join('\n')).toMatchFileSnapshot(`golden/${locale}.txt`);
    await expect(sample('welcome-membership', locale).html).toMatchFileSnapshot(`golden/welcome.${locale}.html`);
  });

  it.each(locales.flatMap((locale) => mailTemplates.map((template) => [locale, template] as const)))(
    '%s %s is complete in both halves',
    (locale, template) => {
      const { subject, html, text } = sample(template, locale);
      expect(subject).not.toBe('');
      for (const half of [html.replace(/<style>.*?<\/style>/u, ''), text]) {
        expect(half).not.toMatch(/[{}]|undefined|null|\[object|mails\./u);
        expect(half).toContain(mailSamples[template].name.slice(0, 5));
      }
      expect(html).toContain('lang="');
      expect(html.length).toBeLessThan(60_000);
    },
  );

  it.each(mailTemplates)('S-12 %s shows hostile values as text and keeps its lines', (template) => {
    const params = Object.fromEntries(
      Object.entries(mailSamples[template]).map(([key, value]) => {
        const free = ['name', 'email', 'number', 'plan', 'purpose', 'agent', 'inviter', 'branch', 'provider', 'next', 'address', 'phone'].includes(key);
        return [key, free ? hostile : value];
      }),
    ) as typeof mailSamples[typeof template];
    const mail = renderMail(template, 'mk', params, { ...sampleBranding, tenantName: hostile, legalLine: hostile, supportEmail: hostile });
    expect(mail.subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(mail.html).not.toMatch(/<img|<b>|onerror=alert\(1\)>"|\u202e/u);
    expect(mail.html).toContain('&#60;img src=x');
    expect(mail.text.split('\n').some((line) => line.startsWith('Bcc:'))).toBe(false);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example', 'not an address'])(
    'S-12 refuses the link %s',
    (url) => {
      expect(() => renderMail('claim-received', 'sq', { ...mailSamples['claim-received'], url }, sampleBranding)).toThrow(TypeError);
    },
  );

  it('shows the last covered day, not the first uncovered one', () => {
    expect(sample('welcome-membership', 'en').text).toContain('23.11.2026 to 22.11.2027');
  });

  it('a tenant with real legal details has no demo line', () => {
    const real = renderMail('claim-received', 'en', mailSamples['claim-received'], { ...sampleBranding, demo: false });
    expect(real.text).not.toContain('fictitious');
    expect(sample('claim-received', 'en').html).toContain('fictitious');
  });
});

describe('accentColours', () => {
  it.each(['#0f6b62', '#ffff00', '#000000', '#ffffff', '#c8661b', '#777777', 'red;}', '#12'])('%s stays readable', (accent) => {
    const { button, onButton, light, dark } = accentColours(accent);
    expect(contrast(button, onButton)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(light, mailColours.light.card)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, mailColours.dark.card)).toBeGreaterThanOrEqual(4.5);
    for (const colour of [button, onButton, light, dark]) expect(colour).toMatch(/^#[0-9a-f]{6}$/u);
  });
});

describe('addresses and lines', () => {
  it('reads one mailbox', () => {
    expect(parseMailAddress('Interdomestik <mail@example.com>')).toEqual({ address: 'mail@example.com', name: 'Interdomestik' });
    expect(parseMailAddress('mail@example.com')).toEqual({ address: 'mail@example.com' });
  });

  it.each(['a@x.com, b@y.com', '"e@attacker.com"@victim.com', 'a@x.com\nBcc: b@y.com', 'a', '', '<a@x.com><b@y.com>', 'group: a@x.com;'])(
    'refuses %j',
    (text) => {
      expect(() => parseMailAddress(text)).toThrow(TypeError);
    },
  );

  it('keeps one printable line of bounded length', () => {
    expect(oneLine(' a\r\n b\u0000\u2028c ')).toBe('a b c');
    expect([...oneLine('🚗'.repeat(400), 10)]).toHaveLength(10);
    expect(safeUrl('https://ks.example.com/a?b="><script>')).not.toContain('<');
  });
});
