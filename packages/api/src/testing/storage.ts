import { createHash } from 'node:crypto';
import { notFound } from '@interdomestik/rules';
import { requireTenantPath, type Storage } from '../vendors/storage';

/** The storage port over a Map, as strict about paths as the real one: a path is taken once, another tenant's is missing. */
export function memoryStorage(): Storage & { readonly files: Map<string, Uint8Array>; puts: number; failNext: boolean } {
  const files = new Map<string, Uint8Array>();
  const bytesOf = (path: string): Uint8Array => {
    const bytes = files.get(path);
    if (bytes === undefined) throw notFound();
    return bytes;
  };
  const store = {
    files,
    puts: 0,
    failNext: false,
    put: async (file: Parameters<Storage['put']>[0]) => {
      requireTenantPath(file.path, file.tenantId);
      if (store.failNext) {
        store.failNext = false;
        throw new Error('the store is down');
      }
      if (files.has(file.path)) throw new Error('the path is taken');
      store.puts += 1;
      files.set(file.path, file.bytes);
      return await Promise.resolve({ tenantId: file.tenantId, path: file.path, storageKey: `key:${file.path}`, sizeBytes: file.bytes.length, sha256: createHash('sha256').update(file.bytes).digest('hex') });
    },
    readLink: async (file: Parameters<Storage['readLink']>[0], seconds = 60) => {
      requireTenantPath(file.path, file.tenantId);
      bytesOf(file.path);
      return await Promise.resolve({ url: `http://store.localhost/${file.storageKey}?expires=${String(seconds)}`, expiresAt: new Date(Date.now() + seconds * 1000) });
    },
    fetchBytes: async (file: Parameters<Storage['fetchBytes']>[0]) => await Promise.resolve(bytesOf(file.path)),
    remove: async (file: Parameters<Storage['remove']>[0]) => {
      requireTenantPath(file.path, file.tenantId);
      files.delete(file.path);
      await Promise.resolve();
    },
  };
  return store;
}
