import { and, desc, eq, ilike, inArray, or, sql, type SQL } from 'drizzle-orm';
import {
  assertLeadStatus, can, conflict, forbidden, fullName, invalid, leadInputFor, leadSources, leadStatuses, newId, nextLeadStatuses, notFound, parseOrThrow,
  type LeadInput, type LeadSource, type LeadStatus,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, leads, referralCodes, user, userRoles } from '@interdomestik/db/schema';
import { placementOf } from '../accounts/new-member';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';

export interface LeadFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly status?: LeadStatus | undefined;
  readonly source?: LeadSource | undefined;
  readonly ownerId?: string | undefined;
}

const statusOf = (status: string): LeadStatus => leadStatuses.find((known) => known === status) ?? 'new';
const sourceOf = (source: string): LeadSource => leadSources.find((known) => known === source) ?? 'agent';

/** Contains what was typed, in names, phone or e-mail. Leads of a reach are few, so no index has to serve this. */
function matches(text: string | undefined): SQL | undefined {
  const typed = text?.trim() ?? '';
  if (typed === '') return undefined;
  const anywhere = `%${typed.replaceAll(/[\\%_]/gu, '\\$&')}%`;
  const digits = typed.replaceAll(/\D/gu, '').replace(/^0+/u, '');
  return or(
    ilike(sql`${leads.firstName} || ' ' || ${leads.lastName}`, anywhere), ilike(leads.email, anywhere),
    digits.length >= 4 ? ilike(leads.phone, `%${digits}%`) : undefined,
  );
}

const columns = {
  id: leads.id, at: exactInstant(leads.createdAt), firstName: leads.firstName, lastName: leads.lastName, phone: leads.phone, email: leads.email, note: leads.note,
  status: leads.status, source: leads.source, planCode: leads.planCode, ownerId: leads.ownerId, ownerFirst: user.firstName, ownerLast: user.lastName,
  branchId: leads.branchId, branchName: branches.name, userId: leads.userId, createdAt: leads.createdAt, updatedAt: leads.updatedAt,
};

const selected = (tx: Tx) => tx.select(columns).from(leads)
  .innerJoin(branches, and(eq(branches.tenantId, leads.tenantId), eq(branches.id, leads.branchId)))
  // an owner whose own row lies in another branch is not the scope's to see: the lead still is
  .leftJoin(user, and(eq(user.tenantId, leads.tenantId), eq(user.id, leads.ownerId)));

type Row = Awaited<ReturnType<typeof selected>>[number];

/** What a reader of that scope may know. Which member a lead became is told only to those who read members. */
function viewOf(scope: TenantScope, { ownerFirst, ownerLast, at: _, userId, status, source, ...row }: Row) {
  const own = scope.actor.kind === 'user' && scope.actor.id === row.ownerId;
  return {
    ...row, status: statusOf(status), source: sourceOf(source), ownerName: own ? fullName(scope.actor) : fullName({ firstName: ownerFirst ?? '', lastName: ownerLast ?? '' }),
    memberId: can(scope.permissions, 'members.read') ? userId : null, nextStatuses: nextLeadStatuses(statusOf(status)).filter((next) => next !== 'converted'),
  };
}

/** Leads in reach, newest first; agents and promoters see their own. */
export async function listLeads(scope: TenantScope, filter: LeadFilter) {
  const rows = await readTenant(scope, (tx) =>
    selected(tx)
      .where(and(
        visible(scope, leads), matches(filter.search),
        filter.status === undefined ? undefined : eq(leads.status, filter.status),
        filter.source === undefined ? undefined : eq(leads.source, filter.source),
        filter.ownerId === undefined ? undefined : eq(leads.ownerId, filter.ownerId),
        olderThan(leads.createdAt, leads.id, filter.cursor),
      ))
      .orderBy(desc(leads.createdAt), desc(leads.id)).limit(filter.limit + 1));
  const page = newestPage(rows, filter.limit);
  return { ...page, items: page.items.map((row) => viewOf(scope, { ...row, at: '' })) };
}

/** One lead in reach. Throws NOT_FOUND. */
export async function getLead(scope: TenantScope, id: string) {
  const [row] = await readTenant(scope, (tx) => selected(tx).where(and(visible(scope, leads), eq(leads.id, id))));
  if (row === undefined) throw notFound();
  return viewOf(scope, row);
}

interface Place {
  readonly branchId: string;
  readonly ownerId: string;
}

/** The seller whom a manager hands the lead to, with the branch of the seller's role. */
async function handedTo(tx: Tx, scope: TenantScope, ownerId: string): Promise<Place> {
  const { reach } = scope;
  if (reach.kind !== 'tenant' && reach.kind !== 'branch') throw forbidden();
  const [seller] = await tx.select({ branchId: userRoles.branchId }).from(userRoles)
    .innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId), eq(user.status, 'active')))
    .where(and(
      eq(userRoles.tenantId, scope.tenantId), eq(userRoles.userId, ownerId), inArray(userRoles.role, ['branch_manager', 'agent', 'promoter']),
      reach.kind === 'branch' ? eq(userRoles.branchId, reach.branchId) : undefined,
    )).limit(1);
  if (seller?.branchId == null) throw notFound();
  return { branchId: seller.branchId, ownerId };
}

