import { and, asc, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm';
import { addDays, locales, todayIn, type DateOnly, type Locale } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { releaseCoupon } from '../memberships/coupons';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { planTitles } from '../plans/service';
import { portalOrigin, portalPaths } from '../site/origins';

/** A statement of the last day is read in on the next, or after a week's end. */
const statementDays = 3;
const pageSize = 100;

interface Rules {
  readonly letterhead: Letterhead;
  readonly titles: Readonly<Partial<Record<Locale, (code: string) => string>>>;
}

const overdue = (scope: TenantScope, today: DateOnly) =>
  and(eq(payments.tenantId, scope.tenantId), eq(payments.method, 'bank_transfer'), eq(payments.status, 'pending'), isNull(payments.replacedAt), isNotNull(payments.expiresOn), lt(payments.expiresOn, addDays(today, -statementDays)));

async function tell(tx: Tx, scope: TenantScope, payment: typeof payments.$inferSelect, { letterhead, titles }: Rules): Promise<void> {
  const [person] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, payment.userId)));
  if (person === undefined) return;
  const [sale] = payment.membershipId === null ? [] : await tx.select({ planCode: memberships.planCode }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, payment.membershipId)));
  const planCode = sale?.planCode ?? '';
  const locale = localeOfRow(person.locale);
  const effectKey = `payment:${payment.id}:lapsed`;
  if (isTold(letterhead, 'payment.failed', 'in_app')) await notify(tx, scope, { userId: payment.userId, kind: 'payment.transfer_lapsed', href: portalPaths.payments, effectKey });
  if (person.email === null || !isTold(letterhead, 'payment.failed', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'transfer-lapsed', to: { email: person.email, userId: payment.userId }, locale, letterhead, effectKey,
    params: { name: person.firstName, plan: titles[locale]?.(planCode) ?? planCode, amount: moneyOf(payment.amountMinor, payment.currency), until: payment.expiresOn as DateOnly, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.home}` },
  });
}

async function lapseOne(scope: TenantScope, id: string, today: DateOnly, rules: Rules, now: Date): Promise<boolean> {
  return await withTenant(scope, async (tx) => {
    const [payment] = await tx.select().from(payments).where(and(overdue(scope, today), eq(payments.id, id))).for('no key update');
    if (payment === undefined) return false;
    await tx.update(payments).set({ status: 'failed', updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, id)));
    if (payment.membershipId !== null) await releaseCoupon(tx, scope, payment.membershipId, now);
    await tell(tx, scope, payment, rules);
    return true;
  });
}

/**
 * Lets sales lapse whose transfer has not come in time: the payment failed, the membership stays what nobody has paid for, the coupon is free again and the member hears of it; gives of how many. Money that was on its
 * way in time counts all the same when its statement comes later, and the member may begin the waiting anew. It may run twice, stop anywhere and run beside itself.
 */
export async function lapseTransfers(scope: TenantScope, now: Date): Promise<number> {
  const [letterhead, titled] = await Promise.all([
    letterheadOf(scope, now), Promise.all(locales.map(async (locale) => [locale, await planTitles(scope, locale, now)] as const)),
  ]);
  const rules: Rules = { letterhead, titles: Object.fromEntries(titled) };
  const today = todayIn(scope.tenant.timeZone, now);
  let done = 0;
  for (let after: string | null = null; ;) {
    const last: string | null = after;
    const rows: { id: string }[] = await withTenant(scope, (tx) => tx.select({ id: payments.id }).from(payments).where(and(overdue(scope, today), last === null ? undefined : gt(payments.id, last))).orderBy(asc(payments.id)).limit(pageSize));
    for (const { id } of rows) if (await lapseOne(scope, id, today, rules, now)) done += 1;
    if (rows.length < pageSize) return done;
    after = rows.at(-1)?.id ?? null;
  }
}

export const lapseTransfersJob = defineJob({
  name: 'bank.lapse', payload: turnSchema, retries: 3, atOnce: 2, run: async (scope) => { await lapseTransfers(inAction(scope, 'bank.lapse'), new Date()); },
});
