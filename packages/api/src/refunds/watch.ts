import { and, asc, eq, lt } from 'drizzle-orm';
import { formatMoney } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { refunds } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { enqueue } from '../jobs/queue';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { moneyOf } from '../memberships/service';
import { notifyRole } from '../notifications';
import { sendRefundJob } from './send';

type Refund = typeof refunds.$inferSelect;

/** What nobody has looked at for so long has lost its job, or its answer. */
const lostAfterMs = 2 * 3_600_000;
/** A refund that is not decided after so long is for a person; a bank may take its days once the provider has it. */
export const stuckAfterMs = { unsent: 24 * 3_600_000, sent: 7 * 24 * 3_600_000 } as const;
const atMost = 200;

export const isStuck = ({ createdAt, providerAdjustmentId }: Pick<Refund, 'createdAt' | 'providerAdjustmentId'>, now: Date): boolean =>
  now.getTime() - createdAt.getTime() > (providerAdjustmentId === null ? stuckAfterMs.unsent : stuckAfterMs.sent);

async function tellStuck(tx: Tx, scope: TenantScope, { id, amountMinor, currency, providerAdjustmentId }: Refund): Promise<void> {
  const amount = formatMoney(moneyOf(amountMinor, currency), localeOfRow(scope.tenant.defaultLocale));
  await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'payment.refund_stuck', params: { amount }, href: '/payments/refunds', effectKey: `refund:${id}:stuck:${providerAdjustmentId === null ? 'unsent' : 'sent'}` });
}

/**
 * Takes up refunds that the provider has not decided: whose job is gone it asks again, of what was sent it asks what became of it, and who must look at one that does not come to an end is told, once. May run as often as it
 * likes. Gives how many are open.
 */
export async function watchRefunds(given: TenantScope, now: Date): Promise<number> {
  const scope = inAction(given, 'refunds.watch');
  return await withTenant(scope, async (tx) => {
    const open = await tx.select().from(refunds)
      .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.source, 'provider'), eq(refunds.status, 'asked'), lt(refunds.updatedAt, new Date(now.getTime() - lostAfterMs)))).orderBy(asc(refunds.createdAt), asc(refunds.id)).limit(atMost);
    for (const refund of open) {
      await enqueue(tx, scope, sendRefundJob, { refundId: refund.id });
      if (isStuck(refund, now)) await tellStuck(tx, scope, refund);
    }
    return open.length;
  });
}

export const watchRefundsJob = defineJob({ name: 'refunds.watch', payload: turnSchema, retries: 3, run: async (scope) => { await watchRefunds(scope, new Date()); } });
