import type { IncomingMessage, ServerResponse } from 'node:http';
import { baseOf, isLocalHost, listen, readBody, sendJson } from '../http';
import type { Simulator } from '../http';
import { answerFileApi } from './api';
import { Callbacks } from './callbacks';
import { Files } from './files';
import type { StoredFile } from './files';
import { judgeAddress } from './signature';

/** One app of the provider: what UPLOADTHING_TOKEN holds. */
export type UploadApp = { readonly appId: string; readonly apiKey: string };

export type UploadThingOptions = {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  readonly apps: readonly UploadApp[];
};

/** The app that a token belongs to. Throws one line when it is no token. */
export function readToken(token: string): UploadApp {
  try {
    const value = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Partial<Record<string, unknown>>;
    const { appId, apiKey } = value;
    if (typeof appId === 'string' && typeof apiKey === 'string' && apiKey.startsWith('sk_')) return { appId, apiKey };
  } catch {
    // the line below says it for both cases
  }
  throw new Error('UPLOADTHING_TOKEN must be base64 of {"apiKey":"sk_...","appId":"...","regions":["..."]}');
}

/** A token as the provider's dashboard shows it. */
export function makeToken({ appId, apiKey }: UploadApp): string {
  return Buffer.from(JSON.stringify({ apiKey, appId, regions: ['sim1'] })).toString('base64');
}

function allowOrigin(req: IncomingMessage, res: ServerResponse): void {
  const { origin } = req.headers;
  if (origin === undefined || !URL.canParse(origin) || !isLocalHost(new URL(origin).host)) return;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-allow-methods', 'GET, HEAD, PUT');
  res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? '*');
  res.setHeader('access-control-expose-headers', 'x-ut-range-start');
  res.setHeader('vary', 'origin');
}

function parameter(url: URL, name: string): string | null {
  const value = url.searchParams.get(`x-ut-${name}`);
  // names and custom ids are encoded twice
  return value === null ? null : decodeURIComponent(value);
}

function oneOf<T extends string>(value: string | null, words: readonly [T, ...T[]]): T {
  return words.find((word) => word === value) ?? words[0];
}

class UploadThingServer {
  readonly files: Files;
  readonly callbacks = new Callbacks();

  constructor(private readonly options: UploadThingOptions) {
    this.files = new Files(options.dataDir);
  }

  handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', baseOf(req));
    const [, first = '', ...rest] = url.pathname.split('/');
    allowOrigin(req, res);
    if (req.method === 'OPTIONS') res.writeHead(204).end();
    else if (url.pathname === '/_control/ping') sendJson(res, 200, { ok: true });
    else if (req.method === 'POST') await this.#api(req, res, url);
    else if (req.method === 'GET' && (first === 'a' || first === 'f')) this.#read(req, res, first === 'a' ? rest : ['', ...rest]);
    else if (req.method === 'HEAD' || req.method === 'PUT') await this.#upload(req, res, url, first);
    else sendJson(res, 404, { error: 'not found' });
  };

  #appOfKey(req: IncomingMessage): UploadApp | undefined {
    return this.options.apps.find(({ apiKey }) => apiKey === req.headers['x-uploadthing-api-key']);
  }

  async #api(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const app = this.#appOfKey(req);
    if (!app) return sendJson(res, 401, { error: 'invalid api key' });
    let body: unknown;
    try {
      body = JSON.parse((await readBody(req)).toString('utf8'));
    } catch {
      return sendJson(res, 400, { error: 'the body is not JSON' });
    }
    answerFileApi({ path: url.pathname, body, app, base: baseOf(req), files: this.files, callbacks: this.callbacks, res });
  }

  async #upload(req: IncomingMessage, res: ServerResponse, url: URL, key: string): Promise<void> {
    const app = this.options.apps.find(({ appId }) => appId === url.searchParams.get('x-ut-identifier'));
    if (!app || judgeAddress(baseOf(req), req.url ?? '', app.apiKey, Date.now()) !== 'valid') return sendJson(res, 403, { error: 'signature refused' });
    if (req.method === 'HEAD') {
      res.writeHead(200, { 'x-ut-range-start': '0' }).end();
      return;
    }
    const customId = parameter(url, 'custom-id');
    if (this.files.find(app.appId, key) || (customId !== null && this.files.find(app.appId, customId))) return sendJson(res, 409, { error: 'exists already' });
    const bytes = await this.#fileOf(req);
    if (bytes?.length !== Number(parameter(url, 'file-size'))) return sendJson(res, 400, { error: 'file is missing or not of the announced size' });
    const file = this.files.save(
      {
        key,
        appId: app.appId,
        customId,
        name: parameter(url, 'file-name') ?? key,
        type: parameter(url, 'file-type') ?? 'application/octet-stream',
        acl: oneOf(parameter(url, 'acl'), ['private', 'public-read']),
        disposition: oneOf(parameter(url, 'content-disposition'), ['inline', 'attachment']),
      },
      bytes,
    );
    const address = `${baseOf(req)}/a/${app.appId}/${key}`;
    const serverData = url.searchParams.has('x-ut-slug') ? await this.callbacks.tell(file, { url: address, origin: baseOf(req) }, app.apiKey) : null;
    sendJson(res, 200, { url: address, appUrl: address, ufsUrl: address, fileHash: file.fileHash, serverData });
  }

  async #fileOf(req: IncomingMessage): Promise<Buffer | null> {
    const body = await readBody(req);
    try {
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': req.headers['content-type'] ?? '' } }).formData();
      const file = form.get('file');
      return file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  #read(req: IncomingMessage, res: ServerResponse, [appId = '', ...path]: string[]): void {
    const name = decodeURIComponent(path.join('/'));
    const apps = appId === '' ? this.options.apps : this.options.apps.filter((app) => app.appId === appId);
    for (const app of apps) {
      const file = this.files.find(app.appId, name);
      if (!file) continue;
      const judged = judgeAddress(baseOf(req), req.url ?? '', app.apiKey, Date.now());
      if (judged === 'valid' || (judged === 'unsigned' && file.acl === 'public-read')) return this.#send(res, file);
      return sendJson(res, 403, { error: judged });
    }
    sendJson(res, 404, { error: 'not found' });
  }

  #send(res: ServerResponse, file: StoredFile): void {
    const bytes = this.files.read(file);
    res
      .writeHead(200, {
        'content-type': file.type,
        'content-length': String(bytes.length),
        'content-disposition': `${file.disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .end(bytes);
  }
}

/**
 * Starts the UploadThing simulator on the loopback address: ingest, API and delivery on one port, files below `dataDir`.
 * Addresses must say `localhost`, because the client library turns any other name into https. Throws PortTaken.
 */
export async function startUploadThing(options: UploadThingOptions): Promise<Simulator> {
  const uploads = new UploadThingServer(options);
  const { port, stop } = await listen(options.port, uploads.handle);
  return {
    url: `http://localhost:${port}`,
    port,
    close: async () => {
      uploads.callbacks.stop();
      await stop();
    },
  };
}
