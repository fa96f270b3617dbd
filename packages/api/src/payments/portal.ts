import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { actAsTenant, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { failureOf, log } from '../log';
import { memberOf } from '../memberships/service';
import { accountById, providerOf } from './accounts';

/**
 * Address of the provider's own page where the member changes saved cards and finds the provider's documents: of the account and customer of the newest own card payment. Null for who never paid by card, and while the
 * provider does not answer. Speaks to the provider outside any transaction.
 */
export async function cardPortal(asker: TenantScope): Promise<string | null> {
  const userId = memberOf(asker);
  const [paid] = await readTenant(asker, (tx) => tx.select({ accountId: payments.paymentAccountId, customerId: payments.providerCustomerId }).from(payments)
    .where(and(visible(asker, payments), eq(payments.userId, userId), eq(payments.method, 'card'), isNotNull(payments.providerCustomerId))).orderBy(desc(payments.createdAt), desc(payments.id)).limit(1));
  if (paid === undefined || paid.customerId === null) return null;
  // the account is the tenant's, out of a member's sight
  const account = await accountById(actAsTenant(asker, 'payments.portal'), paid.accountId);
  return await providerOf(account).openPortal(paid.customerId).catch((error: unknown) => {
    log.warn({ failure: failureOf(error) }, 'portal of a payer not opened');
    return null;
  });
}
