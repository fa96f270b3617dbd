import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { memberships, payments, refundRequests, refunds } from '@interdomestik/db/schema';
import { moneyToJson, newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import { withoutRefunds, type Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { sealJson } from '../vendors/secrets';

/** A refund that the provider has still to decide. */
async function askedRefund({ tenant, branch, people, rows, newOpenPayment }: Place): Promise<string> {
  const id = newId();
  const paymentId = await newOpenPayment();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(refunds).values({
      tenantId: tenant.id, id, paymentId, membershipId: rows.membershipId, userId: people.member.id, branchId: branch.id, source: 'provider', amountMinor: 3500n, currency: 'EUR', status: 'asked', note: 'Changed their mind', askedBy: people.admin.id,
    });
  });
  return id;
}

/** A refund that the bank has still to pay out. */
async function refundByBank(place: Place): Promise<string> {
  const { tenant, branch, people } = place;
  const { membershipId, paymentId, userId, currency } = await paidInCash(place);
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(refunds).values({
      tenantId: tenant.id, id, paymentId, membershipId, userId, branchId: branch.id, source: 'bank', amountMinor: 1n, currency, status: 'asked', note: 'Changed their mind', askedBy: people.admin.id, payoutAccount: sealJson({ iban: 'MK07250120000058984' }, tenant.id), payoutReference: id,
    });
  });
  return id;
}

/** Somebody new asks for the fee back. */
async function openRequest({ tenant, branch, newRefundable }: Place): Promise<string> {
  const { membershipId, shown } = await newRefundable();
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [sale] = await tx.select({ userId: memberships.userId }).from(memberships).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.id, membershipId)));
    if (sale === undefined) throw new Error('the place has no sale');
    await tx.insert(refundRequests).values({ tenantId: tenant.id, id, membershipId, userId: sale.userId, branchId: branch.id, amountMinor: BigInt(shown.minor), currency: shown.currency, note: 'Changed my mind' });
  });
  return id;
}

/** What somebody new paid in cash. */
async function paidInCash({ tenant, newRefundable }: Place) {
  const { membershipId, shown } = await newRefundable();
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [sale] = await tx.select({ id: payments.id, userId: payments.userId }).from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.membershipId, membershipId)));
    if (sale === undefined) throw new Error('the place has no payment');
    return { membershipId, paymentId: sale.id, userId: sale.userId, currency: shown.currency };
  });
}

/** A part of a payment that is owed to somebody new, and lies counted in the branch. */
async function owedPart(place: Place): Promise<string> {
  const { tenant, branch, people } = place;
  await place.newHandover('counted');
  const { membershipId, paymentId, userId, currency } = await paidInCash(place);
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(refunds).values({
      tenantId: tenant.id, id, paymentId, membershipId, userId, branchId: branch.id, source: 'owed', amountMinor: 1n, currency, status: 'done', part: true, note: 'Goodwill', askedBy: people.admin.id, doneAt: new Date(),
    });
  });
  return id;
}

/** What the member may ask for: nobody has answered, and nothing waits. */
async function ownSale({ tenant, rows: { membershipId }, callerOf }: Place) {
  await withTenant(await systemScopeOf(tenant), (tx) => withoutRefunds(tx, tenant.id, membershipId));
  const own = (await (await callerOf('member')).refunds.mine()).find((one) => one.membershipId === membershipId);
  if (own?.amount == null) throw new Error('the member of the place has nothing to ask for');
  return { membershipId, shown: moneyToJson(own.amount) };
}

export const refundsAttacks: AttacksOn<'refunds'> = {
  offer: { by: 'admin', of: 'tenant', input: ({ rows }) => ({ membershipId: rows.membershipId }), values: ['membershipId'] },
  give: { by: 'admin', of: 'tenant', input: async (place) => ({ ...(await place.newRefundable()), from: 'collector' as const, note: 'Changed their mind', idempotencyKey: newId() }), values: ['membershipId'] },
  partOffer: { by: 'admin', of: 'tenant', input: ({ rows }) => ({ paymentId: rows.paymentId }), values: ['paymentId'] },
  givePart: {
    by: 'admin', of: 'tenant', values: ['paymentId'],
    input: async (place) => {
      const { paymentId, currency } = await paidInCash(place);
      return { paymentId, amount: { minor: '1', currency }, way: 'owed' as const, note: 'Goodwill', idempotencyKey: newId() };
    },
  },
  payOwed: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await owedPart(place) }), values: ['id'] },
  list: { by: 'admin', input: () => ({}) },
  correctAccount: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await refundByBank(place), iban: 'MK07250120000058984' }), values: ['id'] },
  retry: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await askedRefund(place) }), values: ['id'] },
  mine: { by: 'member' },
  ask: { by: 'member', of: 'person', input: async (place) => ({ ...(await ownSale(place)), note: 'Changed my mind', idempotencyKey: newId() }), values: ['membershipId'] },
  requests: { by: 'admin', input: () => ({}) },
  decline: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await openRequest(place), answer: 'The window is over' }), values: ['id'] },
};
