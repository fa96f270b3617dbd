import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { addDays, fullName, inLocale, isLocale, notFound, todayIn } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, memberships, payments, user } from '@interdomestik/db/schema';
import { isOn } from '../flags/flags';
import { defineJob } from '../jobs/registry';
import { JobWaits } from '../jobs/runnable';
import { countParts } from '../instalments/settle';
import { partTitle } from '../instalments/words';
import { isTold, letterheadOf, queueMail } from '../mails';
import { moneyOf } from '../memberships/service';
import { monthsOf } from '../memberships/activate';
import { openCheckout } from '../payments/checkout';
import { linesOfSale } from '../plans/pricing';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';

async function readLinked(scope: TenantScope, paymentId: string) {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({
      status: payments.status, minor: payments.amountMinor, currency: payments.currency, receipt: payments.receipt, planCode: memberships.planCode, sellerId: memberships.sellerId,
      userId: user.id, firstName: user.firstName, email: user.email, locale: user.locale, membershipId: memberships.id, part: instalments.number,
    }).from(payments)
      .innerJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .innerJoin(user, and(eq(user.tenantId, payments.tenantId), eq(user.id, payments.userId)))
      .leftJoin(instalments, and(eq(instalments.tenantId, payments.tenantId), eq(instalments.paymentId, payments.id)))
      .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, paymentId))));
  if (row === undefined) throw notFound();
  return row;
}

/** Who sold, by name; the tenant's own name when nobody of its people did. */
async function sellerName(scope: TenantScope, sellerId: string | null, otherwise: string): Promise<string> {
  if (sellerId === null) return otherwise;
  const [seller] = await readTenant(scope, (tx) => tx.select({ firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, sellerId))));
  return seller === undefined ? otherwise : fullName(seller);
}

/**
 * Opens the checkout of a sale with a pay link and mails its address to the member, once; null when it is paid already. Safe to repeat: a payment has
 * one open checkout and one mail. Throws UNAVAILABLE when the provider does not answer.
 */
export async function sendPayLink(asker: TenantScope, paymentId: string, now: Date): Promise<string | null> {
  const scope = actAsTenant(asker, 'enrolments.sendPayLink');
  const sale = await readLinked(scope, paymentId);
  if (sale.status !== 'pending' && sale.status !== 'failed') return null;
  const url = await openCheckout(scope, paymentId, now);
  const { email } = sale;
  if (email === null) return url;
  const locale = isLocale(sale.locale) ? sale.locale : 'en';
  const [letterhead, title, invoicing] = await Promise.all([letterheadOf(scope, now), planTitles(scope, locale, now), ruleOf(scope, 'invoicing', now)]);
  if (!isTold(letterhead, 'payment.link', 'mail')) return url;
  const agent = await sellerName(scope, sale.sellerId, inLocale(letterhead.branding.names, locale));
  await withTenant(scope, async (tx) => {
    const name = title(sale.planCode);
    const plan = sale.part === null ? name : partTitle(locale, name, { number: sale.part, parts: await countParts(tx, scope, sale.membershipId) });
    await queueMail(tx, scope, {
      template: 'payment-link', to: { email, userId: sale.userId }, locale, letterhead, effectKey: `payment:${paymentId}:link`,
      params: {
        name: sale.firstName, agent, plan, lines: sale.part === null ? linesOfSale(sale.receipt, locale) : [], amount: moneyOf(sale.minor, sale.currency), months: monthsOf(sale.receipt),
        until: addDays(todayIn(scope.tenant.timeZone, now), invoicing.value.paymentTermDays), url,
      },
    });
  });
  return url;
}

/** Sends the link later, where the provider did not answer while the seller waited; not any more for who may not sell any more. */
export const sendPayLinkJob = defineJob({
  name: 'enrolments.sendPayLink', payload: z.object({ paymentId: z.uuid() }), retries: 8, asks: 'members.enrol',
  run: async (scope, { paymentId }) => {
    if (!(await isOn(scope, 'payments.card'))) throw new JobWaits('the card payments of the tenant are switched off');
    await sendPayLink(scope, paymentId, new Date());
  },
});
