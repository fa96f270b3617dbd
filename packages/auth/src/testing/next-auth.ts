import NextAuth from 'next-auth';
import type { App } from '../cookies';
import { authOptions } from '../options';

interface Call {
  readonly action: string;
  readonly provider?: string;
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly ip?: string;
}

/** What next-auth answered. */
export interface Answer {
  status: number;
  body: unknown;
  cookies: Record<string, string>;
}

type Handler = (request: object, response: object, options: object) => Promise<void>;

// the package is CommonJS: its default lies one step deeper in some loaders
const handler = ((NextAuth as unknown as { default?: Handler }).default ?? NextAuth) as unknown as Handler;

/** Puts one request through next-auth with our settings, as the route of an app does. */
export async function callNextAuth(app: App, call: Call): Promise<Answer> {
  const cookies = call.cookies ?? {};
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ');
  const answer: Answer = { status: 200, body: undefined, cookies: {} };
  const set: string[] = [];
  const response = {
    status(code: number) { answer.status = code; return response; },
    getHeader: () => set,
    setHeader(name: string, value: unknown) {
      if (name.toLowerCase() === 'set-cookie') set.splice(0, set.length, ...(Array.isArray(value) ? (value as string[]) : [String(value)]));
      return response;
    },
    json(body: unknown) { answer.body = body; },
    send(body: unknown) { answer.body = body; },
    end() { return response; },
  };
  const nextauth = call.provider === undefined ? [call.action] : [call.action, call.provider];
  const request = { query: { nextauth }, cookies, method: call.method, body: call.body ?? {}, headers: { cookie, 'x-forwarded-host': call.host, 'x-forwarded-proto': 'http' } };
  const visitor = { host: call.host, secure: false, cookie, requestId: 'test', ip: call.ip ?? '10.0.0.1', userAgent: 'test' };
  await handler(request, response, authOptions(app, visitor, (failure) => { throw failure; }));
  for (const line of set) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
    answer.cookies[name] = value;
  }
  return answer;
}

/** Signs in through next-auth's own form steps and gives back the cookies and the answer. */
export async function signInThrough(app: App, host: string, email: string, password: string, ip?: string): Promise<Answer> {
  const first = await callNextAuth(app, { action: 'csrf', method: 'GET', host });
  const csrfToken = (first.body as { csrfToken: string }).csrfToken;
  const decoded = (set: Record<string, string>) => Object.fromEntries(Object.entries(set).map(([name, value]) => [name, decodeURIComponent(value)]));
  const cookies = decoded(first.cookies);
  const second = await callNextAuth(app, {
    action: 'callback', provider: 'credentials', method: 'POST', host, cookies, body: { csrfToken, email, password, json: 'true', callbackUrl: `http://${host}/` }, ...(ip === undefined ? {} : { ip }),
  });
  return { ...second, cookies: { ...cookies, ...decoded(second.cookies) } };
}
