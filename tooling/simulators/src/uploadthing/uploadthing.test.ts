import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UTApi, UTFile, UTFiles, createRouteHandler, createUploadthing } from 'uploadthing/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBody } from '../http';
import type { Simulator } from '../http';
import { scratchDir } from '../testing';
import { makeToken, readToken, startUploadThing } from './server';

const app = { appId: 'simapp', apiKey: 'sk_live_simulator' };
const other = { appId: 'otherapp', apiKey: 'sk_live_other' };
const path = 'pii/tenants/tenant_ks/claim/0198a1f0-0000-7000-8000-000000000001/0198a1f0-0000-7000-8000-000000000002.txt';

let simulator: Simulator;
let scratch: ReturnType<typeof scratchDir>;

const config = (of = app) => ({
  token: makeToken(of),
  ingestUrl: simulator.url,
  apiUrl: simulator.url,
  ufsHost: `localhost:${simulator.port}`,
  ufsAppIdLocation: 'path' as const,
  logLevel: 'None' as const,
});
const start = () => startUploadThing({ port: 0, dataDir: scratch.dir, apps: [app, other] });
const put = async (api: UTApi, customId = path) => {
  const { data, error } = await api.uploadFiles(new UTFile(['Përshëndetje'], 'letër ё 1.txt', { customId }));
  if (!data) throw new Error(error.message);
  return data;
};

/** An app server that mounts the real route handler. */
async function startApp(isDev: boolean) {
  const completed: unknown[] = [];
  const router = {
    document: createUploadthing()({ 'text/plain': { maxFileSize: '1MB' } })
      .middleware(({ files }) => ({ documentId: 'd1', [UTFiles]: files.map((file) => ({ ...file, customId: path })) }))
      .onUploadComplete(({ file, metadata }) => {
        completed.push({ customId: file.customId, documentId: metadata.documentId, size: file.size });
        return { stored: true };
      }),
  };
  const handler = createRouteHandler({ router, config: { ...config(), isDev } });
  const server = createServer((req, res) => {
    void (async () => {
      const body = await readBody(req);
      const headers = new Headers(Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]));
      const answer = await handler(new Request(`http://${req.headers.host}${req.url}`, { method: req.method ?? 'GET', headers, ...(body.length > 0 && { body: new Uint8Array(body) }) }));
      res.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://localhost:${(server.address() as AddressInfo).port}/api/uploadthing`;
  return { url, completed, close: () => { server.closeAllConnections(); server.close(); } };
}

beforeEach(async () => {
  scratch = scratchDir();
  simulator = await start();
});

afterEach(async () => {
  await simulator.close();
  scratch.remove();
});

describe('UploadThing simulator', () => {
  it('keeps a file that the SDK uploads under its own path, over a restart', async () => {
    const stored = await put(new UTApi(config()));
    expect(stored).toMatchObject({ customId: path, size: 14, type: 'text/plain' });
    await simulator.close();
    simulator = await start();
    const api = new UTApi(config());
    const { ufsUrl } = await api.generateSignedURL(stored.key, { expiresIn: 60 });
    const answer = await fetch(ufsUrl);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain', 'Përshëndetje']);
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('letër ё 1.txt')}`);
    const { files } = await api.listFiles();
    expect(files).toMatchObject([{ key: stored.key, customId: path }]);
    expect(readdirSync(scratch.dir, { recursive: true }).some((name) => String(name).endsWith(path))).toBe(true);
  });

  it('reads nothing without a valid, unexpired signature of the same app', async () => {
    const api = new UTApi(config());
    const { key } = await put(api);
    const { ufsUrl } = await api.generateSignedURL(key, { expiresIn: 1 });
    const status = async (url: string) => (await fetch(url)).status;
    expect(await status(ufsUrl)).toBe(200);
    expect(await status(`${simulator.url}/a/${app.appId}/${key}`)).toBe(403);
    expect(await status(ufsUrl.replace(/.$/u, (last) => (last === '0' ? '1' : '0')))).toBe(403);
    expect(await status(ufsUrl.replace(/expires=\d+/u, `expires=${Date.now() + 60_000}`))).toBe(403);
    expect(await status((await new UTApi(config(other)).generateSignedURL(key)).ufsUrl)).toBe(404);
    expect(await status((await api.generateSignedURL('unknown')).ufsUrl)).toBe(404);
    expect(await status((await api.getSignedURL(key, { expiresIn: 60 })).ufsUrl)).toBe(200);
    await sleep(1100);
    expect(await status(ufsUrl)).toBe(403);
  });

  it('deletes by key and by path, only within the app', async () => {
    const api = new UTApi(config());
    const { key } = await put(api);
    expect(await new UTApi(config(other)).deleteFiles(key)).toEqual({ success: true, deletedCount: 0 });
    expect(await api.deleteFiles(path, { keyType: 'customId' })).toEqual({ success: true, deletedCount: 1 });
    expect((await fetch((await api.generateSignedURL(key)).ufsUrl)).status).toBe(404);
    await expect(new UTApi(config({ ...app, apiKey: 'sk_live_wrong' })).listFiles()).rejects.toThrow();
  });

  it('takes a path once, and no path leaves the folder', async () => {
    const api = new UTApi(config());
    await put(api);
    await expect(put(api)).rejects.toThrow();
    await put(api, '../../escape.txt');
    expect(existsSync(join(scratch.dir, '..', 'escape.txt'))).toBe(false);
  });

  it.each([true, false])('runs the client flow with its callback, isDev %s', async (isDev) => {
    const server = await startApp(isDev);
    try {
      const file = new File(['hello'], 'a.txt', { type: 'text/plain' });
      const asked = await fetch(`${server.url}?actionType=upload&slug=document`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ files: [{ name: file.name, size: file.size, type: file.type }], input: null }),
      });
      const [presigned] = (await asked.json()) as { url: string }[];
      const url = presigned?.url ?? '';
      expect((await fetch(url, { method: 'HEAD' })).headers.get('x-ut-range-start')).toBe('0');
      const form = new FormData();
      form.append('file', file);
      expect((await fetch(url.replace('file-size=5', 'file-size=6'), { method: 'PUT', body: form })).status).toBe(403);
      const done = await fetch(url, { method: 'PUT', body: form, headers: { origin: 'http://ks.localhost:3000' } });
      expect(done.headers.get('access-control-allow-origin')).toBe('http://ks.localhost:3000');
      expect(await done.json()).toMatchObject({ serverData: { stored: true } });
      expect(server.completed).toEqual([{ customId: path, documentId: 'd1', size: 5 }]);
    } finally {
      server.close();
    }
  });

  it('reads its own tokens and refuses others in one line', () => {
    expect(readToken(makeToken(app))).toEqual(app);
    for (const bad of ['', 'x', Buffer.from('{}').toString('base64')]) expect(() => readToken(bad)).toThrow(/^UPLOADTHING_TOKEN must be/u);
  });
});
