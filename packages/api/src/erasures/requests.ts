import { and, desc, eq, inArray } from 'drizzle-orm';
import { addDays, conflict, erasureLetterSchema, erasureStatuses, forbidden, fullName, newId, notFound, todayIn, type DateOnly, type ErasureBlocker, type ErasureLetter, type ErasureStatus } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { erasureRequests, memberships, sessions, user } from '@interdomestik/db/schema';
import { staffOf } from '../cash/cashier';
import { enqueue } from '../jobs/queue';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf } from '../memberships/service';
import { notify, notifyRole } from '../notifications';
import { ruleOf } from '../settings/rules';
import { blockersOf } from './blockers';
import { runErasureJob } from './run';

const statusOf = (text: string): ErasureStatus => {
  const status = erasureStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a wish has an unknown status');
  return status;
};

/** What a member is told about an erasure of their own data. */
export interface OwnErasure {
  readonly request: { readonly id: string; readonly status: ErasureStatus; readonly askedAt: Date; readonly dueOn: string; readonly answer: string | null } | null;
  readonly blockers: readonly ErasureBlocker[];
  /** Last day of the membership that would end; null: none runs. */
  readonly runsUntil: string | null;
  /** How long the law keeps invoices and payments, and which law says so. */
  readonly taxYears: number;
  readonly answerDays: number;
}

/** How it stands with the own wish to be erased, and what would stand in the way. */
export async function ownErasure(asker: TenantScope, now: Date): Promise<OwnErasure> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'erasures.mine');
  const { value: rule } = await ruleOf(scope, 'retention', now);
  return await withTenant(scope, async (tx) => {
    const [last] = await tx.select().from(erasureRequests).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.userId, me))).orderBy(desc(erasureRequests.createdAt), desc(erasureRequests.id)).limit(1);
    const [running] = await tx.select({ endsOn: memberships.endsOn }).from(memberships)
      .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, me), inArray(memberships.status, ['active', 'past_due', 'paused', 'canceled']))).orderBy(desc(memberships.endsOn)).limit(1);
    const today = todayIn(scope.tenant.timeZone, now);
    return {
      request: last === undefined ? null : { id: last.id, status: statusOf(last.status), askedAt: last.createdAt, dueOn: last.dueOn, answer: last.answer },
      blockers: await blockersOf(tx, scope, me), runsUntil: running?.endsOn !== undefined && running.endsOn !== null && running.endsOn > today ? addDays(running.endsOn as DateOnly, -1) : null,
      taxYears: rule.taxDocuments.years, answerDays: rule.requestDays,
    };
  });
}

async function ask(tx: Tx, scope: TenantScope, member: { readonly id: string; readonly branchId: string | null }, by: string, note: string, dueOn: DateOnly, now: Date): Promise<string> {
  if (member.branchId === null) throw notFound();
  const id = newId();
  const [made] = await tx.insert(erasureRequests).values({ tenantId: scope.tenantId, id, userId: member.id, branchId: member.branchId, askedBy: by, note, dueOn, createdAt: now, updatedAt: now }).onConflictDoNothing().returning({ id: erasureRequests.id });
  if (made === undefined) throw conflict('errors.erasure.asked');
  await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'privacy.erasure_asked', params: { due: dueOn.split('-').toReversed().join('.') }, href: '/privacy', effectKey: `erasure:${id}:asked` });
  return id;
}

async function dueIn(scope: TenantScope, now: Date): Promise<DateOnly> {
  const { value } = await ruleOf(scope, 'retention', now);
  return addDays(todayIn(scope.tenant.timeZone, now), value.requestDays);
}

/** A member asks to be erased. Throws CONFLICT `errors.erasure.asked` where a wish waits already. */
export async function askErasure(asker: TenantScope, note: string, now: Date): Promise<{ readonly id: string }> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'erasures.ask');
  const due = await dueIn(scope, now);
  return await withTenant(scope, async (tx) => {
    const [person] = await tx.select({ id: user.id, branchId: user.branchId }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, me)));
    if (person === undefined) throw notFound();
    return { id: await ask(tx, scope, person, me, note, due, now) };
  });
}

/** Somebody who works here asks for a member in reach, who wrote a letter or called. Throws NOT_FOUND for one out of sight, CONFLICT as `askErasure`. */
export async function askErasureFor(asker: TenantScope, input: { readonly memberId: string; readonly note: string }, now: Date): Promise<{ readonly id: string }> {
  const by = staffOf(asker);
  const scope = actAsTenant(asker, 'erasures.askFor');
  const due = await dueIn(scope, now);
  return await withTenant(scope, async (tx) => {
    const [person] = await tx.select({ id: user.id, branchId: user.branchId, erasedAt: user.erasedAt }).from(user).where(and(visible(asker, user), eq(user.id, input.memberId)));
    if (person === undefined) throw notFound();
    if (person.erasedAt !== null) throw conflict('errors.erasure.asked');
    return { id: await ask(tx, scope, person, by, input.note, due, now) };
  });
}

/** The member takes the own wish back while nobody has decided. Doing so again, or where there is none, does nothing. Throws CONFLICT `errors.erasure.decided` once it was granted. */
export async function withdrawErasure(asker: TenantScope, now: Date): Promise<void> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'erasures.withdraw');
  await withTenant(scope, async (tx) => {
    const [last] = await tx.select().from(erasureRequests).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.userId, me))).orderBy(desc(erasureRequests.createdAt), desc(erasureRequests.id)).limit(1).for('no key update');
    if (last === undefined || last.status === 'withdrawn' || last.status === 'refused') return;
    if (last.status !== 'open') throw conflict('errors.erasure.decided');
    await tx.update(erasureRequests).set({ status: 'withdrawn', updatedAt: now }).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.id, last.id)));
  });
}

