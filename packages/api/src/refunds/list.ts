import { and, desc, eq, inArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { conflict, fullName, notFound, refundSources, refundStatuses, type RefundStatus } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { refunds, user } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';
import { payoutIban } from './by-bank';
import { sendRefundJob } from './send';
import { isStuck, stuckAfterMs } from './watch';

const asker = alias(user, 'asker');

const known = <T extends string>(words: readonly T[], text: string): T => {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new Error('a refund has an unknown word');
  return word;
};

export interface RefundListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly status?: readonly RefundStatus[] | undefined } | undefined;
}

/** Money that was given back or is on its way, in reach, newest first. */
export async function listRefunds(scope: TenantScope, input: RefundListInput, now: Date) {
  const status = input.filters?.status;
  const rows = await readTenant(inAction(scope, 'refunds.list'), (tx) =>
    tx.select({ refund: refunds, at: exactInstant(refunds.createdAt), id: refunds.id, memberId: user.id, firstName: user.firstName, lastName: user.lastName, askerFirst: asker.firstName, askerLast: asker.lastName }).from(refunds)
      .leftJoin(user, and(visible(scope, user), eq(user.id, refunds.userId)))
      .leftJoin(asker, and(eq(asker.tenantId, refunds.tenantId), eq(asker.id, refunds.askedBy)))
      .where(and(visible(scope, refunds), status === undefined ? undefined : inArray(refunds.status, [...status]), olderThan(refunds.createdAt, refunds.id, input.cursor)))
      .orderBy(desc(refunds.createdAt), desc(refunds.id)).limit(input.limit + 1));
  const { items, nextCursor } = newestPage(rows, input.limit);
  const person = (firstName: string | null, lastName: string | null) => (firstName === null || lastName === null ? null : fullName({ firstName, lastName }));
  return {
    nextCursor,
    items: items.map(({ refund, memberId, firstName, lastName, askerFirst, askerLast }) => ({
      id: refund.id, memberId, memberName: person(firstName, lastName), amount: moneyOf(refund.amountMinor, refund.currency), source: known(refundSources, refund.source), status: known(refundStatuses, refund.status), note: refund.note, part: refund.part,
      askedBy: person(askerFirst, askerLast), createdAt: refund.createdAt, doneAt: refund.doneAt, sent: refund.providerAdjustmentId !== null, stuck: refund.status === 'asked' && (refund.source === 'bank' ? now.getTime() - refund.createdAt.getTime() > stuckAfterMs.sent : isStuck(refund, now)),
      payout: refund.source === 'bank' ? { iban: payoutIban(refund), reference: refund.payoutReference ?? '' } : null,
    })),
  };
}

/** Asks the provider once more about a refund that it has not decided. Asking twice asks once: two never speak with the provider at a time. Throws NOT_FOUND for one out of sight, CONFLICT for one that is decided. */
export async function retryRefund(from: TenantScope, id: string): Promise<void> {
  const scope = actAsTenant(from, 'refunds.retry');
  await withTenant(scope, async (tx) => {
    const [refund] = await tx.select({ id: refunds.id, status: refunds.status }).from(refunds).where(and(visible(from, refunds), eq(refunds.id, id), eq(refunds.source, 'provider')));
    if (refund === undefined) throw notFound();
    if (refund.status !== 'asked') throw conflict('errors.refund.decided');
    await enqueue(tx, scope, sendRefundJob, { refundId: refund.id });
  });
}
