import { z } from 'zod';
import { and, desc, eq, gte, inArray, like, lt, notInArray, or, type SQL } from 'drizzle-orm';
import { addDays, auditDoings, instantOf, storedDateSchema, type AuditDoing, type DateOnly } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, branches, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { importOperations } from '../imports/trail';

export interface AuditFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly entity?: string | undefined;
  readonly entityId?: string | undefined;
  readonly actorId?: string | undefined;
  /** Changes of records of that branch; what is of the whole tenant has none. */
  readonly branchId?: string | undefined;
  readonly doing?: AuditDoing | undefined;
  /** Days of the tenant's own time zone, both included. */
  readonly from?: DateOnly | undefined;
  readonly until?: DateOnly | undefined;
}

const changes = ['INSERT', 'UPDATE', 'DELETE', ...importOperations];

/** Rows of one kind of doing. A paper that was opened is a row of its own table, whose coming is the entry; an opened record is an entry alone. */
function isDoing(doing: AuditDoing): SQL | undefined {
  const opened = eq(auditLogs.entity, 'document_accesses');
  switch (doing) {
    case 'changes': return and(inArray(auditLogs.operation, changes), notInArray(auditLogs.entity, ['document_accesses']));
    case 'papers': return or(opened, eq(auditLogs.operation, 'OPENED'));
    case 'exports': return eq(auditLogs.operation, 'EXPORT');
    case 'signIns': return or(like(auditLogs.operation, 'SIGN\\_%'), like(auditLogs.operation, 'SECOND\\_%'), like(auditLogs.operation, 'RECOVERY\\_%'), inArray(auditLogs.operation, ['LOCKED_OUT', 'PROOF', 'ACT_AS']));
    case 'entries': return eq(auditLogs.entity, 'platform_entries');
  }
}

export const auditFilters = { entity: z.string().max(60), entityId: z.string().max(60), actorId: z.string().max(60), branchId: z.uuid(), doing: z.enum(auditDoings), from: storedDateSchema, until: storedDateSchema };

/** Entries of the tenant that a filter lets through. */
export const auditWanted = (scope: TenantScope, filter: Omit<AuditFilter, 'limit' | 'cursor'>) => and(
  eq(auditLogs.tenantId, scope.tenantId),
  filter.entity === undefined ? undefined : eq(auditLogs.entity, filter.entity),
  filter.entityId === undefined ? undefined : eq(auditLogs.entityId, filter.entityId),
  filter.actorId === undefined ? undefined : eq(auditLogs.actorId, filter.actorId),
  filter.branchId === undefined ? undefined : eq(auditLogs.branchId, filter.branchId),
  filter.doing === undefined ? undefined : isDoing(filter.doing),
  filter.from === undefined ? undefined : gte(auditLogs.at, instantOf(filter.from, scope.tenant.timeZone)),
  filter.until === undefined ? undefined : lt(auditLogs.at, instantOf(addDays(filter.until, 1), scope.tenant.timeZone)),
);

/**
 * What happened in the tenant, newest first. The actor's name is joined in, a deleted actor keeps only the id; `names` says the branches that
 * the values name, and never a person.
 */
export async function listAudit(scope: TenantScope, filter: AuditFilter) {
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      id: auditLogs.id, at: exactInstant(auditLogs.at), happenedAt: auditLogs.at, actorKind: auditLogs.actorKind, actorId: auditLogs.actorId,
      action: auditLogs.action, operation: auditLogs.operation, entity: auditLogs.entity, entityId: auditLogs.entityId,
      before: auditLogs.before, after: auditLogs.after, requestId: auditLogs.requestId,
    }).from(auditLogs).where(and(auditWanted(scope, filter), olderThan(auditLogs.at, auditLogs.id, filter.cursor))).orderBy(desc(auditLogs.at), desc(auditLogs.id)).limit(filter.limit + 1),
  );
  const page = newestPage(rows, filter.limit);
  const names = await namesOf(scope, page.items.filter(({ actorKind }) => actorKind === 'user').map(({ actorId }) => actorId));
  const places = await branchesIn(scope, page.items);
  return {
    items: page.items.map((item) => ({
      ...item, actorName: item.actorId === null ? null : (names.get(item.actorId) ?? null),
      names: Object.fromEntries(branchIdsOf(item).flatMap((id) => (places.has(id) ? [[id, places.get(id) ?? '']] : []))),
    })),
    nextCursor: page.nextCursor,
  };
}

interface Change {
  readonly before: unknown;
  readonly after: unknown;
}

const branchFields = ['branch_id', 'from_branch_id', 'to_branch_id'];

function branchIdsOf({ before, after }: Change): string[] {
  const values = [before, after].flatMap((side) => (typeof side === 'object' && side !== null ? branchFields.map((field) => (side as Record<string, unknown>)[field]) : []));
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

async function branchesIn(scope: TenantScope, changes: readonly Change[]): Promise<Map<string, string>> {
  const ids = [...new Set(changes.flatMap(branchIdsOf))];
  if (ids.length === 0) return new Map();
  const found = await readTenant(scope, (tx) => tx.select({ id: branches.id, name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), inArray(branches.id, ids))));
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function namesOf(scope: TenantScope, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const people = await readTenant(scope, (tx) =>
    tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, known))));
  return new Map(people.map((person) => [person.id, `${person.firstName} ${person.lastName}`]));
}
