import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { translator } from '@interdomestik/i18n';
import {
  conflict, decideStep, DomainError, forbidden, invalid, isClosed, isCurrency, isGuidanceOnly, isLocale, money, notFound, successFee,
  type ClaimSubject, type Money, type RejectReason, type ResolvedRule, type RuleReceipt,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { claims, memberships, user, userGrants, userRoles } from '@interdomestik/db/schema';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { portalOrigin } from '../site/origins';
import { clockOf, completeSince } from './clock';
import { lockOwnClaim } from './draft';
import { addClaimEvent } from './events';
import { factsOfClaim } from './facts';
import { categoryOf, storedKinds, type ClaimRow } from './pack';
import { rulesOfClaim } from './rules';
import { claimStatusOf, gatesOf } from './view';

/** A claim that staff may work on: in reach and handed in. A draft is the member's own affair and looks missing. */
const workable = (scope: TenantScope, id: string) => and(visible(scope, claims), ne(claims.status, 'draft'), eq(claims.id, id));

async function branchOf(scope: TenantScope, id: string): Promise<string> {
  const [row] = await readTenant(scope, (tx) => tx.select({ branchId: claims.branchId }).from(claims).where(workable(scope, id)));
  if (row === undefined) throw notFound();
  return row.branchId;
}

async function lockClaim(tx: Tx, scope: TenantScope, id: string): Promise<ClaimRow> {
  const [row] = await tx.select().from(claims).where(workable(scope, id)).for('no key update');
  if (row === undefined) throw notFound();
  return row;
}

export interface Move {
  readonly id: string;
  readonly to: string;
  /** Said to the member as the next step. */
  readonly note?: string | undefined;
  readonly rejectReason?: RejectReason | undefined;
}

// i18n-keys: common.statuses.claim.*
/** Tells the member of the new stage, in the member's language; `eventId` is what makes it happen once. */
async function tellMember(tx: Tx, scope: TenantScope, claim: ClaimRow, move: Move, eventId: string, letterhead: Letterhead): Promise<void> {
  const [person] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, claim.userId)));
  if (person === undefined || claim.code === null) return;
  const locale = isLocale(person.locale) ? person.locale : 'en';
  const to = claimStatusOf(move.to);
  if (isTold(letterhead, 'claim.stage_changed', 'in_app')) await notify(tx, scope, {
    userId: claim.userId, kind: 'claim.stage_changed', params: { number: claim.code, stage: translator(locale)(`common.statuses.claim.${to}`) }, href: `/claims/${claim.id}`,
    effectKey: `claim-event:${eventId}`,
  });
  if (person.email === null || !isTold(letterhead, 'claim.stage_changed', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'claim-stage-changed', to: { email: person.email, userId: claim.userId }, locale, letterhead, effectKey: `claim-event:${eventId}`,
    params: {
      name: person.firstName, number: claim.code, from: claimStatusOf(claim.status), to, reason: to === 'rejected' ? (move.rejectReason ?? null) : null, next: move.note ?? null,
      url: `${portalOrigin(scope.tenant, 'member')}/claims/${claim.id}`,
    },
  });
}

/** What the workflow says to the move. Throws INVALID on `rejectReason`, CONFLICT for a step that it does not have or that is shut. */
function allow(scope: TenantScope, claim: ClaimRow, move: Move, rule: ResolvedRule<'workflows'>, subject: ClaimSubject): RuleReceipt {
  const { value } = rule;
  const path = value.claims.transitions.find(({ from, to }) => from === claim.status && to === move.to);
  if (path?.gates.includes('rejectReason') === true) {
    if (move.rejectReason === undefined) throw invalid('rejectReason', 'errors.required');
    if (!value.rejectReasons.includes(move.rejectReason)) throw invalid('rejectReason', 'errors.choice');
  }
  const gates = gatesOf(claim, subject.documents.includes('agreement'), move.rejectReason);
  const { receipt } = decideStep(rule, { from: claim.status, to: move.to, gates, permissions: scope.permissions, subject });
  if ((move.to === 'negotiation' || move.to === 'court') && isGuidanceOnly(value, categoryOf(claim.category))) throw conflict('errors.claim.guidanceOnly');
  return receipt;
}

