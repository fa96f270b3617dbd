import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { cashReceipts, clearanceAccounts, invoiceClearances, invoices } from '@interdomestik/db/schema';
import { newId, randomToken } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { sealKey } from './provider';

const keyNow = () => `efk_${randomToken(16)}`;

/** An invoice of a new sale of the place that a clearing service has to do with, at which the tenant has a key; last touched a day ago. */
export async function clearanceAt({ tenant, newReceipt }: Place, status: 'waiting' | 'cleared' | 'rejected'): Promise<{ readonly id: string; readonly invoiceId: string }> {
  const receiptId = await newReceipt();
  const id = newId();
  const long = new Date(Date.now() - 86_400_000);
  const decided = status === 'waiting' ? {} : { decidedAt: long, sentAt: long };
  const said = status === 'cleared' ? { clearanceId: id, qr: `https://clearance.example/${id}` } : status === 'rejected' ? { reason: 'no such buyer' } : {};
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(clearanceAccounts).values({ tenantId: tenant.id, id: newId(), service: 'efaktura', credentials: sealKey(tenant.id, keyNow(), long) }).onConflictDoNothing();
    const [invoice] = await tx.select({ id: invoices.id, userId: invoices.userId, branchId: invoices.branchId }).from(cashReceipts)
      .innerJoin(invoices, and(eq(invoices.tenantId, cashReceipts.tenantId), eq(invoices.paymentId, cashReceipts.paymentId))).where(and(eq(cashReceipts.tenantId, tenant.id), eq(cashReceipts.id, receiptId)));
    if (invoice === undefined) throw new Error('the place has no invoice');
    await tx.insert(invoiceClearances).values({ tenantId: tenant.id, id, invoiceId: invoice.id, userId: invoice.userId, branchId: invoice.branchId, service: 'efaktura', status, ...decided, ...said, createdAt: long, updatedAt: long });
    return { id, invoiceId: invoice.id };
  });
}

export const clearancesAttacks: AttacksOn<'clearances'> = {
  access: { by: 'admin', wide: 'the key of a country is for the invoices of all its branches' },
  setAccess: { by: 'admin', of: 'tenant', input: () => ({ service: 'efaktura', key: keyNow() }) },
  sendAgain: { by: 'manager', of: 'branch', values: ['invoiceId'], input: async (place) => ({ invoiceId: (await clearanceAt(place, 'rejected')).invoiceId }) },
};
