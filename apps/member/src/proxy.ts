import { askerOf, closedPolicy, paddlePath, securityHeaders } from '@interdomestik/api/http/proxy';
import { hostOf, type Host } from '@interdomestik/auth/hosts';
import { languageTag, loadMessages, locales, pickLocale, type Locale } from '@interdomestik/i18n';
import { NextResponse, type NextRequest } from 'next/server';
import { env } from './env';
import { contentPolicy } from './server/csp';

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => `&#${String(sign.charCodeAt(0))};`);

// i18n-keys: common.pages.hostTitle, common.pages.hostHelp, common.pages.closedTitle, common.pages.closedHelp
function plainPage(locale: Locale, title: string, help: string, status: number): NextResponse {
  const page = `<!doctype html><html lang="${languageTag(locale)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><body><h1>${escaped(title)}</h1><p>${escaped(help)}</p></body></html>`;
  return new NextResponse(page, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': closedPolicy } });
}

function strangeHost(acceptLanguage: string): NextResponse {
  const locale = pickLocale(acceptLanguage, locales, 'en');
  const { hostTitle, hostHelp } = loadMessages(locale).common.pages;
  return plainPage(locale, hostTitle, hostHelp, 404);
}

/** What everybody on the host of a suspended tenant sees: it will be back, so 503, in one of the tenant's languages. */
function closedHost(host: Extract<Host, { kind: 'closed' }>, acceptLanguage: string): NextResponse {
  const offered = locales.filter((locale) => host.locales.includes(locale));
  const locale = pickLocale(acceptLanguage, offered, offered.find((candidate) => candidate === host.defaultLocale) ?? 'en');
  const { closedTitle, closedHelp } = loadMessages(locale).common.pages;
  const page = plainPage(locale, closedTitle, closedHelp.replace('{tenant}', host.name), 503);
  page.headers.set('retry-after', '600');
  page.headers.set('cache-control', 'no-store');
  return page;
}

/**
 * Runs before every page and route: refuses hosts that are not ours, gives each page its nonce, and puts the security headers on every answer.
 * It lets nobody in: rights are decided by the procedures alone.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const asker = askerOf(request.headers);
  const headers = new Headers(request.headers);
  const { pathname, search } = request.nextUrl;
  // a broken database shows in the page or route itself, which knows how to say it
  const host = await hostOf(asker.host).catch(() => null);
  // what a payment provider tells is taken in all the same: money that moved is not to be lost
  const known = host === null || (host.kind !== 'unknown' && (host.kind !== 'closed' || pathname.startsWith(paddlePath)));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, env.NODE_ENV === 'development');
  headers.set('x-request-id', asker.requestId);
  // next-auth builds its own address from these: never from what a client sent
  headers.set('x-forwarded-host', asker.host);
  headers.set('x-forwarded-proto', asker.secure ? 'https' : 'http');
  headers.set('x-path', `${pathname}${search}`);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = known ? NextResponse.next({ request: { headers } }) : host.kind === 'closed' ? closedHost(host, asker.acceptLanguage) : strangeHost(asker.acceptLanguage);
  for (const [name, value] of Object.entries(securityHeaders(asker.secure))) response.headers.set(name, value);
  if (known) response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', asker.requestId);
  return response;
}

export const config = { matcher: ['/((?!_next/static/|_next/image).*)'] };
