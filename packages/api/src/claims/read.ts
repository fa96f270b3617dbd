import { z } from 'zod';
import { and, asc, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import {
  can, claimCategorySchema, claimStatuses, documentKinds, fullName, isGuidanceOnly, nextStates, notFound, planOf, readFacts,
  type ClaimCategory, type ClaimStatus, type DocumentKind, type Gate, type Locale, type Money, type Priority, type ResolvedRule,
} from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, claimEvents, claims, documents, memberships, user } from '@interdomestik/db/schema';
import { documentView } from '../documents/service';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf } from '../memberships/service';
import { matchesSearch } from '../members/search';
import { recordOpening } from '../privacy/opened';
import { categoryOf, type ClaimRow } from './pack';
import { missingOf } from './clock';
import { factsOfClaim } from './facts';
import { byDue, duePage } from './order';
import { rulesOf, type ClaimRules } from './rules';
import { amountOf, claimStatusOf, gatesOf, isOverdue, rejectReasonOf, stageOf, type ClaimStage } from './view';
import { deadlineOf, sayUnmet, whyOf, type Reader } from './why';

const handler = alias(user, 'handler');
const actor = alias(user, 'actor');

const nameOf = (first: string | null, last: string | null): string | null => (first === null || last === null ? null : fullName({ firstName: first, lastName: last }));

export interface OwnClaim extends ClaimStage {
  readonly incidentOn: string | null;
  readonly counterparty: string;
  readonly claimed: Money | null;
}

/** Own claims, drafts too, newest first. */
export async function myClaims(scope: TenantScope, now: Date): Promise<OwnClaim[]> {
  const userId = memberOf(scope);
  const rows = await readTenant(scope, (tx) =>
    tx.select().from(claims).where(and(visible(scope, claims), eq(claims.userId, userId))).orderBy(desc(claims.createdAt), desc(claims.id)).limit(100));
  return rows.map((row) => ({ ...stageOf(row, now), incidentOn: row.incidentOn, counterparty: row.counterparty, claimed: amountOf(row.claimedMinor, row.currency) }));
}

export interface ClaimListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly filters?: {
    readonly status?: readonly ClaimStatus[] | undefined;
    readonly category?: readonly ClaimCategory[] | undefined;
    readonly handler?: 'me' | 'nobody' | undefined;
    readonly overdue?: boolean | undefined;
    readonly priority?: Priority | undefined;
  } | undefined;
  /** `due`: urgent ones and those that are due first. Newest first when left out. */
  readonly sort?: string | undefined;
}

export const claimFilters = {
  status: z.array(z.enum(claimStatuses)).max(10), category: z.array(claimCategorySchema).max(10), handler: z.enum(['me', 'nobody']), overdue: z.boolean(), priority: z.enum(['normal', 'urgent']),
};

/** Claims in reach that a filter lets through, and no draft; needs the claim's person. */
export function claimsWanted(scope: TenantScope, input: Pick<ClaimListInput, 'search' | 'filters'>, now: Date) {
  const { status, category, handler: whose, overdue, priority } = input.filters ?? {};
  const typed = input.search?.trim().toUpperCase() ?? '';
  const search = typed.startsWith('CLM') || /^[A-Z]+-.*\d{3,}$/u.test(typed) ? or(eq(claims.code, typed), matchesSearch(input.search, scope.tenant.country)) : matchesSearch(input.search, scope.tenant.country);
  const me = scope.actor.kind === 'user' ? scope.actor.id : null;
  return and(
    visible(scope, claims), ne(claims.status, 'draft'), search,
    status === undefined ? undefined : inArray(claims.status, [...status]),
    category === undefined ? undefined : inArray(claims.category, [...category]),
    whose === 'nobody' ? isNull(claims.handlerId) : undefined,
    whose === 'me' ? eq(claims.handlerId, me ?? '00000000-0000-0000-0000-000000000000') : undefined,
    overdue === true ? isOverdue(now) : undefined,
    priority === undefined ? undefined : eq(claims.priority, priority),
  );
}

