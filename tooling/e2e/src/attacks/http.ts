import { request } from 'node:http';
import { connect } from 'node:net';
import type { Page } from 'playwright-core';
import { demoSignIns } from '@interdomestik/db/seed';

/** A request as an attacker writes it: nothing in it is tidied up on its way. */
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly cookie?: string;
}

export interface Answer {
  /** The request in one line, for messages. */
  readonly asked: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
  readonly body: string;
  readonly milliseconds: number;
}

/** One request to a part of the product. The host's name goes into the Host header, since Node does not resolve `ks.localhost`. */
export function ask(address: string, path: string, { method = 'GET', headers = {}, body, cookie = '' }: Asked = {}): Promise<Answer> {
  const url = new URL(address);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let answered = false;
    const asked = request({ host: '127.0.0.1', port: url.port, path, method, headers: { host: url.host, ...(cookie === '' ? {} : { cookie }), ...headers } }, (answer) => {
      answered = true;
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      const done = (): void => {
        const bytes = Buffer.concat(parts);
        const flat = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
        resolve({ asked: `${method} ${url.host}${path.slice(0, 120)}`, status: answer.statusCode ?? 0, headers: flat, cookies: answer.headers['set-cookie'] ?? [], bytes, body: bytes.toString(), milliseconds: performance.now() - began });
      };
      answer.on('end', done);
      // a refusal may come while the rest of a long body is still being sent
      answer.on('error', done);
    });
    asked.setTimeout(30_000, () => asked.destroy(new Error(`no answer to ${method} ${path.slice(0, 120)}`)));
    asked.on('error', (error) => { if (!answered) reject(error); });
    asked.end(body);
  });
}

/** Bytes that need not be a request; what comes back, as text. */
export function raw(address: string, bytes: string): Promise<string> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), '127.0.0.1', () => socket.end(bytes));
    let text = '';
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (part: Buffer) => { text += part.toString('latin1'); });
    socket.on('close', () => { resolve(text); });
    socket.on('error', (error) => { if (text === '') reject(error); });
  });
}

/** The Cookie header that this browser would send. */
export async function cookiesOf(page: Page, address: string): Promise<string> {
  return (await page.context().cookies(address)).map(({ name, value }) => `${name}=${value}`).join('; ');
}

const pair = (line: string): string => line.split(';', 1)[0] ?? '';

/** Signs a seeded member in over bare HTTP, `headers` along with every step, from a page of that scheme. Gives the Cookie header and every Set-Cookie line. */
export async function signInMember(address: string, slug: string, headers: Readonly<Record<string, string>> = {}, scheme = 'http'): Promise<{ cookie: string; set: readonly string[] }> {
  const found = demoSignIns.find(({ tenant, role }) => tenant === slug && role === 'member');
  if (found === undefined) throw new Error(`no seeded member in ${slug}`);
  const first = await ask(address, '/api/auth/csrf', { headers });
  const { csrfToken } = JSON.parse(first.body) as { csrfToken: string };
  const host = new URL(address);
  const origin = `${scheme}://${host.host}`;
  const form = new URLSearchParams({ csrfToken, email: found.email, password: found.password, json: 'true', callbackUrl: `${origin}/` });
  const second = await ask(address, '/api/auth/callback/credentials', {
    method: 'POST', cookie: first.cookies.map(pair).join('; '), headers: { ...headers, origin, 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString(),
  });
  if (second.status !== 200) throw new Error(`the sign-in answered ${String(second.status)} ${second.body.slice(0, 200)}`);
  return { cookie: [...first.cookies, ...second.cookies].map(pair).join('; '), set: [...first.cookies, ...second.cookies] };
}

/** Path of a query with its input, as tRPC's client writes it. */
export function queryPath(name: string, input?: unknown): string {
  return `/api/trpc/${name}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`}`;
}

/** A mutation as a page of that host sends it. */
export function mutation(address: string, input: unknown, cookie = ''): Asked {
  return { method: 'POST', cookie, headers: { origin: new URL(address).origin, 'content-type': 'application/json' }, body: JSON.stringify({ json: input }) };
}
