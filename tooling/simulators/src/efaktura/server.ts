import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { baseOf, listen, readBody, sendHtml, sendJson } from '../http';
import type { Simulator } from '../http';
import { Journal } from '../journal';
import { isFields } from '../paddle/body';
import { faultOf, submittedOf, type KeptDocument } from './documents';

export type EfakturaOptions = {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  /** Keys that the service knows; each is an account of its own. */
  readonly keys: readonly string[];
};

/**
 * What the next documents meet: `down` answers 503 and keeps nothing, `lose` keeps and answers nothing, `later` keeps and decides when it is told to,
 * `reject` refuses with the reason.
 */
export type NextAnswer = { readonly answer: 'down' | 'lose' | 'later' | 'reject'; readonly reason?: string };

const isNext = (value: unknown): value is NextAnswer => isFields(value) && ['down', 'lose', 'later', 'reject'].includes(String(value['answer']));

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

class EfakturaServer {
  readonly #journal: Journal;
  #next: NextAnswer[] = [];

  constructor(private readonly options: EfakturaOptions) {
    this.#journal = new Journal(join(options.dataDir, 'documents.jsonl'));
  }

  handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', baseOf(req));
    if (url.pathname.startsWith('/_control/')) await this.#control(req, res, url.pathname.slice('/_control/'.length));
    else if (req.method === 'GET' && url.pathname.startsWith('/verify/')) this.#verify(res, url.pathname.slice('/verify/'.length));
    else if (url.pathname.startsWith('/api/v1/documents')) await this.#api(req, res, url);
    else sendJson(res, 404, { error: 'not found' });
  };

  #all(): KeptDocument[] {
    return [...this.#journal.all<KeptDocument>('documents').values()];
  }

  async #control(req: IncomingMessage, res: ServerResponse, what: string): Promise<void> {
    const body = req.method === 'POST' ? parse((await readBody(req)).toString('utf8')) : null;
    if (what === 'next' && Array.isArray(body) && body.every(isNext)) this.#next = body;
    else if (what === 'decide' && isFields(body)) this.#decide(String(body['key']), typeof body['reason'] === 'string' ? body['reason'] : null);
    else if (what === 'documents') {
      sendJson(res, 200, this.#all());
      return;
    } else if (what !== 'ping') {
      sendJson(res, 400, { error: 'not understood' });
      return;
    }
    sendJson(res, 200, { ok: true });
  }

  #decide(key: string, reason: string | null): void {
    for (const kept of this.#all()) if (kept.key === key && kept.status === 'submitted') this.#keep({ ...kept, status: reason === null ? 'cleared' : 'rejected', id: reason === null ? this.#idOf(kept.account, key) : null, reason });
  }

  #keep(kept: KeptDocument): void {
    this.#journal.put('documents', `${kept.account}/${kept.key}`, kept);
  }

  #idOf(account: string, key: string): string {
    return `EF-${createHash('sha256').update(`${account}/${key}`).digest('hex').slice(0, 20).toUpperCase()}`;
  }

  async #api(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const account = /^Bearer (.+)$/u.exec(req.headers.authorization ?? '')?.[1] ?? '';
    if (!this.options.keys.includes(account)) {
      sendJson(res, 401, { error: 'unknown key' });
      return;
    }
    if (req.method === 'GET') {
      const kept = this.#journal.get<KeptDocument>('documents', `${account}/${decodeURIComponent(url.pathname.slice('/api/v1/documents/'.length))}`);
      if (kept === undefined) sendJson(res, 404, { error: 'not found' });
      else this.#answer(req, res, kept);
      return;
    }
    await this.#submit(req, res, account);
  }

  async #submit(req: IncomingMessage, res: ServerResponse, account: string): Promise<void> {
    const body = parse((await readBody(req)).toString('utf8'));
    const key = String(req.headers['idempotency-key'] ?? '');
    const known = this.#journal.get<KeptDocument>('documents', `${account}/${key}`);
    const next = known === undefined ? this.#next.shift() : undefined;
    if (next?.answer === 'down') {
      sendJson(res, 503, { error: 'down' });
      return;
    }
    if (key === '') {
      sendJson(res, 400, { error: 'Idempotency-Key is missing' });
      return;
    }
    if (known !== undefined) {
      if (JSON.stringify(known.body) === JSON.stringify(body)) this.#answer(req, res, known);
      else sendJson(res, 409, { error: 'the key was used for another document' });
      return;
    }
    const kept = this.#judge(account, key, body, next);
    this.#keep(kept);
    if (next?.answer === 'lose') req.socket.destroy();
    else this.#answer(req, res, kept);
  }

  #judge(account: string, key: string, body: unknown, next: NextAnswer | undefined): KeptDocument {
    const base = { account, key, receivedAt: new Date().toISOString(), body };
    const refused = (number: string, reason: string): KeptDocument => ({ ...base, number, status: 'rejected', id: null, reason });
    const fault = faultOf(body);
    if (fault !== null) return refused('', fault);
    const { number, corrects } = submittedOf(body);
    if (next?.answer === 'reject') return refused(number, next.reason ?? 'rejected');
    const own = this.#all().filter((one) => one.account === account && one.status !== 'rejected');
    if (own.some((one) => one.number === number)) return refused(number, 'the number is registered already');
    if (corrects !== null && !own.some(({ id }) => id === corrects)) return refused(number, 'the corrected invoice is not cleared');
    return next?.answer === 'later' ? { ...base, number, status: 'submitted', id: null, reason: null } : { ...base, number, status: 'cleared', id: this.#idOf(account, key), reason: null };
  }

  #answer(req: IncomingMessage, res: ServerResponse, { status, id, reason }: KeptDocument): void {
    sendJson(res, status === 'submitted' ? 202 : 200, { status, ...(id === null ? {} : { id, qr: `${baseOf(req)}/verify/${id}` }), ...(reason === null ? {} : { reason }) });
  }

  #verify(res: ServerResponse, id: string): void {
    const kept = this.#all().find((one) => one.id === id);
    if (kept === undefined) sendHtml(res, 404, '<!doctype html><title>e-Faktura</title><p>Unknown document</p>');
    else sendHtml(res, 200, `<!doctype html><title>e-Faktura</title><p>${id}</p><p>${kept.number.replace(/[&<>"]/gu, '')}</p>`);
  }
}

/** Runs a simulated clearing service of a tax authority. Throws PortTaken. */
export async function startEfaktura(options: EfakturaOptions): Promise<Simulator> {
  const server = new EfakturaServer(options);
  const { port, stop } = await listen(options.port, server.handle);
  return { url: `http://localhost:${port}`, port, close: stop };
}
