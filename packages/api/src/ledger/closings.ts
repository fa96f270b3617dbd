import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import { addMonths, assertClosable, fullName, monthOf, newId, notFound, parseDateOnly, todayIn, type DateOnly } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { ledgerClosings, ledgerEntries, user } from '@interdomestik/db/schema';

type Closing = typeof ledgerClosings.$inferSelect;

/** The last month that is closed, locked when it is about to change; undefined for none. */
async function lastClosed(tx: Tx, scope: TenantScope, lock: boolean): Promise<Closing | undefined> {
  const found = tx.select().from(ledgerClosings).where(and(eq(ledgerClosings.tenantId, scope.tenantId), isNull(ledgerClosings.reopenedAt))).orderBy(desc(ledgerClosings.month)).limit(1);
  const [row] = await (lock ? found.for('update') : found);
  return row;
}

const staffId = ({ actor }: TenantScope): string | null => (actor.kind === 'user' ? actor.id : null);

/** Where the books stand: the last closed month, the one that could be closed next, and what was closed and opened again before. */
export async function closingsOf(scope: TenantScope, now: Date) {
  return await withTenant(inAction(scope, 'ledger.closings'), async (tx) => {
    const last = await lastClosed(tx, scope, false);
    const [first] = await tx.select({ at: sql<Date | null>`min(${ledgerEntries.occurredAt})`.mapWith(ledgerEntries.occurredAt) }).from(ledgerEntries).where(eq(ledgerEntries.tenantId, scope.tenantId));
    const rows = await tx.select({ closing: ledgerClosings, firstName: user.firstName, lastName: user.lastName }).from(ledgerClosings)
      .leftJoin(user, and(eq(user.tenantId, ledgerClosings.tenantId), eq(user.id, sql`coalesce(${ledgerClosings.reopenedBy}, ${ledgerClosings.closedBy})`)))
      .where(eq(ledgerClosings.tenantId, scope.tenantId)).orderBy(desc(ledgerClosings.closedAt), desc(ledgerClosings.id)).limit(24);
    const begins = last === undefined ? first?.at === undefined || first.at === null ? null : monthOf(todayIn(scope.tenant.timeZone, first.at)) : addMonths(parseDateOnly(last.month), 1);
    return {
      closedTo: last?.month ?? null, next: begins !== null && addMonths(begins, 1) <= todayIn(scope.tenant.timeZone, now) ? begins : null,
      history: rows.map(({ closing: { id, month, closedAt, reopenedAt, reason }, firstName, lastName }) => ({ id, month, closedAt, reopenedAt, reason, by: firstName === null || lastName === null ? null : fullName({ firstName, lastName }) })),
    };
  });
}

/**
 * Closes a month and all before it: from now on the database lets nothing be booked into it. Bookings that are under way are waited for. Repeating it says CONFLICT. Throws INVALID for a month that is not
 * over.
 */
export async function closeMonth(asker: TenantScope, { month }: { readonly month: DateOnly }, now: Date): Promise<string> {
  const scope = inAction(asker, 'ledger.close');
  return await withTenant(scope, async (tx) => {
    const last = await lastClosed(tx, scope, true);
    assertClosable(month, last === undefined ? null : parseDateOnly(last.month), todayIn(scope.tenant.timeZone, now));
    const id = newId();
    await tx.insert(ledgerClosings).values({ tenantId: scope.tenantId, id, month, closedBy: staffId(scope), closedAt: now, createdAt: now, updatedAt: now });
    return id;
  });
}

/** Opens a closed month again, and with it every later one, with a reason that stays on record. Throws NOT_FOUND for a closing that is not there or not in force. */
export async function reopenMonth(asker: TenantScope, { id, reason }: { readonly id: string; readonly reason: string }, now: Date): Promise<void> {
  const scope = inAction(asker, 'ledger.reopen');
  await withTenant(scope, async (tx) => {
    const inForce = await tx.select().from(ledgerClosings).where(and(eq(ledgerClosings.tenantId, scope.tenantId), isNull(ledgerClosings.reopenedAt))).orderBy(asc(ledgerClosings.month)).for('update');
    const from = inForce.find((closing) => closing.id === id);
    if (from === undefined) throw notFound();
    await tx.update(ledgerClosings).set({ reopenedBy: staffId(scope), reopenedAt: now, reason, updatedAt: now })
      .where(and(eq(ledgerClosings.tenantId, scope.tenantId), isNull(ledgerClosings.reopenedAt), gte(ledgerClosings.month, from.month)));
  });
}
