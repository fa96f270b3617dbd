import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import { formatMoney, sum, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { commissions, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { staffOf } from '../cash/cashier';

export interface ApproveInput {
  /** Whose commissions. */
  readonly agentIds: readonly string[];
  /** What came later was not seen and stays as it is. */
  readonly until: Date;
}

export type Entry = typeof commissions.$inferSelect;

/** Sums of entries by person and currency. */
export function totalsByPerson(entries: readonly Entry[]): { readonly agentId: string; readonly amount: Money; readonly entries: readonly Entry[] }[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(`${entry.agentId} ${entry.currency}`, [...(groups.get(`${entry.agentId} ${entry.currency}`) ?? []), entry]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ agentId: first.agentId, amount: sum(group.map(({ amountMinor }) => moneyOf(amountMinor, first.currency)), moneyOf(0n, first.currency).currency), entries: group }];
  });
}

export async function localeOfPerson(tx: Tx, scope: TenantScope, id: string) {
  const [row] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, id)));
  return localeOfRow(row?.locale ?? scope.tenant.defaultLocale);
}

/** Approves what the named people earned in reach, up to the moment that was looked at; each is told once. Nobody approves the own. Repeating does nothing. Gives how many entries were approved. */
export async function approveCommissions(scope: TenantScope, input: ApproveInput, now: Date): Promise<number> {
  const me = staffOf(scope);
  const others = input.agentIds.filter((id) => id !== me);
  if (others.length === 0) return 0;
  const tenant = actAsTenant(scope, 'commissions.approve');
  return await withTenant(inAction(scope, 'commissions.approve'), async (tx) => {
    const approved = await tx.update(commissions).set({ approvedAt: now, approvedBy: me, updatedAt: now })
      .where(and(visible(scope, commissions), inArray(commissions.agentId, others), isNull(commissions.approvedAt), lte(commissions.createdAt, input.until))).returning();
    for (const { agentId, amount, entries: [first] } of totalsByPerson(approved)) {
      await notify(tx, tenant, {
        userId: agentId, kind: 'commission.approved', params: { amount: formatMoney(amount, await localeOfPerson(tx, tenant, agentId)) }, href: '/commissions?view=account', effectKey: `commission:${first?.id ?? ''}:approved`,
      });
    }
    return approved.length;
  });
}