async function placeOf(tx: Tx, scope: TenantScope, ownerId: string | undefined, defaultBranchCode: string): Promise<Place> {
  const { reach, actor } = scope;
  if (ownerId !== undefined && ownerId !== actor.id) return await handedTo(tx, scope, ownerId);
  // a super admin inside a tenant is no user of it and so can own nothing there
  if (actor.kind !== 'user' || actor.id === null) throw invalid('ownerId', 'errors.required');
  if (reach.kind === 'branch' || reach.kind === 'own') return { branchId: reach.branchId, ownerId: actor.id };
  if (reach.kind !== 'tenant') throw forbidden();
  const { branchId } = await placementOf(tx, scope, undefined, defaultBranchCode);
  return { branchId, ownerId: actor.id };
}

/** The code that brought the lead: the one that was told, else the own one of a referral. */
async function referralOf(tx: Tx, scope: TenantScope, input: LeadInput, ownerId: string): Promise<string | null> {
  const which = input.referralCode !== undefined ? eq(referralCodes.code, input.referralCode) : input.source === 'referral' ? eq(referralCodes.userId, ownerId) : undefined;
  if (which === undefined) return null;
  const [code] = await tx.select({ id: referralCodes.id }).from(referralCodes)
    .where(and(eq(referralCodes.tenantId, scope.tenantId), which, sql`${referralCodes.disabledAt} is null`)).limit(1);
  if (code === undefined && input.referralCode !== undefined) throw invalid('referralCode', 'errors.referral');
  return code?.id ?? null;
}

const open: readonly LeadStatus[] = ['new', 'contacted', 'payment_pending'];

/**
 * Writes down somebody who may become a member. The lead belongs to the caller, or to a seller in reach whom a manager names by `ownerId`, who is then told.
 * Throws INVALID with the field, NOT_FOUND for a seller out of reach, CONFLICT `errors.lead.duplicate` when an open lead in the caller's
 * reach has the same phone or e-mail.
 */
export async function createLead(scope: TenantScope, raw: LeadInput & { readonly ownerId?: string | undefined }, now: Date): Promise<{ id: string }> {
  const { ownerId: named } = raw;
  const input = parseOrThrow(leadInputFor(scope.tenant.country), raw);
  const enrolment = await ruleOf(scope, 'enrolment', now);
  // owner and code may lie in another branch than the scope sees; the queries above name exactly what they take of it
  const { referralCodeId, ...place } = await withTenant(actAsTenant(scope, 'leads.create'), async (tx) => {
    const found = await placeOf(tx, scope, named, enrolment.value.defaultBranchCode);
    return { ...found, referralCodeId: await referralOf(tx, scope, input, found.ownerId) };
  });
  // the rest stays inside the caller's own reach, so that the database keeps it there too
  return await withTenant(inAction(scope, 'leads.create'), async (tx) => {
    // a double click waits here and then finds the first one's lead
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lead:${scope.tenantId}:${input.phone ?? input.email ?? ''}`}, 0))`);
    const same = or(input.phone === undefined ? undefined : eq(leads.phone, input.phone), input.email === undefined ? undefined : eq(leads.email, input.email));
    const [before] = await tx.select({ id: leads.id }).from(leads).where(and(visible(scope, leads), inArray(leads.status, [...open]), same)).limit(1);
    if (before !== undefined) throw conflict('errors.lead.duplicate');
    const id = newId();
    await tx.insert(leads).values({
      tenantId: scope.tenantId, id, ...place, referralCodeId, source: input.source, planCode: input.planCode ?? null,
      firstName: input.firstName, lastName: input.lastName ?? '', phone: input.phone ?? null, email: input.email ?? null, note: input.note ?? '', createdAt: now, updatedAt: now,
    });
    if (place.ownerId !== scope.actor.id) {
      await notify(tx, scope, { userId: place.ownerId, kind: 'lead.created', params: { name: fullName({ firstName: input.firstName, lastName: input.lastName ?? '' }) }, href: '/leads', effectKey: `lead-created:${id}` });
    }
    return { id };
  });
}

/**
 * Moves a lead on, with a line added to its note. Throws CONFLICT when its status does not allow that. `converted` is refused here: only
 * an enrolment makes a member.
 */
export async function moveLead(scope: TenantScope, input: { id: string; to: LeadStatus; note?: string | undefined }, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'leads.move'), async (tx) => {
    const [lead] = await tx.select({ status: leads.status, note: leads.note }).from(leads).where(and(visible(scope, leads), eq(leads.id, input.id))).for('no key update');
    if (lead === undefined) throw notFound();
    assertLeadStatus(statusOf(lead.status), input.to);
    if (input.to === 'converted') throw conflict('errors.transition.unknown', { from: lead.status, to: input.to });
    const note = input.note === undefined ? lead.note : [lead.note, input.note].filter((line) => line !== '').join('\n').slice(-4000);
    await tx.update(leads).set({ status: input.to, note, updatedAt: now }).where(and(visible(scope, leads), eq(leads.id, input.id)));
  });
}
