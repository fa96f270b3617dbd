import { createHash } from 'node:crypto';
import { assertNothingWaits } from '@interdomestik/db';
import { DomainError, invalid, notFound } from '@interdomestik/rules';
import { UTApi, UTFile } from 'uploadthing/server';
import { libraryConfig, sharedBucket } from './bucket';
import type { BucketFor, UploadBucket } from './bucket';
import { requireTenantPath } from './path';
import { longestReadSeconds } from './storage';
import type { FileRef, NewFile, PutFile, ReadLink, Storage } from './storage';

const timeoutMs = 20_000;

export type StorageOptions = {
  readonly bucketFor?: BucketFor;
  readonly now?: () => Date;
};

function unavailable(cause: unknown): DomainError {
  return new DomainError('UNAVAILABLE', 'errors.storage.unavailable', { cause });
}

function limitedFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutMs);
  return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
}

type LibraryFetch = NonNullable<NonNullable<ConstructorParameters<typeof UTApi>[0]>['fetch']>;

// the library describes fetch in types of its own, of which ours is one
const libraryFetch = limitedFetch as LibraryFetch;

async function readLimited(answer: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw invalid('file', 'errors.storage.tooLarge', { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The UploadThing store. `bucketFor` defaults to the environment's shared bucket, read at the first call. */
export function createStorage({ bucketFor = () => sharedBucket(), now = () => new Date() }: StorageOptions = {}): Storage {
  const apis = new Map<string, UTApi>();

  function apiOf(bucket: UploadBucket): UTApi {
    const name = JSON.stringify(bucket);
    // what it logs of a failed call holds the signed address; our own error says what is needed
    const api = apis.get(name) ?? new UTApi({ ...libraryConfig(bucket), logLevel: 'None', fetch: libraryFetch });
    apis.set(name, api);
    return api;
  }

  function apiFor(tenantId: string, path: string): UTApi {
    requireTenantPath(path, tenantId);
    return apiOf(bucketFor(tenantId));
  }

  async function readLink(file: FileRef, seconds: number = longestReadSeconds): Promise<ReadLink> {
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestReadSeconds) throw new TypeError(`a read link lives 1 to ${longestReadSeconds} seconds`);
    const api = apiFor(file.tenantId, file.path);
    const expiresAt = new Date(now().getTime() + seconds * 1000);
    try {
      const { ufsUrl } = await api.generateSignedURL(file.storageKey, { expiresIn: seconds });
      return { url: ufsUrl, expiresAt };
    } catch (error) {
      throw unavailable(error);
    }
  }

  return {
    async put(file: NewFile): Promise<PutFile> {
      assertNothingWaits('a call of the file store');
      const api = apiFor(file.tenantId, file.path);
      // the library's type of these options leans on a browser type and has lost `type`
      const options = { customId: file.path, type: file.mime };
      const upload = new UTFile([new Uint8Array(file.bytes)], file.fileName, options);
      const { data, error } = await api.uploadFiles(upload, { contentDisposition: 'inline', acl: 'private' }).catch((cause: unknown) => {
        throw unavailable(cause);
      });
      if (data === null) throw unavailable(error);
      return {
        tenantId: file.tenantId,
        path: file.path,
        storageKey: data.key,
        sizeBytes: file.bytes.length,
        sha256: createHash('sha256').update(file.bytes).digest('hex'),
      };
    },

    readLink,

    async fetchBytes(file: FileRef, maxBytes: number): Promise<Uint8Array> {
      assertNothingWaits('a call of the file store');
      const { url } = await readLink(file);
      let answer: Response;
      try {
        answer = await limitedFetch(url);
      } catch (error) {
        throw unavailable(error);
      }
      if (answer.status === 404) throw notFound();
      if (!answer.ok) throw unavailable(new Error(`the store answered ${answer.status}`));
      try {
        return await readLimited(answer, maxBytes);
      } catch (error) {
        throw error instanceof DomainError ? error : unavailable(error);
      }
    },

    async remove(file: FileRef): Promise<void> {
      assertNothingWaits('a call of the file store');
      const api = apiFor(file.tenantId, file.path);
      try {
        await api.deleteFiles(file.storageKey);
      } catch (error) {
        throw unavailable(error);
      }
    },
  };
}
