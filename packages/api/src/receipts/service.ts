import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import { fullName, notFound } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, claims, invoices, memberships, receiptChecks, receiptDifferences, user } from '@interdomestik/db/schema';
import { beginCheck } from './check';
import { decisions, type DecisionKind } from './decide';
import { receiptEntities, type ReceiptEntity } from './sources';

export const checkStatuses = ['queued', 'running', 'done', 'failed'] as const;

export interface CheckView {
  readonly id: string;
  readonly status: (typeof checkStatuses)[number];
  readonly checked: number;
  readonly differing: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Null: it came by itself. */
  readonly by: string | null;
}

const checksOf = (tx: Tx, scope: TenantScope, id?: string) =>
  tx.select({ check: receiptChecks, firstName: user.firstName, lastName: user.lastName }).from(receiptChecks)
    .leftJoin(user, and(eq(user.tenantId, receiptChecks.tenantId), eq(user.id, receiptChecks.createdBy)))
    .where(and(visible(scope, receiptChecks), id === undefined ? undefined : eq(receiptChecks.id, id))).orderBy(desc(receiptChecks.createdAt), desc(receiptChecks.id)).limit(50);

function viewOf({ check, firstName, lastName }: Awaited<ReturnType<typeof checksOf>>[number]): CheckView {
  const { id, checked, differing, createdAt, finishedAt } = check;
  const status = checkStatuses.find((one) => one === check.status);
  if (status === undefined) throw new Error('a check has an unknown status');
  return { id, status, checked, differing, createdAt, finishedAt, by: firstName === null || lastName === null ? null : fullName({ firstName, lastName }) };
}

/** Has every stored decision of the tenant made again, and says under which id. While one check is under way, that is the one. */
export async function startCheck(scope: TenantScope, now: Date): Promise<string> {
  return await withTenant(inAction(scope, 'receipts.start'), (tx) => beginCheck(tx, scope, scope.actor.kind === 'user' ? scope.actor.id : null, now));
}

/** The latest checks, newest first. */
export async function listChecks(scope: TenantScope): Promise<CheckView[]> {
  return (await readTenant(inAction(scope, 'receipts.list'), (tx) => checksOf(tx, scope))).map(viewOf);
}

export interface DifferenceView {
  readonly id: string;
  readonly decision: DecisionKind;
  readonly entity: ReceiptEntity;
  readonly entityId: string;
  /** What the record is called: number of the member, the invoice or the claim; null when it has none yet. */
  readonly code: string | null;
  /** Whose membership it is, to find it by; null for everything that has a page of its own. */
  readonly memberId: string | null;
  readonly branchName: string | null;
  readonly stored: unknown;
  readonly recomputed: unknown;
}

type Named = ReadonlyMap<string, { readonly code: string | null; readonly memberId: string | null }>;

async function namesOf(tx: Tx, scope: TenantScope, rows: readonly { entity: string; entityId: string }[]): Promise<Named> {
  const idsOf = (entity: ReceiptEntity) => [...new Set(rows.filter((row) => row.entity === entity).map(({ entityId }) => entityId))];
  const [sold, billed, reported] = [idsOf('membership'), idsOf('invoice'), idsOf('claim')];
  const members = sold.length === 0 ? [] : await tx.select({ id: memberships.id, code: user.memberNumber, memberId: user.id }).from(memberships)
    .innerJoin(user, and(eq(user.tenantId, memberships.tenantId), eq(user.id, memberships.userId))).where(and(visible(scope, memberships), inArray(memberships.id, sold)));
  const papers = billed.length === 0 ? [] : await tx.select({ id: invoices.id, code: invoices.code }).from(invoices).where(and(visible(scope, invoices), inArray(invoices.id, billed)));
  const cases = reported.length === 0 ? [] : await tx.select({ id: claims.id, code: claims.code }).from(claims).where(and(visible(scope, claims), inArray(claims.id, reported)));
  const names = new Map<string, { readonly code: string | null; readonly memberId: string | null }>();
  for (const { id, code, memberId } of members) names.set(id, { code, memberId });
  for (const { id, code } of [...papers, ...cases]) names.set(id, { code, memberId: null });
  return names;
}

function known<T extends string>(names: readonly T[], text: string): T {
  const found = names.find((name) => name === text);
  if (found === undefined) throw new Error('a difference of an unknown kind');
  return found;
}

/** One check with a page of its differences, each leading to its record. Throws NOT_FOUND. */
export async function readCheck(asker: TenantScope, { id, after, limit }: { readonly id: string; readonly after?: string | undefined; readonly limit: number }) {
  const scope = inAction(asker, 'receipts.get');
  return await withTenant(scope, async (tx) => {
    const [found] = await checksOf(tx, scope, id);
    if (found === undefined) throw notFound();
    const rows = await tx.select({ difference: receiptDifferences, branchName: branches.name }).from(receiptDifferences)
      .leftJoin(branches, and(eq(branches.tenantId, receiptDifferences.tenantId), eq(branches.id, receiptDifferences.branchId)))
      .where(and(visible(scope, receiptDifferences), eq(receiptDifferences.checkId, id), after === undefined ? undefined : gt(receiptDifferences.id, after)))
      .orderBy(receiptDifferences.id).limit(limit + 1);
    const page = rows.slice(0, limit);
    const names = await namesOf(tx, scope, page.map(({ difference }) => difference));
    const items = page.map(({ difference: { stored, recomputed, entityId, ...row }, branchName }): DifferenceView => ({
      id: row.id, decision: known(decisions, row.decision), entity: known(receiptEntities, row.entity), entityId, branchName, stored, recomputed, ...(names.get(entityId) ?? { code: null, memberId: null }),
    }));
    return { ...viewOf(found), items, nextAfter: rows.length > limit ? (page.at(-1)?.difference.id ?? null) : null };
  });
}