/** Claims in the staff member's reach, newest first or in the order of their deadlines. Whoever may not read claims (agents) sees their stage and nothing of their content. */
export async function listClaims(scope: TenantScope, input: ClaimListInput, now: Date) {
  const full = can(scope.permissions, 'claims.read');
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      claim: claims, id: claims.id, at: exactInstant(claims.createdAt), due: byDue.instant, rank: byDue.rank, memberId: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber,
      branchName: branches.name, handlerFirst: handler.firstName, handlerLast: handler.lastName,
    }).from(claims)
      .innerJoin(user, and(eq(user.tenantId, claims.tenantId), eq(user.id, claims.userId)))
      .innerJoin(branches, and(eq(branches.tenantId, claims.tenantId), eq(branches.id, claims.branchId)))
      .leftJoin(handler, and(eq(handler.tenantId, claims.tenantId), eq(handler.id, claims.handlerId)))
      .where(and(claimsWanted(scope, input, now), input.sort === 'due' ? byDue.after(input.cursor) : olderThan(claims.createdAt, claims.id, input.cursor)))
      .orderBy(...(input.sort === 'due' ? byDue.order : [desc(claims.createdAt), desc(claims.id)])).limit(input.limit + 1));
  const { items, nextCursor } = input.sort === 'due' ? duePage(rows, input.limit) : newestPage(rows, input.limit);
  return {
    nextCursor,
    items: items.map(({ claim, ...row }) => ({
      ...stageOf(claim, now), memberId: row.memberId, memberName: fullName(row), memberNumber: row.memberNumber, branchName: row.branchName,
      handlerId: full ? claim.handlerId : null, handlerName: full ? nameOf(row.handlerFirst, row.handlerLast) : null,
      content: full ? { counterparty: claim.counterparty, incidentOn: claim.incidentOn, claimed: amountOf(claim.claimedMinor, claim.currency) } : null,
    })),
  };
}

async function storyOf(tx: Tx, scope: TenantScope, claim: ClaimRow, rule: ResolvedRule<'workflows'>, reader: Reader) {
  const self = scope.reach.kind === 'self';
  const rows = await tx.select({ event: claimEvents, actorFirst: actor.firstName, actorLast: actor.lastName }).from(claimEvents)
    .leftJoin(actor, and(eq(actor.tenantId, claimEvents.tenantId), eq(actor.id, claimEvents.actorId)))
    .where(and(visible(scope, claimEvents), eq(claimEvents.claimId, claim.id), self ? eq(claimEvents.visibleToMember, true) : undefined))
    .orderBy(asc(claimEvents.createdAt), asc(claimEvents.id)).limit(500);
  return rows.map(({ event, actorFirst, actorLast }) => ({
    id: event.id, kind: event.kind, fromStatus: event.fromStatus, toStatus: event.toStatus, note: event.note, visibleToMember: event.visibleToMember, createdAt: event.createdAt,
    by: event.actorId === null ? 'system' as const : event.actorId === claim.userId ? 'member' as const : 'staff' as const,
    // members deal with the house, not with a person's name
    actorName: self ? null : nameOf(actorFirst, actorLast), why: self ? null : whyOf(event.receipt, rule, reader),
  }));
}

async function readClaim(tx: Tx, scope: TenantScope, id: string) {
  const handedIn = scope.reach.kind === 'self' ? undefined : ne(claims.status, 'draft');
  const [row] = await tx.select({
    claim: claims, member: { id: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, phone: user.phone, email: user.email },
    branchName: branches.name, planCode: memberships.planCode, handlerFirst: handler.firstName, handlerLast: handler.lastName,
  }).from(claims)
    .innerJoin(user, and(eq(user.tenantId, claims.tenantId), eq(user.id, claims.userId)))
    .innerJoin(branches, and(eq(branches.tenantId, claims.tenantId), eq(branches.id, claims.branchId)))
    .leftJoin(memberships, and(eq(memberships.tenantId, claims.tenantId), eq(memberships.id, claims.membershipId)))
    .leftJoin(handler, and(eq(handler.tenantId, claims.tenantId), eq(handler.id, claims.handlerId)))
    .where(and(visible(scope, claims), handedIn, eq(claims.id, id)));
  if (row === undefined) throw notFound();
  return row;
}

export interface NextStep {
  readonly to: ClaimStatus;
  readonly allowed: boolean;
  readonly missingGates: readonly Gate[];
  readonly missingDocuments: readonly DocumentKind[];
  /** The rule's condition as a sentence, when the claim does not meet it. */
  readonly unmet: string | null;
}