/**
 * Moves a claim along the workflow that it began with and tells the member. Throws NOT_FOUND for a claim out of sight, INVALID on `rejectReason`,
 * CONFLICT for a step that the workflow does not have, whose gate is shut, whose documents are missing or whose condition does not hold.
 */
export async function moveClaim(asker: TenantScope, move: Move, now: Date): Promise<void> {
  const scope = inAction(asker, 'claims.move');
  const [{ workflows }, letterhead] = await Promise.all([rulesOfClaim(scope, move.id, now, { handedIn: true }), letterheadOf(scope, now)]);
  await withTenant(scope, async (tx) => {
    const claim = await lockClaim(tx, scope, move.id);
    const present = await storedKinds(tx, scope, claim.id);
    const facts = await factsOfClaim(tx, scope, claim);
    const receipt = allow(scope, claim, move, workflows, { facts, documents: present });
    // a reopened case is triaged anew, so its clock starts again
    const reopened = isClosed(workflows.value.claims, claim.status);
    const packCompleteAt = reopened ? completeSince(workflows, { ...claim, packCompleteAt: null }, present, now) : claim.packCompleteAt;
    const clock = clockOf(workflows, { ...claim, status: move.to, stageSince: now, packCompleteAt }, facts, now);
    await tx.update(claims).set({
      ...clock, status: move.to, rejectReason: move.to === 'rejected' ? (move.rejectReason ?? null) : null, updatedAt: now,
    }).where(workable(scope, claim.id));
    const eventId = await addClaimEvent(tx, scope, claim, { kind: 'status', fromStatus: claim.status, toStatus: move.to, note: move.note, receipt, at: now });
    await tellMember(tx, scope, claim, move, eventId, letterhead);
  });
}

/** People who may handle a claim of a branch: its managers, the tenant's admins, and colleagues to whom it was granted there or for the whole tenant. */
function handlersOf(tx: Tx, scope: TenantScope, branchId: string) {
  return tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, role: userRoles.role }).from(userRoles)
    .innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId), eq(user.status, 'active')))
    .where(and(eq(userRoles.tenantId, scope.tenantId), or(
      eq(userRoles.role, 'tenant_admin'),
      and(eq(userRoles.role, 'branch_manager'), eq(userRoles.branchId, branchId)),
      and(inArray(userRoles.role, ['branch_manager', 'agent']), sql`exists (select from ${userGrants} g where g.tenant_id = ${userRoles.tenantId} and g.user_id = ${userRoles.userId}
        and g.permission = 'claims.handle' and (g.branch_id is null or (g.branch_id = ${branchId} and ${userRoles.branchId} = ${branchId})))`),
    )));
}

/** To whom the claim can be given. */
export async function claimHandlers(scope: TenantScope, id: string): Promise<{ id: string; firstName: string; lastName: string }[]> {
  const branchId = await branchOf(scope, id);
  // a branch does not see the tenant's admins; their names are no secret to colleagues
  const rows = await readTenant(actAsTenant(scope, 'claims.handlers'), (tx) => handlersOf(tx, scope, branchId));
  return [...new Map(rows.map(({ id: userId, firstName, lastName }) => [userId, { id: userId, firstName, lastName }])).values()];
}

/** Gives a claim to a handler, or to nobody. Throws INVALID on `handlerId` for a person who may not handle it. */
export async function assignClaim(asker: TenantScope, input: { readonly id: string; readonly handlerId: string | null }, now: Date): Promise<void> {
  const scope = inAction(asker, 'claims.assign');
  const { handlerId } = input;
  const letterhead = await letterheadOf(scope, now);
  if (handlerId !== null && !(await claimHandlers(scope, input.id)).some(({ id }) => id === handlerId)) throw invalid('handlerId', 'errors.choice');
  await withTenant(scope, async (tx) => {
    const claim = await lockClaim(tx, scope, input.id);
    if (claim.handlerId === handlerId) return;
    await tx.update(claims).set({ handlerId, updatedAt: now }).where(workable(scope, claim.id));
    const eventId = await addClaimEvent(tx, scope, claim, { kind: 'assigned', visibleToMember: false, at: now });
    if (handlerId === null || claim.code === null || handlerId === scope.actor.id || !isTold(letterhead, 'claim.assigned', 'in_app')) return;
    await notify(tx, scope, { userId: handlerId, kind: 'claim.assigned', params: { number: claim.code }, href: `/claims?open=${claim.id}`, effectKey: `claim-event:${eventId}` });
  });
}

