import { deliver, eventOf, transactionData } from './paddle';
import { runJobs } from './jobs';
import { factsOf, pendingSale, type PendingSale } from './sales';
import type { TestTenant, World } from './world';

/** Somebody who joined and paid by card, with everything that follows: membership, ledger, card, number. Needs `usePaddle`. */
export async function paidSale(world: World, tenant: TestTenant, changes: Record<string, unknown> = {}): Promise<PendingSale & { readonly minor: bigint }> {
  const sale = await pendingSale(tenant, changes);
  const minor = (await factsOf(sale)).payment?.amountMinor ?? 0n;
  await deliver(tenant, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor })));
  await runJobs(world.database);
  return { ...sale, minor };
}
