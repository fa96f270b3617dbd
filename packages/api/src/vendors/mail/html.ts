import { accentColours, mailColours } from './branding';
import type { MailBranding } from './branding';
import { escapeHtml, oneLine } from './clean';
import type { MailContent, MailFrame } from './content';

const fonts = "'Noto Sans', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const { light, dark } = mailColours;

/** Dark colours for the clients that know them; everything else is inline, for those that know no style element. */
function styles(accent: ReturnType<typeof accentColours>): string {
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{margin:0;padding:0;width:100%}',
    `@media (max-width:620px){.outer{padding:0 0 24px!important}.card{border-left:0!important;border-right:0!important;border-radius:0!important}.pad{padding-left:20px!important;padding-right:20px!important}table.button{width:100%!important}.button a{display:block!important;text-align:center!important}}`,
    '@media (prefers-color-scheme:dark){',
    `.page{background:${dark.page}!important}.card{background:${dark.card}!important;border-color:${dark.line}!important}`,
    `.ink{color:${dark.ink}!important}.muted{color:${dark.muted}!important}.line{border-color:${dark.line}!important}`,
    `.accent{color:${accent.dark}!important}`,
    '}',
  ].join('');
}

function paragraph(text: string, style: string, className: string): string {
  const lines = text.split('\n').map(escapeHtml).join('<br>');
  return `<p class="${className}" style="margin:0 0 16px;${style}">${lines}</p>`;
}

function rowsHtml(rows: MailContent['rows']): string {
  if (rows.length === 0) return '';
  const cells = rows
    .map(({ label, value }, index) => {
      const line = index === 0 ? '' : `border-top:1px solid ${light.line};`;
      return (
        `<tr><td class="muted line" valign="top" style="${line}padding:10px 16px 10px 0;font-size:14px;line-height:22px;color:${light.muted}">${escapeHtml(label)}</td>` +
        `<td class="ink line" valign="top" align="right" style="${line}padding:10px 0;font-size:15px;line-height:22px;font-weight:600;color:${light.ink}">${escapeHtml(value)}</td></tr>`
      );
    })
    .join('');
  return (
    `<table class="line" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ` +
    `style="border-top:1px solid ${light.line};border-bottom:1px solid ${light.line};margin:8px 0 24px">${cells}</table>`
  );
}

function buttonHtml(action: MailContent['action'], accent: ReturnType<typeof accentColours>): string {
  return (
    `<table class="button" role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr>` +
    `<td class="button" bgcolor="${accent.button}" style="background:${accent.button};border-radius:6px">` +
    `<a href="${escapeHtml(action.url)}" style="display:inline-block;padding:13px 24px;font-size:16px;line-height:22px;font-weight:600;color:${accent.onButton};text-decoration:none;border-radius:6px">${escapeHtml(action.label)}</a>` +
    `</td></tr></table>`
  );
}

/** The HTML half of a mail: one column of tables, readable without a style element, in light and in dark. */
export function layoutHtml(content: MailContent, frame: MailFrame, branding: MailBranding): string {
  const accent = accentColours(branding.accent);
  const body = `font-size:16px;line-height:25px;color:${light.ink}`;
  const small = `font-size:13px;line-height:20px;color:${light.muted}`;
  const foot = [frame.questions, frame.legalLine, frame.why].filter((text) => text !== '');
  return [
    `<!doctype html><html lang="${frame.tag}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no">`,
    `<title>${escapeHtml(content.subject)}</title><style>${styles(accent)}</style></head>`,
    `<body class="page" style="margin:0;padding:0;background:${light.page};font-family:${fonts}">`,
    // Inboxes show this line after the subject; the joiners keep the body's first words out of it.
    `<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0">${escapeHtml(content.preheader)}${'&#8199;&#847;'.repeat(40)}</div>`,
    `<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${light.page}"><tr><td class="outer" align="center" style="padding:32px 16px">`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">`,
    `<tr><td class="pad accent" style="padding:20px 32px 16px;font-size:18px;line-height:24px;font-weight:700;color:${accent.light}">${escapeHtml(oneLine(branding.tenantName, 100))}</td></tr>`,
    `<tr><td class="card pad" style="background:${light.card};border:1px solid ${light.line};border-radius:12px;padding:32px">`,
    `<h1 class="ink" style="margin:0 0 20px;font-size:24px;line-height:31px;font-weight:700;color:${light.ink}">${escapeHtml(content.heading)}</h1>`,
    paragraph(frame.greeting, body, 'ink'),
    ...content.paragraphs.map((text) => paragraph(text, body, 'ink')),
    rowsHtml(content.rows),
    buttonHtml(content.action, accent),
    ...content.notes.map((text) => paragraph(text, `font-size:15px;line-height:23px;overflow-wrap:anywhere;color:${light.muted}`, 'muted')),
    paragraph(frame.signature, `${body};padding-top:8px`, 'ink'),
    `<p class="muted line" style="margin:0;padding:16px 0 0;border-top:1px solid ${light.line};${small}">${escapeHtml(frame.linkFallback)}<br><a class="accent" href="${escapeHtml(content.action.url)}" style="color:${accent.light};overflow-wrap:anywhere;word-break:break-all">${escapeHtml(content.action.url)}</a></p>`,
    `</td></tr><tr><td class="pad" style="padding:20px 32px 8px">`,
    ...foot.map((text) => `<p class="muted" style="margin:0 0 8px;${small}">${escapeHtml(text)}</p>`),
    frame.demo === null ? '' : `<p class="muted" style="margin:8px 0 0;font-weight:700;${small}">${escapeHtml(frame.demo)}</p>`,
    `</td></tr></table></td></tr></table></body></html>`,
  ].join('');
}