/** Steps that the caller's permissions open, with what still stands in their way. A reason is asked for by the form, so its gate counts as open. */
async function stepsOf(tx: Tx, scope: TenantScope, rules: ClaimRules, claim: ClaimRow, present: readonly DocumentKind[], reader: Reader): Promise<NextStep[]> {
  const { value } = rules.workflows;
  const guidance = isGuidanceOnly(value, categoryOf(claim.category));
  const conditions = new Map(value.claims.transitions.filter(({ from }) => from === claim.status).map(({ to, when }) => [to, when]));
  // most workflows ask for nothing that has to be looked up
  const facts = [...conditions.values()].some((when) => when !== null) ? await factsOfClaim(tx, scope, claim) : readFacts('claim', null);
  const next = nextStates(value.claims, claim.status, gatesOf(claim, present.includes('agreement'), 'asked'), scope.permissions, { facts, documents: present })
    .filter(({ lacksPermission, to }) => !lacksPermission && !(guidance && (to === 'negotiation' || to === 'court')));
  const say = next.some(({ failsCondition }) => failsCondition) ? sayUnmet(claim, rules.products, await branchNames(tx, scope), reader) : () => null;
  return next.map(({ to, allowed, missingGates, missingDocuments, failsCondition }) => ({
    to: claimStatusOf(to), allowed, missingGates, missingDocuments, unmet: failsCondition ? say(conditions.get(to) ?? null) : null,
  }));
}

async function branchNames(tx: Tx, scope: TenantScope): Promise<Readonly<Record<string, string>>> {
  const rows = await tx.select({ code: branches.code, name: branches.name }).from(branches).where(eq(branches.tenantId, scope.tenantId));
  return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
}

/** One claim in full with its story and documents: for its member, and for staff in reach once it is handed in. */
export async function getClaim(asker: TenantScope, id: string, locale: Locale, now: Date) {
  const scope = inAction(asker, 'claims.get');
  const [placed] = await readTenant(scope, (tx) => tx.select({ branchId: claims.branchId, ruleVersions: claims.ruleVersions }).from(claims).where(and(visible(scope, claims), eq(claims.id, id))));
  if (placed === undefined) throw notFound();
  const { workflows, products } = await rulesOf(scope, placed, now);
  const reader = { locale, zone: scope.tenant.timeZone };
  return await withTenant(scope, async (tx) => {
    const { claim, member, branchName, planCode, handlerFirst, handlerLast } = await readClaim(tx, scope, id);
    await recordOpening(tx, scope, { entity: 'claims', id, branchId: claim.branchId });
    const events = await storyOf(tx, scope, claim, workflows, reader);
    const papers = await tx.select().from(documents).where(and(visible(scope, documents), eq(documents.entity, 'claim'), eq(documents.entityId, id))).orderBy(asc(documents.createdAt)).limit(500);
    const stored = papers.filter(({ status }) => status === 'stored');
    const present = documentKinds.filter((kind) => stored.some((paper) => paper.kind === kind));
    const self = scope.reach.kind === 'self';
    const plan = planCode === null || !products.value.plans.some(({ code }) => code === planCode) ? null : planOf(products.value, planCode);
    return {
      ...stageOf(claim, now), incidentOn: claim.incidentOn, counterparty: claim.counterparty, description: claim.description, currency: claim.currency,
      claimed: amountOf(claim.claimedMinor, claim.currency), recovered: amountOf(claim.recoveredMinor, claim.currency), fee: amountOf(claim.feeMinor, claim.currency),
      feeWhy: whyOf(claim.receipt, workflows, reader), noFeeReason: claim.noFeeReason, rejectReason: rejectReasonOf(claim.rejectReason), guidanceOnly: isGuidanceOnly(workflows.value, categoryOf(claim.category)),
      missingDocuments: missingOf(workflows, claim, present), triageHours: workflows.value.triageHours,
      deadline: deadlineOf(claim, workflows, { ...reader, inFull: !self, now }),
      agreement: { signed: present.includes('agreement'), feeAuthorisedAt: claim.feeAuthorisedAt, legalCapAcceptedAt: claim.legalCapAcceptedAt },
      plan: plan === null ? null : { code: plan.code, successFeeBp: plan.successFee?.percentBp ?? null, capBp: plan.successFee?.capBp ?? null },
      member: { id: member.id, name: fullName(member), memberNumber: member.memberNumber, phone: member.phone, email: member.email }, branchName,
      handlerId: self ? null : claim.handlerId, handlerName: self ? null : nameOf(handlerFirst, handlerLast),
      events, documents: papers.map(documentView), nextStates: claim.status === 'draft' || self ? [] : await stepsOf(tx, scope, { workflows, products }, claim, present, reader),
      rejectReasons: self ? [] : [...workflows.value.rejectReasons],
    };
  });
}
