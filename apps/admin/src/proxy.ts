import { askerOf, closedPolicy, securityHeaders } from '@interdomestik/api/http';
import { hostOf } from '@interdomestik/auth';
import { loadMessages, locales, pickLocale } from '@interdomestik/i18n';
import { NextResponse, type NextRequest } from 'next/server';
import { env } from './env';
import { contentPolicy } from './server/csp';

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => `&#${String(sign.charCodeAt(0))};`);

// i18n-keys: common.pages.hostTitle, common.pages.hostHelp
function strangeHost(acceptLanguage: string): NextResponse {
  const locale = pickLocale(acceptLanguage, locales, 'en');
  const { hostTitle, hostHelp } = loadMessages(locale).common.pages;
  const page = `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(hostTitle)}</title><body><h1>${escaped(hostTitle)}</h1><p>${escaped(hostHelp)}</p></body></html>`;
  return new NextResponse(page, { status: 404, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': closedPolicy } });
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
  const known = host === null || host.kind !== 'unknown';
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentPolicy(nonce, env.NODE_ENV === 'development');
  headers.set('x-request-id', asker.requestId);
  // next-auth builds its own address from these: never from what a client sent
  headers.set('x-forwarded-host', asker.host);
  headers.set('x-forwarded-proto', asker.secure ? 'https' : 'http');
  headers.set('x-path', `${pathname}${search}`);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = known ? NextResponse.next({ request: { headers } }) : strangeHost(asker.acceptLanguage);
  for (const [name, value] of Object.entries(securityHeaders(asker.secure))) response.headers.set(name, value);
  if (known) response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', asker.requestId);
  return response;
}

export const config = { matcher: ['/((?!_next/static/|_next/image).*)'] };