async function lockOpen(tx: Tx, scope: TenantScope, id: string) {
  const [request] = await tx.select().from(erasureRequests).where(and(visible(scope, erasureRequests), eq(erasureRequests.id, id))).for('no key update');
  if (request === undefined) throw notFound();
  return request;
}

/**
 * Decides that the member is erased: from now on nobody signs in there, and a job does the rest. Approving it again does nothing. Throws CONFLICT with what stands in the way (`errors.erasure.claim_open`,
 * `money_owed`, `works_here`), `errors.erasure.decided` for one that was refused or withdrawn, FORBIDDEN to whoever would erase themselves.
 */
export async function approveErasure(asker: TenantScope, id: string, now: Date): Promise<void> {
  const by = staffOf(asker);
  const scope = inAction(asker, 'erasures.approve');
  await withTenant(scope, async (tx) => {
    const request = await lockOpen(tx, scope, id);
    if (request.status === 'approved' || request.status === 'done') return;
    if (request.status !== 'open') throw conflict('errors.erasure.decided');
    if (request.userId === by) throw forbidden();
    // a claim that is handed in or money that is taken meanwhile waits here, and is seen
    await tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, request.userId))).for('update');
    const [blocker] = await blockersOf(tx, scope, request.userId);
    if (blocker !== undefined) throw conflict(`errors.erasure.${blocker}`);
    await tx.update(erasureRequests).set({ status: 'approved', decidedBy: by, decidedAt: now, updatedAt: now }).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.id, id)));
    await tx.update(user).set({ status: 'disabled', updatedAt: now }).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, request.userId)));
    await tx.delete(sessions).where(and(eq(sessions.tenantId, scope.tenantId), eq(sessions.userId, request.userId)));
    await enqueue(tx, scope, runErasureJob, { requestId: id });
  });
}

/** Refuses the wish, with what the member is told. Refusing it again does nothing. Throws NOT_FOUND out of sight, CONFLICT `errors.erasure.decided` for one that was decided otherwise. */
export async function refuseErasure(asker: TenantScope, input: { readonly id: string; readonly answer: string }, now: Date): Promise<void> {
  const by = staffOf(asker);
  const scope = inAction(asker, 'erasures.refuse');
  await withTenant(scope, async (tx) => {
    const request = await lockOpen(tx, scope, input.id);
    if (request.status === 'refused') return;
    if (request.status !== 'open') throw conflict('errors.erasure.decided');
    await tx.update(erasureRequests).set({ status: 'refused', decidedBy: by, decidedAt: now, answer: input.answer, updatedAt: now }).where(and(eq(erasureRequests.tenantId, scope.tenantId), eq(erasureRequests.id, input.id)));
    await notify(tx, scope, { userId: request.userId, kind: 'privacy.erasure_refused', params: { answer: input.answer }, href: '/privacy', effectKey: `erasure:${request.id}:refused` });
  });
}

/** A wish as who decides sees it. */
export interface ErasureView {
  readonly id: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly memberNumber: string | null;
  readonly status: ErasureStatus;
  readonly byMember: boolean;
  readonly note: string;
  readonly answer: string | null;
  readonly createdAt: Date;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly decidedAt: Date | null;
  readonly doneAt: Date | null;
  readonly blockers: readonly ErasureBlocker[];
  readonly letter: ErasureLetter | null;
}

/** Wishes of the tenant, newest first, with what stands in the way of those that wait. */
export async function listErasures(asker: TenantScope, input: { readonly cursor?: string | undefined; readonly limit: number; readonly open?: boolean | undefined }, now: Date): Promise<{ items: ErasureView[]; nextCursor: string | null }> {
  const scope = inAction(asker, 'erasures.list');
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(scope, async (tx) => {
    const rows = await tx.select({ request: erasureRequests, at: exactInstant(erasureRequests.createdAt), id: erasureRequests.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, erasedAt: user.erasedAt })
      .from(erasureRequests).innerJoin(user, and(eq(user.tenantId, erasureRequests.tenantId), eq(user.id, erasureRequests.userId)))
      .where(and(visible(scope, erasureRequests), input.open === true ? inArray(erasureRequests.status, ['open', 'approved']) : undefined, olderThan(erasureRequests.createdAt, erasureRequests.id, input.cursor)))
      .orderBy(desc(erasureRequests.createdAt), desc(erasureRequests.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    const items: ErasureView[] = [];
    for (const { request, firstName, lastName, memberNumber, erasedAt } of page.items) {
      items.push({
        id: request.id, memberId: request.userId, memberName: erasedAt === null ? fullName({ firstName, lastName }) : '', memberNumber, status: statusOf(request.status), byMember: request.askedBy === request.userId, note: request.note,
        answer: request.answer, createdAt: request.createdAt, dueOn: request.dueOn, overdue: request.status === 'open' && request.dueOn < today, decidedAt: request.decidedAt, doneAt: request.doneAt,
        blockers: request.status === 'open' ? await blockersOf(tx, scope, request.userId) : [], letter: erasureLetterSchema.safeParse(request.letter).data ?? null,
      });
    }
    return { items, nextCursor: page.nextCursor };
  });
}