/** Adds a note to the story; the member reads it only when it is meant for them. */
export async function noteClaim(asker: TenantScope, input: { readonly id: string; readonly text: string; readonly visibleToMember: boolean }, now: Date): Promise<void> {
  const scope = inAction(asker, 'claims.note');
  await withTenant(scope, async (tx) => {
    const claim = await lockClaim(tx, scope, input.id);
    await addClaimEvent(tx, scope, claim, { kind: 'note', note: input.text, visibleToMember: input.visibleToMember, at: now });
  });
}

export type Outcome = { readonly id: string; readonly recovered: Money; readonly legalCosts?: Money | undefined } | { readonly id: string; readonly noFeeReason: string };

/**
 * Records what a claim brought, with the success fee by the plan's rule, or why no fee is taken: what closing it as resolved asks for.
 * Throws CONFLICT `errors.claim.locked` for a closed claim, INVALID for amounts that the rule refuses.
 */
export async function recordOutcome(asker: TenantScope, outcome: Outcome, now: Date): Promise<Money | null> {
  const scope = inAction(asker, 'claims.recordOutcome');
  const { products, workflows } = await rulesOfClaim(scope, outcome.id, now, { handedIn: true });
  return await withTenant(scope, async (tx) => {
    const claim = await lockClaim(tx, scope, outcome.id);
    if (isClosed(workflows.value.claims, claim.status)) throw conflict('errors.claim.locked');
    if ('noFeeReason' in outcome) {
      await tx.update(claims).set({ noFeeReason: outcome.noFeeReason, feeMinor: null, receipt: null, updatedAt: now }).where(workable(scope, claim.id));
      return null;
    }
    if (!isCurrency(claim.currency) || outcome.recovered.currency !== claim.currency) throw invalid('recovered', 'errors.money.currencyMismatch');
    const [membership] = await tx.select({ planCode: memberships.planCode }).from(memberships).where(and(visible(scope, memberships), eq(memberships.id, claim.membershipId ?? claim.id)));
    if (membership === undefined) throw conflict('errors.membership.notActive');
    const { fee, receipt } = successFee(products, membership.planCode, { recovered: outcome.recovered, legalCosts: outcome.legalCosts });
    await tx.update(claims).set({ recoveredMinor: outcome.recovered.minor, feeMinor: fee.minor, noFeeReason: null, receipt, updatedAt: now }).where(workable(scope, claim.id));
    return money(fee.minor, claim.currency);
  });
}

/** The member agrees to how the success fee is paid, or to the cap of court action. Repeating does nothing. Throws NOT_FOUND for anybody else's claim. */
export async function agreeToClaim(asker: TenantScope, input: { readonly id: string; readonly to: 'fee' | 'legalCap' }, now: Date): Promise<void> {
  if (asker.reach.kind !== 'self') throw forbidden();
  const scope = inAction(asker, 'claims.agree');
  await withTenant(scope, async (tx) => {
    const claim = await lockOwnClaim(tx, scope, input.id);
    if (claim.status === 'draft') throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from: 'draft', to: input.to } });
    const given = input.to === 'fee' ? { feeAuthorisedAt: claim.feeAuthorisedAt ?? now } : { legalCapAcceptedAt: claim.legalCapAcceptedAt ?? now };
    await tx.update(claims).set({ ...given, updatedAt: now }).where(and(visible(scope, claims), eq(claims.id, claim.id)));
  });
}

