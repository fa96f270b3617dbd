import { and, desc, eq, ne, or, type SQL } from 'drizzle-orm';
import { can, conflict, documentKinds, forbidden, newId, notFound, type DocumentKind, type Permission } from '@interdomestik/rules';
import { inAction, readTenant, scopeFor, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claims, documentAccesses, documents } from '@interdomestik/db/schema';
import { memberOf } from '../memberships/service';
import { longestReadSeconds, type Storage, type StorageEntity } from '../vendors/storage';
import { fileStore } from './store';

export const documentStatusesStored = ['pending', 'stored', 'rejected'] as const;
export const documentEntities = ['claim', 'invoice', 'receipt', 'membership', 'policy', 'member', 'deposit', 'payout'] as const satisfies readonly StorageEntity[];

export interface DocumentView {
  readonly id: string;
  readonly entity: StorageEntity;
  readonly entityId: string;
  readonly kind: DocumentKind | null;
  readonly fileName: string;
  readonly mime: string;
  readonly sizeBytes: number | null;
  readonly status: (typeof documentStatusesStored)[number];
  /** Message key of why it was refused. */
  readonly rejectReason: string | null;
  readonly createdAt: Date;
}

type Row = typeof documents.$inferSelect;

function pick<T extends string>(words: readonly T[], word: string): T {
  const found = words.find((candidate) => candidate === word);
  if (found === undefined) throw new Error('a document has an unknown word');
  return found;
}

export function documentView(row: Row): DocumentView {
  return {
    id: row.id, entity: pick(documentEntities, row.entity), entityId: row.entityId, kind: row.kind === null ? null : pick(documentKinds, row.kind), fileName: row.fileName,
    mime: row.mime, sizeBytes: row.sizeBytes, status: pick(documentStatusesStored, row.status), rejectReason: row.rejectReason, createdAt: row.createdAt,
  };
}

/** Tax papers are read by whoever reads the sale, an agent too, and slips of the bank by whoever banks cash; everything else holds what members handed in. */
function permissionFor(entity: string): Permission {
  if (entity === 'invoice') return 'invoices.read';
  if (entity === 'deposit') return 'cash.verify';
  if (entity === 'payout') return 'commissions.read';
  return entity === 'receipt' ? 'payments.read' : 'documents.read';
}

/** What we make ourselves is shown once it is there; of uploads also those on their way. */
const shown = (row: Row): boolean => row.status === 'stored' || (row.entity !== 'invoice' && row.entity !== 'receipt' && row.entity !== 'payout');

/** Own documents of every kind, newest first. */
export async function myDocuments(scope: TenantScope): Promise<DocumentView[]> {
  const userId = memberOf(scope);
  const rows = await readTenant(scope, (tx) =>
    tx.select().from(documents).where(and(visible(scope, documents), eq(documents.userId, userId))).orderBy(desc(documents.createdAt), desc(documents.id)).limit(200));
  return rows.filter((row) => shown(row) && row.entity !== 'deposit' && row.entity !== 'payout').map(documentView);
}

/** Documents of one claim, policy, invoice and so on, in reach. A draft of a member is nobody else's. */
export async function documentsOf(asker: TenantScope, entity: StorageEntity, entityId: string): Promise<DocumentView[]> {
  const scope = scopeFor(asker, permissionFor(entity));
  if (scope === null) throw notFound();
  return await withTenant(inAction(scope, 'documents.forEntity'), async (tx) => {
    if (entity === 'claim') {
      const handedIn = scope.reach.kind === 'self' ? undefined : ne(claims.status, 'draft');
      const [claim] = await tx.select({ id: claims.id }).from(claims).where(and(visible(scope, claims), eq(claims.id, entityId), handedIn));
      if (claim === undefined) throw notFound();
    }
    const rows = await tx.select().from(documents).where(and(visible(scope, documents), eq(documents.entity, entity), eq(documents.entityId, entityId)))
      .orderBy(desc(documents.createdAt), desc(documents.id)).limit(500);
    return rows.filter(shown).map(documentView);
  });
}

/** How an upload stands; polled until the file has been looked at. */
export async function documentStatus(scope: TenantScope, id: string): Promise<Pick<DocumentView, 'status' | 'rejectReason'>> {
  const [row] = await readTenant(scope, (tx) => tx.select().from(documents).where(and(visible(scope, documents), eq(documents.id, id))));
  if (row === undefined) throw notFound();
  const { status, rejectReason } = documentView(row);
  return { status, rejectReason };
}

/** The scopes that a paper may be read in, each once: a grant may let one kind of paper be read further than another. */
function readersOf(scope: TenantScope): ReadonlySet<TenantScope> {
  const readers = (['documents.read', 'invoices.read', 'payments.read', 'cash.verify', 'commissions.read'] as const).map((permission) => scopeFor(scope, permission));
  return new Set(readers.filter((reader) => reader !== null));
}

/** A statement is for whoever was paid, also where their role sees their members' papers alone. */
function ownPayout({ tenantId, actor }: TenantScope): SQL | undefined {
  return actor.kind === 'user' && actor.id !== null ? and(eq(documents.tenantId, tenantId), eq(documents.entity, 'payout'), eq(documents.userId, actor.id)) : undefined;
}

type Readable = Row & { readonly storageKey: string };

/** The document as the reader may open it, with the access on record; null for one out of sight. Throws CONFLICT for one that has not arrived yet. */
async function recordAccess(tx: Tx, reader: TenantScope, id: string): Promise<Readable | null> {
  const [found] = await tx.select().from(documents).where(and(or(visible(reader, documents), ownPayout(reader)), eq(documents.id, id)));
  if (found === undefined || found.status === 'rejected' || !can(reader.permissions, permissionFor(found.entity))) return null;
  const { storageKey } = found;
  if (found.status !== 'stored' || storageKey === null) throw conflict('errors.document.notReady');
  await tx.insert(documentAccesses).values({
    tenantId: reader.tenantId, id: newId(), documentId: found.id, userId: found.userId, branchId: found.branchId, actorKind: reader.actor.kind, actorId: reader.actor.id, requestId: reader.requestId,
  });
  return { ...found, storageKey };
}

/**
 * A link that opens the document for at most a minute. The row decides who may, and the access is on record before the link exists.
 * Throws NOT_FOUND for a document out of sight, CONFLICT `errors.document.notReady` for one that has not arrived yet.
 */
export async function openDocument(scope: TenantScope, id: string, storage: Storage = fileStore()): Promise<{ url: string; expiresAt: Date; fileName: string; mime: string }> {
  if (!can(scope.permissions, 'self.read')) throw forbidden();
  let row: Readable | null = null;
  for (const reader of readersOf(scope)) row ??= await withTenant(inAction(reader, 'documents.readUrl'), (tx) => recordAccess(tx, reader, id));
  if (row === null) throw notFound();
  const { url, expiresAt } = await storage.readLink({ tenantId: scope.tenantId, path: row.path, storageKey: row.storageKey }, longestReadSeconds);
  return { url, expiresAt, fileName: row.fileName, mime: row.mime };
}
