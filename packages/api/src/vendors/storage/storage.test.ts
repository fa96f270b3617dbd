import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
// check-allow import-table: the test needs the vendor's other side
import { makeToken, startUploadThing } from '@interdomestik/simulators';
// check-allow import-table: the test needs the vendor's other side
import type { Simulator } from '@interdomestik/simulators';
import { forbidden, newId } from '@interdomestik/rules';
import { genUploader } from 'uploadthing/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UploadBucket } from './bucket';
import { storagePath } from './path';
import type { Storage } from './storage';
import { createStorage } from './uploadthing';
import { createUploadHandler } from './upload-handler';
import type { ArrivedFile, UploadGrant, UploadHandlerDeps, UploadRouter } from './upload-handler';

const app = { appId: 'simapp', apiKey: 'sk_live_simulator' };
const pdf = new Uint8Array(Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'));
const entityId = newId();

let simulator: Simulator;
let dataDir: string;
let storage: Storage;

const bucket = (token = makeToken(app)): UploadBucket => ({
  token, ingestUrl: simulator.url, apiUrl: simulator.url, ufsHost: `localhost:${simulator.port}`, ufsAppIdLocation: 'path',
});
const pathOf = (tenantId = 'tenant_ks', documentId = newId()) => storagePath({ tenantId, entity: 'claim', entityId, documentId, extension: 'pdf' });
const put = (path = pathOf()) => storage.put({ tenantId: 'tenant_ks', path, fileName: 'Fatura 1 ё.pdf', mime: 'application/pdf', bytes: pdf });
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? `${String(error.code)} ${'messageKey' in error ? String(error.messageKey) : ''}` : String(error));
const refusal = (promise: Promise<unknown>) => promise.then(() => 'done', codeOf);

type FetchOfLibrary = NonNullable<NonNullable<Parameters<typeof genUploader>[0]>['fetch']>;

/** As much of a browser's XMLHttpRequest as the library uses, carried out by fetch. */
class FetchedRequest extends EventTarget {
  readonly upload = new EventTarget();
  readonly #headers: Record<string, string> = {};
  #target = { method: '', url: '' };
  status = 0;
  statusText = '';
  response: unknown = null;

  open(method: string, url: string): void {
    this.#target = { method, url };
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  send(body: FormData): void {
    const { method, url } = this.#target;
    fetch(url, { method, headers: this.#headers, body })
      .then(async (answer) => {
        this.status = answer.status;
        this.response = await answer.json();
        this.dispatchEvent(new Event('load'));
      })
      .catch(() => this.dispatchEvent(new Event('error')));
  }
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'storage-'));
  simulator = await startUploadThing({ port: 0, dataDir, apps: [app] });
  storage = createStorage({ bucketFor: () => bucket() });
});

