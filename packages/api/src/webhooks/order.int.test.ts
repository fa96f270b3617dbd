import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from '@interdomestik/db/testing';
import { money, reducePayment, type PaymentEvent } from '@interdomestik/rules';
import { deliver, eventOf, factsOf, inboxOf, pendingSale, runJobs, transactionData, useWorld, type PendingSale, type TestEvent, type TestTenant } from '../testing';

const world = useWorld();
let ks: TestTenant;
beforeAll(() => {
  ({ ks } = world.current);
});

const start = Date.now() - 3_600_000;

/** One step of a lifecycle: what the provider sends, and what it means to the rules. */
interface Step {
  readonly send: (sale: PendingSale) => TestEvent;
  readonly means: PaymentEvent;
}

const eur = (minor: bigint) => money(minor, 'EUR');

function transaction(second: number, type: string, status: string, kind: 'opened' | 'failed' | 'paid'): Step {
  const occurredAt = new Date(start + second * 1000);
  return {
    send: (sale) => ({ ...eventOf(`transaction.${type}`, transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status, minor: 2000n }), occurredAt), event_id: `evt_${type}_${String(second)}_${sale.paymentId}` }),
    means: kind === 'paid' ? { kind, eventId: `${type}${String(second)}`, occurredAt, amount: eur(2000n) } : { kind, eventId: `${type}${String(second)}`, occurredAt },
  };
}

function adjustment(second: number, id: string, action: string, type: 'refund' | 'chargeback' | 'chargeback_reversal', said: string, status: 'pending' | 'approved' | 'reversed', minor: bigint): Step {
  const occurredAt = new Date(start + second * 1000);
  return {
    send: (sale) => ({
      ...eventOf('adjustment.updated', { id: `${id}_${sale.paymentId}`, action, status: said, transaction_id: sale.transactionId, currency_code: 'EUR', totals: { total: String(minor), tax: '0' } }, occurredAt),
      event_id: `evt_${id}_${said}_${sale.paymentId}`,
    }),
    means: { kind: 'adjustment', eventId: `${id}${said}`, occurredAt, adjustmentId: id, type, status, amount: eur(minor) },
  };
}

const created = transaction(1, 'created', 'draft', 'opened');
const failed = transaction(2, 'payment_failed', 'ready', 'failed');
const retried = transaction(3, 'ready', 'ready', 'opened');
const paid = transaction(4, 'paid', 'paid', 'opened');
const completed = transaction(5, 'completed', 'completed', 'paid');
const refundAsked = adjustment(6, 'ref', 'refund', 'refund', 'pending_approval', 'pending', 700n);
const refunded = adjustment(7, 'ref', 'refund', 'refund', 'approved', 'approved', 700n);
const refundUndone = adjustment(8, 'ref', 'refund', 'refund', 'reversed', 'reversed', 700n);
const refundedWhole = adjustment(9, 'all', 'refund', 'refund', 'approved', 'approved', 2000n);
const charged = adjustment(10, 'cb', 'chargeback', 'chargeback', 'approved', 'approved', 2000n);
const returned = adjustment(11, 'cbr', 'chargeback_reverse', 'chargeback_reversal', 'approved', 'approved', 2000n);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]));
}

/** Sells once for every order, delivers all orders and works them off; the state of each must be the model's. */
async function check(orders: readonly (readonly Step[])[]): Promise<void> {
  const sales: { sale: PendingSale; order: readonly Step[] }[] = [];
  for (const order of orders) sales.push({ sale: await pendingSale(ks), order });
  const longest = Math.max(...orders.map(({ length }) => length));
  // one event of every sale at a time is worked off, so that the order within a sale is the one that was drawn
  for (let at = 0; at < longest; at += 1) {
    for (const { sale, order } of sales) {
      const step = order[at];
      if (step !== undefined) expect(await deliver(ks, step.send(sale))).toEqual({ status: 200 });
    }
    await runJobs(world.current.database, { retries: true });
  }
  for (const { sale, order } of sales) {
    const model = reducePayment(order.map(({ means }) => means), 'EUR');
    const facts = await factsOf(sale);
    const told = order.map(({ means }) => `${means.kind}@${String(means.occurredAt.getTime() - start)}`).join(' ');
    expect({ told, status: facts.payment?.status, refunded: facts.payment?.refundedMinor }).toEqual({ told, status: model.status, refunded: model.refunded.minor });
    expect(facts.payment?.paidAt).toEqual(model.paidAt);
    expect(facts.ledger.every(({ total }) => total === '0')).toBe(true);
    const lost = model.status === 'refunded' || model.status === 'disputed';
    expect(facts.membership?.status).toBe(model.paidAt === null ? 'pending' : lost ? 'canceled' : 'active');
    expect(facts.ledger.filter(({ kind }) => kind === 'card_sale')).toHaveLength(model.paidAt === null ? 0 : 1);
  }
}

describe('P-05 in whatever order a lifecycle is told, and with repeats, the end is the same', () => {
  it('every order of a declined card that was paid at last and refunded in part', async () => {
    await check(sampleOf(permutations([created, failed, completed, refundAsked, refunded]), 20));
  }, 120_000);

  it('every order of a refund that was asked for, approved and undone', async () => {
    await check(sampleOf(permutations([completed, refundAsked, refunded, refundUndone]), 12));
  }, 120_000);

  it('every order of a chargeback that was won', async () => {
    await check(sampleOf(permutations([paid, completed, charged, returned]), 12));
  }, 120_000);

  it('shuffled lifecycles with repeats', async () => {
    const lifecycles = [
      [created, failed, retried, paid, completed, refundAsked, refunded, refundUndone],
      [created, retried, paid, completed, refundedWhole],
      [created, failed, retried],
      [created, retried, completed, charged],
      [created, retried, completed, charged, returned],
    ];
    const drawn = fc.sample(
      fc.constantFrom(...lifecycles).chain((steps) => fc.tuple(fc.shuffledSubarray(steps, { minLength: steps.length }), fc.subarray(steps)).map(([order, again]) => [...order, ...again])),
      { numRuns: 60, seed: 20261123 },
    );
    await check(sampleOf(drawn, 15));
  }, 180_000);

  it('leaves nothing in the inbox but what is done', async () => {
    expect((await inboxOf(ks)).filter(({ status }) => status !== 'done')).toEqual([]);
  });
});
