import fc from 'fast-check';
import { isDomainError } from '@interdomestik/rules';
import { describe, expect, it } from 'vitest';
import { parseStoragePath, requireTenantPath, storagePath } from './path';
import type { StoragePlace } from './path';

const place: StoragePlace = {
  tenantId: 'tenant_ks',
  entity: 'claim',
  entityId: '0198a1f0-0000-7000-8000-000000000001',
  documentId: '0198a1f0-0000-7000-8000-000000000002',
  extension: 'pdf',
};

describe('storagePath', () => {
  it('names tenant, entity and document', () => {
    const path = 'pii/tenants/tenant_ks/claim/0198a1f0-0000-7000-8000-000000000001/0198a1f0-0000-7000-8000-000000000002.pdf';
    expect(storagePath(place)).toBe(path);
    expect(parseStoragePath(path)).toEqual(place);
  });

  it('I-26 refuses everything that is no id, word or tenant', () => {
    const ugly = ['', '..', '../..', '%2e%2e', 'a/b', 'x.pdf', place.entityId.toUpperCase(), `${place.entityId} `, `${place.entityId}\n`, '\0'];
    for (const text of ugly) {
      const bad = text as never;
      for (const field of ['tenantId', 'entity', 'entityId', 'documentId', 'extension'] as const) {
        expect(() => storagePath({ ...place, [field]: bad })).toThrow(TypeError);
      }
    }
  });

  it('I-26 reads back only what it made', () => {
    const path = storagePath(place);
    for (const other of ['', `/${path}`, `${path}/`, `${path}.pdf`, path.replace('pii/', ''), path.replace('claim', 'claim/../claim'), path.replaceAll('/', '%2f'), path.toUpperCase()]) {
      expect(parseStoragePath(other)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseStoragePath(text)).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  it('I-26 shows the path of another tenant as missing', () => {
    for (const path of [storagePath({ ...place, tenantId: 'tenant_mk' }), 'pii/tenants/tenant_ks/../tenant_mk/x', '']) {
      let seen: unknown;
      try {
        requireTenantPath(path, 'tenant_ks');
      } catch (error) {
        seen = isDomainError(error) ? error.code : error;
      }
      expect(seen).toBe('NOT_FOUND');
    }
  });
});
