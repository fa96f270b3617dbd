import { z } from 'zod';
import { and, desc, eq, isNull, inArray } from 'drizzle-orm';
import { fullName, membershipStatuses, notFound, paymentStatuses, type Locale, type MembershipStatus, type Money, type PaymentStatus } from '@interdomestik/rules';
import { inAction, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { memberships, payments, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf, moneyOf } from '../memberships/service';
import { planTitles } from '../plans/service';

export const paymentMethodsStored = ['card', 'cash', 'bank_transfer', 'free'] as const;
export type StoredPaymentMethod = (typeof paymentMethodsStored)[number];

const statusOf = (text: string): PaymentStatus => {
  const status = paymentStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a payment has an unknown status');
  return status;
};
const methodOf = (text: string): StoredPaymentMethod => {
  const method = paymentMethodsStored.find((candidate) => candidate === text);
  if (method === undefined) throw new Error('a payment has an unknown method');
  return method;
};

export interface PaymentView {
  readonly id: string;
  readonly planTitle: string | null;
  /** What it pays for. */
  readonly membershipId: string | null;
  readonly method: StoredPaymentMethod;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly refunded: Money;
  /** Who writes the tax document of this sale. */
  readonly taxDocumentIssuer: 'provider' | 'tenant';
  readonly paidAt: Date | null;
  readonly createdAt: Date;
}

const columns = {
  id: payments.id, userId: payments.userId, method: payments.method, status: payments.status, minor: payments.amountMinor, refundedMinor: payments.refundedMinor,
  currency: payments.currency, issuer: payments.taxDocumentIssuer, paidAt: payments.paidAt, createdAt: payments.createdAt, membershipId: payments.membershipId, planCode: memberships.planCode,
} as const;

type Row = { [K in keyof typeof columns]: K extends 'planCode' ? string | null : (typeof columns)[K]['_']['notNull'] extends true ? (typeof columns)[K]['_']['data'] : (typeof columns)[K]['_']['data'] | null };

function viewOf(row: Row, title: (code: string) => string): PaymentView {
  return {
    id: row.id, planTitle: row.planCode === null ? null : title(row.planCode), membershipId: row.membershipId, method: methodOf(row.method), status: statusOf(row.status),
    amount: moneyOf(row.minor, row.currency), refunded: moneyOf(row.refundedMinor, row.currency),
    taxDocumentIssuer: row.issuer === 'provider' ? 'provider' : 'tenant', paidAt: row.paidAt, createdAt: row.createdAt,
  };
}

/** Own payments, newest first. */
export async function myPayments(scope: TenantScope, locale: Locale, now: Date): Promise<PaymentView[]> {
  const userId = memberOf(scope);
  const title = await planTitles(scope, locale, now);
  const rows = await readTenant(inAction(scope, 'payments.mine'), (tx) =>
    tx.select(columns).from(payments)
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(visible(scope, payments), eq(payments.userId, userId), isNull(payments.replacedAt))).orderBy(desc(payments.createdAt), desc(payments.id)).limit(100));
  return rows.map((row) => viewOf(row, title));
}

/** How a payment and its membership stand; polled after the payer came back. */
export async function paymentStatus(scope: TenantScope, paymentId: string): Promise<{ status: PaymentStatus; membershipStatus: MembershipStatus | null; amount: Money }> {
  const [row] = await readTenant(inAction(scope, 'payments.status'), (tx) =>
    tx.select({ status: payments.status, minor: payments.amountMinor, currency: payments.currency, membershipStatus: memberships.status }).from(payments)
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(visible(scope, payments), eq(payments.id, paymentId))));
  if (row === undefined) throw notFound();
  const membershipStatus = membershipStatuses.find((status) => status === row.membershipStatus) ?? null;
  return { status: statusOf(row.status), membershipStatus, amount: moneyOf(row.minor, row.currency) };
}

export interface PaymentListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly status?: readonly PaymentStatus[] | undefined; readonly method?: readonly StoredPaymentMethod[] | undefined } | undefined;
}

export const paymentFilters = { status: z.array(z.enum(paymentStatuses)).max(10), method: z.array(z.enum(paymentMethodsStored)).max(5) };

/** Payments in reach that a filter lets through. */
export const paymentsWanted = (scope: TenantScope, { status, method }: NonNullable<PaymentListInput['filters']> = {}) => and(
  visible(scope, payments), status === undefined ? undefined : inArray(payments.status, [...status]), method === undefined ? undefined : inArray(payments.method, [...method]),
);

/** Payments in the staff member's reach, newest first. */
export async function listPayments(scope: TenantScope, input: PaymentListInput, locale: Locale, now: Date) {
  const title = await planTitles(scope, locale, now);
  const rows = await readTenant(inAction(scope, 'payments.list'), (tx) =>
    tx.select({ ...columns, memberId: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, at: exactInstant(payments.createdAt) }).from(payments)
      // a payer who moved to another branch is no longer the reader's to know; the money taken here is
      .leftJoin(user, and(visible(scope, user), eq(user.id, payments.userId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(paymentsWanted(scope, input.filters), olderThan(payments.createdAt, payments.id, input.cursor)))
      .orderBy(desc(payments.createdAt), desc(payments.id)).limit(input.limit + 1));
  const page = newestPage(rows, input.limit);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((row) => ({ ...viewOf(row, title), memberId: row.memberId, memberName: row.firstName === null || row.lastName === null ? null : fullName({ firstName: row.firstName, lastName: row.lastName }), memberNumber: row.memberNumber })),
  };
}
