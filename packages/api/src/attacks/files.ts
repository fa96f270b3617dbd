import { withTenant } from '@interdomestik/db';
import { documents } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { systemScopeOf } from '../testing';
import { storagePath, type StorageEntity } from '../vendors/storage';
import type { Attack } from './attack';
import type { Place } from './place';

/** A kind of stored file, by what it hangs on. */
export interface FileAttack {
  /** The row of the place that the file hangs on. */
  readonly entityId: (place: Place) => string;
  /** Who reads it, so that the matrix knows whose it is. */
  readonly by: Attack['by'];
  /** People hand such files in; the others are made by the product. */
  readonly uploaded: boolean;
}

/** Every kind of path in the store (I-26). */
export const fileAttacks: Readonly<Record<StorageEntity, FileAttack>> = {
  claim: { entityId: ({ rows }) => rows.claimId, by: 'member', uploaded: true },
  policy: { entityId: ({ rows }) => rows.policyId, by: 'member', uploaded: true },
  member: { entityId: ({ rows }) => rows.memberId, by: 'member', uploaded: true },
  membership: { entityId: ({ rows }) => rows.membershipId, by: 'member', uploaded: false },
  invoice: { entityId: ({ rows }) => rows.invoiceId, by: 'member', uploaded: false },
  deposit: { entityId: ({ rows }) => rows.depositId, by: 'manager', uploaded: true },
  payout: { entityId: ({ rows }) => rows.payoutId, by: 'manager', uploaded: false },
  receipt: { entityId: ({ rows }) => rows.receiptId, by: 'member', uploaded: false },
};

export interface StoredFile {
  readonly id: string;
  readonly path: string;
}

/** A file of that kind which has arrived in the store. */
export async function storeFile(place: Place, entity: StorageEntity): Promise<StoredFile> {
  const { tenant, branch, people, word } = place;
  const id = newId();
  const entityId = fileAttacks[entity].entityId(place);
  const path = storagePath({ tenantId: tenant.id, entity, entityId, documentId: id, extension: 'pdf' });
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(documents).values({
      tenantId: tenant.id, id, userId: people.member.id, branchId: branch.id, entity, entityId, path, storageKey: `stored-${id}`, fileName: `${word}.pdf`, mime: 'application/pdf', sizeBytes: 10, status: 'stored', storedAt: new Date(),
    });
  });
  return { id, path };
}
