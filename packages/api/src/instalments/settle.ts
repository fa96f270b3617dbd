import { and, asc, eq } from 'drizzle-orm';
import { addMonths, type DateOnly } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { instalments, invoices } from '@interdomestik/db/schema';
import { ofMembership } from './write';

export type InstalmentRow = typeof instalments.$inferSelect;

/** The part that a payment pays, locked until the end of the transaction; null for a payment of something whole. */
export async function partOf(tx: Tx, scope: TenantScope, paymentId: string): Promise<InstalmentRow | null> {
  const [part] = await tx.select().from(instalments).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.paymentId, paymentId))).for('no key update');
  return part ?? null;
}

/** How many parts a membership is paid in. */
export async function countParts(tx: Tx, scope: TenantScope, membershipId: string): Promise<number> {
  return await tx.$count(instalments, ofMembership(scope, membershipId));
}

/** Marks a part paid. The caller holds its lock and has seen that it was due. With the last one the invoice of the whole is paid as well, where it is ours. */
export async function markPaid(tx: Tx, scope: TenantScope, part: InstalmentRow, paymentId: string, paidAt: Date): Promise<void> {
  await tx.update(instalments).set({ status: 'paid', paymentId, paidAt, updatedAt: paidAt }).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.id, part.id)));
  const [first, ...others] = await tx.select({ paymentId: instalments.paymentId, status: instalments.status }).from(instalments).where(ofMembership(scope, part.membershipId)).orderBy(asc(instalments.number));
  if (first === undefined || first.paymentId === null || [first, ...others].some(({ status }) => status !== 'paid')) return;
  await tx.update(invoices).set({ status: 'paid', updatedAt: paidAt }).where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.paymentId, first.paymentId), eq(invoices.status, 'issued')));
}

const monthIndex = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** The membership begins on another day than it was sold for, because its first part was paid later: its parts move with it, as many months after the start as was agreed. */
export async function moveDueDays(tx: Tx, scope: TenantScope, first: InstalmentRow, start: DateOnly): Promise<void> {
  if (first.dueOn === start) return;
  const parts = await tx.select({ id: instalments.id, dueOn: instalments.dueOn }).from(instalments).where(ofMembership(scope, first.membershipId));
  for (const { id, dueOn } of parts) {
    const months = monthIndex(dueOn) - monthIndex(first.dueOn);
    await tx.update(instalments).set({ dueOn: addMonths(start, months) }).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.id, id)));
  }
}

/** What is still due of a membership that has ended is not to be paid any more. */
export async function cancelDue(tx: Tx, scope: TenantScope, membershipId: string, now: Date): Promise<void> {
  await tx.update(instalments).set({ status: 'canceled', updatedAt: now }).where(and(ofMembership(scope, membershipId), eq(instalments.status, 'due')));
}

/** Takes `cancelDue` back when the membership goes on after all. */
export async function restoreDue(tx: Tx, scope: TenantScope, membershipId: string, now: Date): Promise<void> {
  await tx.update(instalments).set({ status: 'due', updatedAt: now }).where(and(ofMembership(scope, membershipId), eq(instalments.status, 'canceled')));
}
