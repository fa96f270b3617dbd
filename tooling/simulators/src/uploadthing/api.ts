import type { ServerResponse } from 'node:http';
import { sendJson } from '../http';
import type { Callbacks } from './callbacks';
import type { Files, StoredFile } from './files';
import type { UploadApp } from './server';
import { signText } from './signature';

export type FileApiRequest = {
  readonly path: string;
  readonly body: unknown;
  readonly app: UploadApp;
  readonly base: string;
  readonly files: Files;
  readonly callbacks: Callbacks;
  readonly res: ServerResponse;
};

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function named({ files, app }: FileApiRequest, fields: Fields): StoredFile[] {
  const names = [...texts(fields['fileKeys']), ...texts(fields['customIds']), ...texts([fields['fileKey'], fields['customId']])];
  return names.flatMap((name) => files.find(app.appId, name) ?? []);
}

function registerRoute(request: FileApiRequest, fields: Fields): void {
  const { res, callbacks } = request;
  const stream = fields['isDev'] === true ? res : null;
  callbacks.register(texts(fields['fileKeys']), {
    metadata: fieldsOf(fields['metadata']),
    callbackUrl: String(fields['callbackUrl']),
    callbackSlug: String(fields['callbackSlug']),
    awaitServerData: fields['awaitServerData'] === true,
    stream,
  });
  if (stream) stream.writeHead(200, { 'content-type': 'application/jsonl' }).flushHeaders();
  else sendJson(res, 200, { ok: true });
}

function signedAddress({ base, app }: FileApiRequest, file: StoredFile, seconds: number): string {
  const unsigned = `${base}/a/${app.appId}/${file.key}?expires=${Date.now() + seconds * 1000}`;
  return `${unsigned}&signature=${encodeURIComponent(signText(unsigned, app.apiKey))}`;
}

function listed(request: FileApiRequest, fields: Fields) {
  const all = request.files.list(request.app.appId);
  const offset = Number(fields['offset'] ?? 0);
  const limit = Number(fields['limit'] ?? 500);
  const files = all.slice(offset, offset + limit).map(({ key, customId, name, size, uploadedAt }) => ({ id: key, key, customId, name, size, status: 'Uploaded', uploadedAt }));
  return { hasMore: offset + limit < all.length, files };
}

function update(request: FileApiRequest, fields: Fields): void {
  for (const change of Array.isArray(fields['updates']) ? fields['updates'].map(fieldsOf) : []) {
    for (const file of named(request, change)) {
      const { acl, newName } = change;
      request.files.change(file, {
        ...((acl === 'private' || acl === 'public-read') && { acl }),
        ...(typeof newName === 'string' && { name: newName }),
      });
    }
  }
}

/** Answers one call of the ingest or management API made with an app's key. */
export function answerFileApi(request: FileApiRequest): void {
  const { path, res, files, app } = request;
  const fields = fieldsOf(request.body);
  switch (path) {
    case '/route-metadata':
      return registerRoute(request, fields);
    case '/callback-result': {
      const known = request.callbacks.answered(String(fields['fileKey']), fields['callbackData'] ?? null);
      return sendJson(res, 200, { ok: known });
    }
    case '/v6/deleteFiles': {
      const found = named(request, fields);
      for (const file of found) files.remove(file);
      return sendJson(res, 200, { success: true, deletedCount: found.length });
    }
    case '/v6/listFiles':
      return sendJson(res, 200, listed(request, fields));
    case '/v6/requestFileAccess': {
      const [file] = named(request, fields);
      if (!file) return sendJson(res, 404, { error: 'not found' });
      const url = signedAddress(request, file, Number(fields['expiresIn'] ?? 300));
      return sendJson(res, 200, { url, ufsUrl: url });
    }
    case '/v6/renameFiles':
    case '/v6/updateACL':
      update(request, fields);
      return sendJson(res, 200, { success: true });
    case '/v6/getUsageInfo': {
      const all = files.list(app.appId);
      const bytes = all.reduce((sum, { size }) => sum + size, 0);
      return sendJson(res, 200, { totalBytes: bytes, appTotalBytes: bytes, filesUploaded: all.length, limitBytes: 2 * 1024 ** 3 });
    }
    default:
      return sendJson(res, 404, { error: `${path} is not simulated` });
  }
}
