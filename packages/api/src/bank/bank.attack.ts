import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { bankLines, bankStatements, payments, refunds } from '@interdomestik/db/schema';
import { cardSaleLegs, money, newId, newReference, todayIn, withCheckDigits } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { post } from '../ledger';
import { sealJson } from '../vendors/secrets';
import { callerFor, enrolInputOf, systemScopeOf } from '../testing';
import { bankAccountOf, base64Of, statementOf } from '../testing/bank';

/** A sale of the place's agent that waits for a transfer; the payment. */
export async function transferAt({ tenant, word, scopeOf }: Place): Promise<{ readonly paymentId: string; readonly reference: string; readonly minor: bigint }> {
  await bankAccountOf(tenant);
  const { paymentId } = await callerFor(await scopeOf('agent'), { ip: newId() }).enrolments.enrol(enrolInputOf(tenant, { firstName: word, lastName: 'Krasniqi', email: `${word.toLowerCase()}-${newId().slice(-12)}@${tenant.slug}.example`, payment: 'bank_transfer', amountTendered: undefined }));
  const [payment] = await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId ?? ''))));
  if (payment?.providerTransactionId == null) throw new Error('the place has no transfer');
  return { paymentId: payment.id, reference: payment.providerTransactionId, minor: payment.amountMinor };
}

/** A sale that was to be paid a month ago. */
export async function lateTransferAt(place: Place): Promise<void> {
  const { paymentId } = await transferAt(place);
  await withTenant(await systemScopeOf(place.tenant), async (tx) => { await tx.update(payments).set({ expiresOn: '2020-01-01' }).where(and(eq(payments.tenantId, place.tenant.id), eq(payments.id, paymentId))); });
}

/** A movement of the tenant's bank account that a person decides about, and the sale that it may be of. */
export async function lineAt(place: Place, status: 'new' | 'open' | 'ignored' | 'held' = 'open'): Promise<{ readonly id: string; readonly statementId: string; readonly paymentId: string }> {
  const { tenant, word } = place;
  const accountId = await bankAccountOf(tenant);
  const sale = await transferAt(place);
  const [id, statementId] = [newId(), newId()];
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(bankStatements).values({ tenantId: tenant.id, id: statementId, paymentAccountId: accountId, fileName: `${word}.csv`, fileHash: statementId, reading: {}, lines: 1, fresh: 1 });
    await tx.insert(bankLines).values({
      tenantId: tenant.id, id, statementId, paymentAccountId: accountId, lineKey: id, bookedOn: todayIn(tenant.pack.zone, new Date()), amountMinor: sale.minor, currency: tenant.pack.currencies[0] ?? 'EUR', payer: word, payerAccount: '', purpose: word,
      reference: status === 'new' ? sale.reference : '', bankId: '', status, reason: status === 'open' ? 'noReference' : null, paymentId: status === 'held' ? sale.paymentId : null, heldMinor: status === 'held' ? sale.minor : 0n,
    });
  });
  return { id, statementId, paymentId: sale.paymentId };
}

/** Money that went out, and the refund that waits for it. */
async function paidOutAt(place: Place): Promise<{ readonly id: string; readonly refundId: string }> {
  const { tenant, branch, people, rows, newOpenPayment } = place;
  const { id } = await lineAt(place);
  const [refundId, lineId] = [newId(), newId()];
  const paymentId = await newOpenPayment();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [line] = await tx.select().from(bankLines).where(and(eq(bankLines.tenantId, tenant.id), eq(bankLines.id, id)));
    if (line === undefined) throw new Error('the place has no movement');
    await tx.insert(bankLines).values({ ...line, id: lineId, lineKey: lineId, amountMinor: -line.amountMinor, reason: 'outgoing', paymentId: null });
    await tx.insert(refunds).values({
      tenantId: tenant.id, id: refundId, paymentId, membershipId: rows.membershipId, userId: people.member.id, branchId: branch.id, source: 'bank', amountMinor: line.amountMinor, currency: line.currency, status: 'asked', note: 'Changed their mind', askedBy: people.admin.id,
      payoutAccount: sealJson({ iban: withCheckDigits(tenant.pack.rules.invoicing.issuer.iban) }, tenant.id), payoutReference: newReference('digits'),
    });
  });
  return { id: lineId, refundId };
}

/** A cent of the card provider's, which owes the place as much. */
async function payoutAt(place: Place): Promise<{ readonly id: string }> {
  const { tenant, branch, rows } = place;
  const { id } = await lineAt(place);
  const lineId = newId();
  const scope = await systemScopeOf(tenant);
  await withTenant(scope, async (tx) => {
    const [line] = await tx.select().from(bankLines).where(and(eq(bankLines.tenantId, tenant.id), eq(bankLines.id, id)));
    if (line === undefined) throw new Error('the place has no movement');
    await tx.insert(bankLines).values({ ...line, id: lineId, lineKey: lineId, amountMinor: 1n, currency: 'EUR', paymentId: null });
    await post(tx, scope, { kind: 'card_sale', branchId: branch.id, source: { type: 'payment', id: rows.paymentId }, effectKey: `test:${lineId}`, occurredAt: new Date(), legs: cardSaleLegs({ gross: money(2000n, 'EUR'), tax: money(305n, 'EUR') }) });
  });
  return { id: lineId };
}

const wide = 'the bank accounts of a country take the money of all its branches';
const own = { by: 'admin', of: 'tenant', values: ['id'] } as const;
const file = async ({ tenant, word }: Place) => ({ accountId: await bankAccountOf(tenant), name: `${word}.csv`, data: base64Of(statementOf([{ on: todayIn(tenant.pack.zone, new Date()), minor: 500n, payer: word, id: newId() }])) });

export const bankAttacks: AttacksOn<'bank'> = {
  statements: { by: 'admin', wide },
  summary: { by: 'admin', wide },
  preview: { by: 'admin', of: 'tenant', values: ['accountId'], input: file },
  take: { by: 'admin', of: 'tenant', values: ['accountId'], input: file },
  lines: { by: 'admin', wide, input: () => ({}) },
  candidates: { ...own, wide, input: async (place) => ({ id: (await lineAt(place)).id }) },
  matchLine: { by: 'admin', of: 'tenant', values: ['id', 'paymentId'], input: async (place) => { const { id, paymentId } = await lineAt(place); return { id, paymentId }; } },
  refundsFor: { ...own, input: async (place) => ({ id: (await paidOutAt(place)).id }) },
  payRefund: { by: 'admin', of: 'tenant', values: ['id', 'refundId'], input: paidOutAt },
  payoutLine: { ...own, input: payoutAt },
  ignoreLine: { ...own, input: async (place) => ({ id: (await lineAt(place)).id, note: 'rent' }) },
  reopenLine: { ...own, input: async (place) => ({ id: (await lineAt(place, 'ignored')).id }) },
  returnHeld: { ...own, input: async (place) => ({ id: (await lineAt(place, 'held')).id, bankReference: 'B-1' }) },
};
