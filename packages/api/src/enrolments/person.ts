import { and, eq, sql } from 'drizzle-orm';
import { assertLeadStatus, DomainError, leadStatuses, newId, notFound, type LeadStatus } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { leads, user, userRoles } from '@interdomestik/db/schema';
import { nameColumns } from '../members/search';
import type { PreparedSale } from './prepare';

/**
 * Two sales of the same person at the same moment wait for each other, and then the second one sees the first: nothing else keeps the
 * number unique, because old data may hold it twice.
 */
async function refuseDoublePerson(tx: Tx, scope: TenantScope, personalNumber: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${scope.tenantId}/person/${personalNumber}`}, 0))`);
  const [known] = await tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.personalNumber, personalNumber))).limit(1);
  // the seller learns that the person is a member somewhere in the tenant, and nothing else of them
  if (known !== undefined) throw new DomainError('CONFLICT', 'errors.personalNumber.taken', { field: 'personalNumber' });
}

/** Puts the person into the tenant as a member. Throws CONFLICT on the field that somebody has already. */
export async function insertPerson(tx: Tx, scope: TenantScope, { input, branchId, sellerId, now }: PreparedSale): Promise<string> {
  if (input.personalNumber !== undefined) await refuseDoublePerson(tx, scope, input.personalNumber);
  const email = input.email ?? null;
  const [made] = await tx.insert(user)
    .values({
      tenantId: scope.tenantId, id: newId(), branchId, agentId: scope.roles.includes('agent') ? sellerId : null, email, signInEmail: email,
      status: email === null ? 'active' : 'invited', ...nameColumns(input.firstName, input.lastName), phone: input.phone, personalNumber: input.personalNumber ?? null,
      birthDate: input.birthDate ?? null, address: input.address ?? null, city: input.city ?? null, locale: input.locale, createdAt: now, updatedAt: now,
    })
    .onConflictDoNothing({ target: [user.tenantId, user.signInEmail] })
    .returning({ id: user.id });
  if (made === undefined) throw new DomainError('CONFLICT', 'errors.account.emailTaken', { field: 'email' });
  await tx.insert(userRoles).values({ tenantId: scope.tenantId, id: newId(), userId: made.id, role: 'member', grantedBy: sellerId });
  return made.id;
}

const statusOf = (text: string): LeadStatus => {
  const status = leadStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a lead has an unknown status');
  return status;
};

/** A lead whose pay link was paid has become a member. */
export async function settleLead(tx: Tx, scope: TenantScope, userId: string, now: Date): Promise<void> {
  await tx.update(leads).set({ status: 'converted', updatedAt: now }).where(and(eq(leads.tenantId, scope.tenantId), eq(leads.userId, userId), eq(leads.status, 'payment_pending')));
}

/** Turns the seller's lead into the member. `seller` decides which leads there are; throws NOT_FOUND, or CONFLICT for one that is used up. */
export async function convertLead(tx: Tx, seller: TenantScope, leadId: string, to: LeadStatus, userId: string, now: Date): Promise<void> {
  const here = and(visible(seller, leads), eq(leads.id, leadId));
  const [lead] = await tx.select({ status: leads.status }).from(leads).where(here).for('no key update');
  if (lead === undefined) throw notFound();
  assertLeadStatus(statusOf(lead.status), to);
  await tx.update(leads).set({ status: to, userId, updatedAt: now }).where(here);
}
