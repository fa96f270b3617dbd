import { and, eq } from 'drizzle-orm';
import { newId, type Schedule } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { instalments } from '@interdomestik/db/schema';
import type { PaymentAccount } from '../payments/accounts';

export interface PartedSale {
  readonly userId: string;
  readonly branchId: string;
  readonly membershipId: string;
  /** The payment of the first part, which makes the membership active. */
  readonly paymentId: string;
  readonly account: Pick<PaymentAccount, 'taxDocumentIssuer'>;
  /** When the first part was paid; null where the sale waits for it. */
  readonly paidAt: Date | null;
  readonly now: Date;
}

/** Writes down the parts of a sale in the sale's own transaction; a sale that is paid at once has none. */
export async function writeInstalments(tx: Tx, scope: TenantScope, schedule: Schedule | null, sale: PartedSale): Promise<void> {
  if (schedule === null) return;
  const { userId, branchId, membershipId, paymentId, account, paidAt, now } = sale;
  await tx.insert(instalments).values(schedule.instalments.map(({ number, dueOn, money, vat }) => ({
    tenantId: scope.tenantId, id: newId(), membershipId, userId, branchId, code: schedule.code, number, dueOn, amountMinor: money.minor, vatMinor: vat.minor, currency: money.currency,
    taxDocumentIssuer: account.taxDocumentIssuer, createdAt: now, updatedAt: now, ...(number === 1 ? { paymentId, ...(paidAt === null ? {} : { status: 'paid', paidAt }) } : {}),
  })));
}

/** Parts of a membership. */
export const ofMembership = (scope: TenantScope, membershipId: string) => and(eq(instalments.tenantId, scope.tenantId), eq(instalments.membershipId, membershipId));
