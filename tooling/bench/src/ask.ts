import { request, type IncomingHttpHeaders } from 'node:http';

/** One request with a Host header of its own, which fetch does not send and Node's resolver does not need to know. */
export interface Ask {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly cookie?: string;
  /** Sent as a form with POST; GET without. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly json?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks a server of this machine. Rejects when it cannot be reached. */
export async function ask({ port, host, path, cookie, form, json }: Ask): Promise<Answer> {
  const body = form !== undefined ? new URLSearchParams(form).toString() : json === undefined ? undefined : JSON.stringify(json);
  const headers = {
    host, ...(cookie === undefined ? {} : { cookie }),
    ...(body === undefined ? {} : { 'content-type': form === undefined ? 'application/json' : 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), origin: `http://${host}` }),
  };
  return await new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => { text += part; });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.once('error', reject);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

const cookiesOf = (headers: IncomingHttpHeaders): string[] => (headers['set-cookie'] ?? []).flatMap((cookie) => cookie.split(';')[0] ?? []);

/** Gives the code that the portal shows a demo account, where it asks for one. */
async function giveCode(server: Pick<Ask, 'port' | 'host'>, cookie: string): Promise<void> {
  const state = await ask({ ...server, path: '/api/trpc/secondFactor.state', cookie });
  const { needs, demoCode } = (JSON.parse(state.text) as { result: { data: { json: { needs: string | null; demoCode: string | null } } } }).result.data.json;
  if (needs === null) return;
  const given = await ask({ ...server, path: '/api/trpc/secondFactor.verify', cookie, json: { json: { code: demoCode ?? '' } } });
  if (given.status !== 200) throw new Error(`the code was answered with ${given.status} ${given.text.slice(0, 200)}`);
}

/** Signs in through the portal's own form address and returns the Cookie header that a browser would send from then on. */
export async function signInOverHttp(server: Pick<Ask, 'port' | 'host'>, person: { readonly email: string; readonly password: string }): Promise<string> {
  const csrf = await ask({ ...server, path: '/api/auth/csrf' });
  const token = (JSON.parse(csrf.text) as { csrfToken?: string }).csrfToken ?? '';
  const entered = await ask({
    ...server, path: '/api/auth/callback/credentials', cookie: cookiesOf(csrf.headers).join('; '), form: { csrfToken: token, email: person.email, password: person.password, json: 'true' },
  });
  const cookie = cookiesOf(entered.headers).filter((one) => one.includes('.session')).join('; ');
  if (cookie === '') throw new Error(`the sign-in answered ${entered.status} and no session: ${entered.text.slice(0, 200)}`);
  await giveCode(server, cookie);
  return cookie;
}
