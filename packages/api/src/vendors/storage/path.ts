import { isId, notFound } from '@interdomestik/rules';

/** What a document can belong to; the same words as in the documents table. */
export const storageEntities = ['claim', 'invoice', 'receipt', 'membership', 'policy', 'member', 'deposit', 'payout'] as const;
export type StorageEntity = (typeof storageEntities)[number];

export const storageExtensions = ['pdf', 'jpg', 'png', 'webp', 'heic'] as const;
export type StorageExtension = (typeof storageExtensions)[number];

export type StoragePlace = {
  readonly tenantId: string;
  readonly entity: StorageEntity;
  readonly entityId: string;
  readonly documentId: string;
  readonly extension: StorageExtension;
};

const tenantShape = /^[a-z][a-z0-9_]{1,62}$/u;

function wordIn<T extends string>(words: readonly T[], word: string): T | undefined {
  return words.find((candidate) => candidate === word);
}

function isPlace(place: StoragePlace): boolean {
  return (
    tenantShape.test(place.tenantId) &&
    wordIn(storageEntities, place.entity) !== undefined &&
    isId(place.entityId) &&
    isId(place.documentId) &&
    wordIn(storageExtensions, place.extension) !== undefined
  );
}

/**
 * `pii/tenants/<tenant_id>/<entity>/<entity_id>/<document_id>.<ext>`. Nothing in it comes from a file's name.
 * Throws TypeError for anything but a tenant id, a known entity, two uuids and a known extension.
 */
export function storagePath(place: StoragePlace): string {
  if (!isPlace(place)) throw new TypeError('not a place for a document');
  return `pii/tenants/${place.tenantId}/${place.entity}/${place.entityId}/${place.documentId}.${place.extension}`;
}

/** Reads a path that `storagePath` made; null for any other text. */
export function parseStoragePath(path: string): StoragePlace | null {
  const [root, tenants, tenantId = '', entityWord = '', entityId = '', name = '', ...rest] = path.split('/');
  const [documentId = '', extensionWord = '', ...more] = name.split('.');
  const entity = wordIn(storageEntities, entityWord);
  const extension = wordIn(storageExtensions, extensionWord);
  if (root !== 'pii' || tenants !== 'tenants' || rest.length > 0 || more.length > 0 || !entity || !extension) return null;
  const place = { tenantId, entity, entityId, documentId, extension };
  return isPlace(place) ? place : null;
}

/** Throws NOT_FOUND unless the path is one of that tenant's: another tenant's file looks like a missing one. */
export function requireTenantPath(path: string, tenantId: string): StoragePlace {
  const place = parseStoragePath(path);
  if (place?.tenantId !== tenantId) throw notFound();
  return place;
}
