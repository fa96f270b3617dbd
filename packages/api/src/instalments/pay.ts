import { and, eq } from 'drizzle-orm';
import { isCurrency, newId, notFound } from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, memberships, payments } from '@interdomestik/db/schema';
import { sendPayLink } from '../enrolments/pay-link';
import { accountFor } from '../payments/accounts';
import { openCheckout } from '../payments/checkout';
import { lockDue } from './due';

/** The payment of a part by card; made at the first time, and the same ever after. Throws as `lockDue`, and UNAVAILABLE while cards are switched off. */
async function paymentOf(asker: TenantScope, id: string, now: Date): Promise<string> {
  const [seen] = await readTenant(asker, (tx) => tx.select({ currency: instalments.currency, issuer: instalments.taxDocumentIssuer }).from(instalments).where(and(visible(asker, instalments), eq(instalments.id, id))));
  if (seen === undefined) throw notFound();
  const scope = actAsTenant(asker, 'instalments.pay');
  const account = seen.issuer === 'provider' && isCurrency(seen.currency) ? await accountFor(scope, 'paddle', seen.currency) : null;
  return await withTenant(scope, async (tx) => {
    const part = await lockDue(tx, scope, asker, id, 'card');
    if (part.paymentId !== null) return part.paymentId;
    const [sale] = await tx.select({ receipt: memberships.receipt }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, part.membershipId)));
    if (account === null || sale === undefined) throw notFound();
    const paymentId = newId();
    await tx.insert(payments).values({
      tenantId: scope.tenantId, id: paymentId, userId: part.userId, branchId: part.branchId, membershipId: part.membershipId, paymentAccountId: account.id, method: 'card', amountMinor: part.amountMinor,
      vatMinor: part.vatMinor, currency: part.currency, taxDocumentIssuer: part.taxDocumentIssuer, receipt: sale.receipt, createdAt: now, updatedAt: now,
    });
    await tx.update(instalments).set({ paymentId, updatedAt: now }).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.id, part.id)));
    return paymentId;
  });
}

/** Where the next part of a membership is paid by card. However often it is asked for, a part has one payment with one open checkout. */
export async function payInstalment(asker: TenantScope, id: string, now: Date): Promise<{ readonly paymentId: string; readonly url: string }> {
  const paymentId = await paymentOf(asker, id, now);
  return { paymentId, url: await openCheckout(asker, paymentId, now) };
}

/** A seller has the address where the next part is paid mailed to the member, once; and gets it, to show it. */
export async function sendInstalmentLink(seller: TenantScope, id: string, now: Date): Promise<{ readonly url: string | null }> {
  return { url: await sendPayLink(seller, await paymentOf(seller, id, now), now) };
}
