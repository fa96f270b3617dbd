import { and, eq, inArray, ne } from 'drizzle-orm';
import { can, conflict, formatMoney, fullName, newId, notFound, sum, type Money } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashHandovers, cashReceipts, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { moneyOf } from '../memberships/service';
import { notifyRole } from '../notifications';
import { inTenant, lockReceipts, staffOf, type Receipt } from './cashier';

export interface MadeHandover {
  readonly id: string;
  readonly amount: Money;
  readonly receipts: number;
}

/** Throws NOT_FOUND unless every receipt is the caller's own, or of somebody who works here no more and cannot say it any more. */
async function assertTheirs(tx: Tx, scope: TenantScope, me: string, rows: readonly Receipt[]): Promise<void> {
  const others = [...new Set(rows.map(({ agentId }) => agentId).filter((id) => id !== me))];
  if (others.length === 0) return;
  if (!can(scope.permissions, 'cash.verify')) throw notFound();
  const gone = await tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, others), ne(user.status, 'active')));
  if (gone.length !== others.length) throw notFound();
}

function grouped(rows: readonly Receipt[]): Receipt[][] {
  const groups = new Map<string, Receipt[]>();
  for (const row of rows) {
    const key = `${row.branchId} ${row.agentId} ${row.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

async function handOver(tx: Tx, scope: TenantScope, me: string, rows: readonly Receipt[], now: Date): Promise<MadeHandover | null> {
  const [first] = rows;
  if (first === undefined) return null;
  const { branchId, agentId, currency } = first;
  const amount = sum(rows.map(({ amountMinor }) => moneyOf(amountMinor, currency)), moneyOf(0n, currency).currency);
  const id = newId();
  await tx.insert(cashHandovers).values({ tenantId: scope.tenantId, id, branchId, agentId, handedBy: me, receipts: rows.length, amountMinor: amount.minor, currency, handedAt: now, createdAt: now });
  await tx.update(cashReceipts).set({ status: 'handed', handedAt: now, handoverId: id, updatedAt: now }).where(inTenant(scope, rows.map((row) => row.id)));
  await notifyRole(tx, scope, { role: 'branch_manager', branchId, except: me }, {
    kind: 'cash.handed', params: { agent: fullName(scope.actor), amount: formatMoney(amount, localeOfRow(scope.tenant.defaultLocale)), count: rows.length }, href: '/cash?place=toConfirm', effectKey: `cash_handover:${id}:handed`,
  });
  return { id, amount, receipts: rows.length };
}

/**
 * A collector says that own cash was handed to the branch: one handover for each branch and currency. The ledger keeps it with the collector until the branch has
 * counted it. The branch may say it for somebody who works here no more. All receipts or none; what is handed over already is passed over, so that repeating does
 * nothing. Throws NOT_FOUND for receipts that are not the caller's, CONFLICT for banked ones and those whose cash was given back to the member.
 */
export async function handOverCash(scope: TenantScope, ids: readonly string[], now: Date): Promise<MadeHandover[]> {
  const me = staffOf(scope);
  const wanted = [...new Set(ids)];
  return await withTenant(inAction(scope, 'cash.handOver'), async (tx) => {
    const rows = await lockReceipts(tx, scope, inArray(cashReceipts.id, wanted));
    if (rows.length !== wanted.length) throw notFound();
    await assertTheirs(tx, scope, me, rows);
    if (rows.some(({ status }) => status === 'banked')) throw conflict('errors.transition.unknown', { from: 'banked', to: 'handed' });
    if (rows.some(({ status }) => status === 'returned')) throw conflict('errors.cash.returnedToMember');
    const made: MadeHandover[] = [];
    for (const group of grouped(rows.filter(({ status }) => status === 'collected'))) {
      const one = await handOver(tx, scope, me, group, now);
      if (one !== null) made.push(one);
    }
    return made;
  });
}