afterEach(async () => {
  await simulator.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('storage', () => {
  it('puts, reads by a short link and removes', async () => {
    const path = pathOf();
    const file = await put(path);
    expect(file).toMatchObject({ path, sizeBytes: pdf.length, sha256: createHash('sha256').update(pdf).digest('hex') });
    expect(readdirSync(dataDir, { recursive: true }).some((name) => String(name).endsWith(path))).toBe(true);
    const { url, expiresAt } = await storage.readLink(file);
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60_000);
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(new Uint8Array(await storage.fetchBytes(file, 1000))).toEqual(pdf);
    expect(await refusal(storage.fetchBytes(file, 10))).toBe('INVALID errors.storage.tooLarge');
    await storage.remove(file);
    await storage.remove(file);
    expect(await refusal(storage.fetchBytes(file, 1000))).toBe('NOT_FOUND errors.notFound');
  });

  it('I-26 links live no longer than a minute and die on time', async () => {
    const file = await put();
    for (const seconds of [0, -1, 61, 1.5, Number.NaN]) await expect(storage.readLink(file, seconds)).rejects.toThrow(TypeError);
    const { url } = await storage.readLink(file, 1);
    expect((await fetch(url)).status).toBe(200);
    await sleep(1100);
    expect((await fetch(url)).status).toBe(403);
  });

  it('I-26 another tenant finds nothing at the path', async () => {
    const file = { ...(await put()), tenantId: 'tenant_mk' };
    for (const asked of [storage.readLink(file), storage.fetchBytes(file, 1000), storage.remove(file), storage.put({ ...file, fileName: 'x.pdf', mime: 'application/pdf', bytes: pdf })]) {
      expect(await refusal(asked)).toBe('NOT_FOUND errors.notFound');
    }
  });

  it('asks for the bucket of the tenant', async () => {
    const asked: string[] = [];
    storage = createStorage({ bucketFor: (tenantId) => (asked.push(tenantId), bucket()) });
    await put();
    expect(asked).toEqual(['tenant_ks']);
  });

  it('says unavailable when the store is gone or refuses the key', async () => {
    const file = await put();
    const wrong = createStorage({ bucketFor: () => bucket(makeToken({ ...app, apiKey: 'sk_live_wrong' })) });
    expect(await refusal(wrong.remove(file))).toBe('UNAVAILABLE errors.storage.unavailable');
    expect(await refusal(wrong.fetchBytes(file, 1000))).toBe('UNAVAILABLE errors.storage.unavailable');
    await simulator.close();
    expect(await refusal(storage.fetchBytes(file, 1000))).toBe('UNAVAILABLE errors.storage.unavailable');
    expect(await refusal(put())).toBe('UNAVAILABLE errors.storage.unavailable');
  });
});

describe('upload handler', () => {
  let server: Server;
  let url: string;
  let arrived: ArrivedFile[];
  let reported: unknown[];
  let authorise: UploadHandlerDeps['authorise'];
  let documentId: string;

  const grant = (changes: Partial<UploadGrant> = {}): UploadGrant => ({ tenantId: 'tenant_ks', documentId, path: pathOf('tenant_ks', documentId), maxBytes: 1000, ...changes });

  beforeEach(async () => {
    arrived = [];
    reported = [];
    documentId = newId();
    authorise = () => Promise.resolve(grant());
    const handler = createUploadHandler({
      storage,
      authorise: (...given) => authorise(...given),
      complete: (file) => {
        arrived.push(file);
        return Promise.resolve();
      },
      report: (error) => reported.push(error),
      bucket: bucket(),
    });
    server = createServer((req, res) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
        const headers = new Headers(Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]));
        const body = chunks.length > 0 ? { body: new Uint8Array(Buffer.concat(chunks)) } : {};
        const answer = await handler(new Request(`http://${req.headers.host}${req.url}`, { method: req.method ?? 'GET', headers, ...body }));
        res.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    url = `http://localhost:${(server.address() as AddressInfo).port}/api/uploadthing`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What the browser library does, its XMLHttpRequest replaced by fetch. */
  async function upload(content: Uint8Array, type = 'application/pdf', input: object = { entity: 'claim', entityId }) {
    const asked = await fetch(`${url}?actionType=upload&slug=document`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'session=1' },
      body: JSON.stringify({ files: [{ name: 'raport.pdf', size: content.length, type }], input }),
    });
    const answer = (await asked.json()) as { url: string }[] | { message: string };
    if (!Array.isArray(answer)) return { status: asked.status, message: answer.message };
    const form = new FormData();
    form.append('file', new File([new Uint8Array(content)], 'raport.pdf', { type }));
    const done = await fetch(answer[0]?.url ?? '', { method: 'PUT', body: form });
    return { status: done.status, serverData: ((await done.json()) as { serverData: unknown }).serverData };
  }

  it('lets a granted file through, under our path, with what its bytes are', async () => {
    let cookie: string | null = null;
    authorise = (request, input, file) => {
      cookie = request.headers.get('cookie');
      expect(input).toEqual({ entity: 'claim', entityId });
      expect(file).toEqual({ name: 'raport.pdf', sizeBytes: pdf.length, mime: 'application/pdf' });
      return Promise.resolve(grant());
    };
    expect(await upload(pdf)).toEqual({ status: 200, serverData: { documentId, status: 'stored' } });
    expect(cookie).toBe('session=1');
    expect(arrived).toMatchObject([
      { tenantId: 'tenant_ks', documentId, path: grant().path, status: 'stored', mime: 'application/pdf', sizeBytes: pdf.length, sha256: createHash('sha256').update(pdf).digest('hex') },
    ]);
    const [file] = arrived;
    if (file) expect(new Uint8Array(await storage.fetchBytes(file, 1000))).toEqual(pdf);
    expect(reported).toEqual([]);
  });

  it('deletes what is something else than it says', async () => {
    const html = new Uint8Array(Buffer.from('<!doctype html><script>alert(1)</script>'));
    expect(await upload(html)).toEqual({ status: 200, serverData: { documentId, status: 'rejected', reason: 'errors.storage.type' } });
    const [file] = arrived;
    expect(file).toMatchObject({ status: 'rejected', reason: 'errors.storage.type' });
    if (file) expect(await refusal(storage.fetchBytes(file, 1000))).toBe('NOT_FOUND errors.notFound');
  });

  it('refuses before any byte is sent, with a message key', async () => {
    authorise = () => Promise.reject(forbidden());
    expect(await upload(pdf)).toEqual({ status: 403, message: 'errors.forbidden' });
    authorise = () => Promise.resolve(grant({ maxBytes: 5 }));
    expect(await upload(pdf)).toEqual({ status: 400, message: 'errors.storage.tooLarge' });
    authorise = () => Promise.resolve(grant({ path: pathOf('tenant_mk') }));
    expect(await upload(pdf)).toEqual({ status: 404, message: 'errors.notFound' });
    authorise = () => Promise.reject(new Error('broken'));
    expect(await upload(pdf)).toEqual({ status: 500, message: 'errors.unavailable' });
    expect(reported).toHaveLength(1);
    authorise = () => Promise.resolve(grant());
    expect(await upload(pdf, 'text/html')).toEqual({ status: 400, message: 'errors.storage.type' });
    expect(await upload(new Uint8Array())).toEqual({ status: 400, message: 'errors.storage.empty' });
    expect(await upload(pdf, 'application/pdf', { entity: 'audit', entityId })).toEqual({ status: 400, message: 'errors.storage.refused' });
    expect(await upload(pdf, 'application/pdf', { entity: 'claim', entityId: '../x' })).toEqual({ status: 400, message: 'errors.storage.refused' });
    expect(arrived).toEqual([]);
  });

  it('takes no callback that the store did not sign', async () => {
    const payload = JSON.stringify({ status: 'uploaded', metadata: grant(), file: {}, origin: simulator.url });
    const answer = await fetch(`${url}?slug=document`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'uploadthing-hook': 'callback', 'x-uploadthing-signature': `hmac-sha256=${'0'.repeat(64)}` },
      body: payload,
    });
    expect(answer.status).toBe(400);
    expect(arrived).toEqual([]);
  });

  it('speaks with the real browser library', async () => {
    vi.stubGlobal('XMLHttpRequest', FetchedRequest);
    try {
      const { uploadFiles } = genUploader<UploadRouter>({ url, fetch: fetch as FetchOfLibrary, package: 'test' });
      const file = new File([pdf], 'raport.pdf', { type: 'application/pdf' });
      const [done] = await uploadFiles('document', { files: [file], input: { entity: 'claim', entityId } });
      expect(done).toMatchObject({ customId: grant().path, serverData: { documentId, status: 'stored' } });
      authorise = () => Promise.reject(forbidden());
      await expect(uploadFiles('document', { files: [file], input: { entity: 'claim', entityId } })).rejects.toMatchObject({ message: 'errors.forbidden' });
    } finally {
      vi.unstubAllGlobals();
    }
    const config = (await (await fetch(url)).json()) as { slug: string; config: object }[];
    expect(config).toMatchObject([{ slug: 'document', config: { 'application/pdf': { maxFileSize: '16MB', maxFileCount: 1 } } }]);
  });
});
