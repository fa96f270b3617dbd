import { and, desc, eq, inArray, isNotNull, ne, or } from 'drizzle-orm';
import { fullName, rankOf, tenantRoleSchema, type TenantRole } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, claims, documentAccesses, documents, user, userRoles } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf } from '../memberships/service';

/** One look at what is held about a member. */
export interface Look {
  readonly id: string;
  readonly at: Date;
  readonly what: 'record' | 'claim' | 'document';
  /** Number of the claim or name of the file; null for the record itself. */
  readonly label: string | null;
  /** Null: somebody who is not in the tenant any more, or the installation's own people. */
  readonly name: string | null;
  readonly role: TenantRole | null;
  readonly from: 'tenant' | 'platform';
}

interface Found {
  readonly id: string;
  readonly at: string;
  readonly seenAt: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly what: Look['what'];
  readonly label: string | null;
}

async function opened(tx: Tx, scope: TenantScope, userId: string, cursor: string | undefined, limit: number): Promise<Found[]> {
  const papers = await tx.select({ id: documentAccesses.id, at: exactInstant(documentAccesses.createdAt), seenAt: documentAccesses.createdAt, actorKind: documentAccesses.actorKind, actorId: documentAccesses.actorId, label: documents.fileName })
    .from(documentAccesses).innerJoin(documents, and(eq(documents.tenantId, documentAccesses.tenantId), eq(documents.id, documentAccesses.documentId)))
    .where(and(eq(documentAccesses.tenantId, scope.tenantId), eq(documentAccesses.userId, userId), isNotNull(documentAccesses.actorId), ne(documentAccesses.actorId, userId), olderThan(documentAccesses.createdAt, documentAccesses.id, cursor)))
    .orderBy(desc(documentAccesses.createdAt), desc(documentAccesses.id)).limit(limit);
  const own = await tx.select({ id: claims.id, code: claims.code }).from(claims).where(and(eq(claims.tenantId, scope.tenantId), eq(claims.userId, userId)));
  const codes = new Map(own.map(({ id, code }) => [id, code]));
  const records = await tx.select({ id: auditLogs.id, at: exactInstant(auditLogs.at), seenAt: auditLogs.at, actorKind: auditLogs.actorKind, actorId: auditLogs.actorId, entity: auditLogs.entity, entityId: auditLogs.entityId })
    .from(auditLogs).where(and(
      eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.operation, 'OPENED'), olderThan(auditLogs.at, auditLogs.id, cursor),
      or(and(eq(auditLogs.entity, 'user'), eq(auditLogs.entityId, userId)), codes.size === 0 ? undefined : and(eq(auditLogs.entity, 'claims'), inArray(auditLogs.entityId, [...codes.keys()]))),
    )).orderBy(desc(auditLogs.at), desc(auditLogs.id)).limit(limit);
  return [
    ...papers.map((paper) => ({ ...paper, what: 'document' as const })),
    ...records.map(({ entity, entityId, ...row }) => ({ ...row, what: entity === 'user' ? ('record' as const) : ('claim' as const), label: codes.get(entityId ?? '') ?? null })),
  ].toSorted((a, b) => b.seenAt.getTime() - a.seenAt.getTime() || (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1)).slice(0, limit);
}

async function peopleBy(tx: Tx, scope: TenantScope, ids: readonly string[]): Promise<Map<string, { name: string; role: TenantRole | null }>> {
  if (ids.length === 0) return new Map();
  const people = await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, role: userRoles.role }).from(user)
    .leftJoin(userRoles, and(eq(userRoles.tenantId, user.tenantId), eq(userRoles.userId, user.id))).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, [...ids])));
  const found = new Map<string, { name: string; role: TenantRole | null }>();
  for (const person of people) {
    const role = tenantRoleSchema.safeParse(person.role).data ?? null;
    const known = found.get(person.id)?.role ?? null;
    const widest = known !== null && (role === null || rankOf(known) <= rankOf(role)) ? known : role;
    found.set(person.id, { name: fullName(person), role: widest });
  }
  return found;
}

/** Who looked at the own record, claims and papers, newest first: people of the tenant by name and role, the installation's own people as such. What the member opened is not in it. */
export async function accessLog(asker: TenantScope, input: { readonly cursor?: string | undefined; readonly limit: number }): Promise<{ items: Look[]; nextCursor: string | null }> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'privacy.accessLog');
  return await withTenant(scope, async (tx) => {
    const page = newestPage(await opened(tx, scope, me, input.cursor, input.limit + 1), input.limit);
    const people = await peopleBy(tx, scope, [...new Set(page.items.flatMap(({ actorKind, actorId }) => (actorKind === 'user' && actorId !== null ? [actorId] : [])))]);
    return {
      nextCursor: page.nextCursor,
      items: page.items.map(({ id, seenAt, what, label, actorKind, actorId }) => ({
        id, at: seenAt, what, label, name: people.get(actorId ?? '')?.name ?? null, role: people.get(actorId ?? '')?.role ?? null, from: actorKind === 'platform' ? ('platform' as const) : ('tenant' as const),
      })),
    };
  });
}
