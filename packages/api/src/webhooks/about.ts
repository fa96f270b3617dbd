import { and, eq, or } from 'drizzle-orm';
import { fullName, isCurrency, isId, money, paymentStatuses, type Money, type PaymentStatus } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { payments, user } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import { parsePaddleEvent, type PaddleEvent } from '../vendors/paddle';

/** What a message says beside what we know of the same sale, so that a reader sees where the two part. */
export interface About {
  /** The provider's number of the transaction that it is about; null for anything else. */
  readonly transactionId: string | null;
  /** The sum that the provider names; null when it names none, or in a currency that we do not sell in. */
  readonly told: Money | null;
  /** Our own payment; null when we have none. */
  readonly payment: { readonly id: string; readonly amount: Money; readonly status: PaymentStatus; readonly payer: { readonly id: string; readonly name: string } | null } | null;
}

function read(raw: string): PaddleEvent | null {
  try {
    return parsePaddleEvent(raw);
  } catch {
    // a message that cannot be read is in the inbox to be looked at
    return null;
  }
}

const sum = (minor: bigint | null | undefined, currency: string | null): Money | null => (minor === null || minor === undefined || !isCurrency(currency) ? null : money(minor, currency));

async function paymentOf(tx: Tx, scope: TenantScope, paymentAccountId: string, transactionId: string, reference: unknown, seesPeople: boolean): Promise<About['payment']> {
  const byReference = typeof reference === 'string' && isId(reference) ? eq(payments.id, reference) : undefined;
  const [row] = await tx.select({ id: payments.id, minor: payments.amountMinor, currency: payments.currency, status: payments.status, userId: user.id, firstName: user.firstName, lastName: user.lastName }).from(payments)
    .leftJoin(user, and(visible(scope, user), eq(user.id, payments.userId)))
    .where(and(visible(scope, payments), eq(payments.paymentAccountId, paymentAccountId), or(byReference, eq(payments.providerTransactionId, transactionId)))).limit(1);
  const status = paymentStatuses.find((one) => one === row?.status);
  if (row === undefined || status === undefined) return null;
  const { userId, firstName, lastName } = row;
  const payer = !seesPeople || userId === null || firstName === null || lastName === null ? null : { id: userId, name: fullName({ firstName, lastName }) };
  return { id: row.id, amount: moneyOf(row.minor, row.currency), status, payer };
}

/** What an event of the inbox is about. The payer's name only for who may see people. */
export async function aboutOf(tx: Tx, scope: TenantScope, stored: { readonly raw: string; readonly paymentAccountId: string }, seesPeople: boolean): Promise<About> {
  const event = read(stored.raw);
  if (event?.kind === 'transaction') {
    const { id, totals, currency, customData } = event.transaction;
    return { transactionId: id, told: sum(totals?.grandTotal, currency), payment: await paymentOf(tx, scope, stored.paymentAccountId, id, customData['reference'], seesPeople) };
  }
  if (event?.kind === 'adjustment') {
    const { transactionId, total, currency } = event.adjustment;
    return { transactionId, told: sum(total, currency), payment: await paymentOf(tx, scope, stored.paymentAccountId, transactionId, null, seesPeople) };
  }
  return { transactionId: null, told: null, payment: null };
}
