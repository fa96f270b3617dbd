import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { fullName, isDateOnly, notFound, todayIn, type CommissionKind, type DateOnly } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, commissionPayouts, commissions, documents, user } from '@interdomestik/db/schema';
import { storeMade } from '../documents/made';
import { fileStore } from '../documents/store';
import { defineJob } from '../jobs/registry';
import { moneyOf } from '../memberships/service';
import { ruleOf } from '../settings/rules';
import { renderStatementPdf, type StatementPdfInput } from '../vendors/pdf';
import type { Storage } from '../vendors/storage';

async function readPayout(scope: TenantScope, id: string) {
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select({ payout: commissionPayouts, branchName: branches.name, firstName: user.firstName, lastName: user.lastName }).from(commissionPayouts)
      .innerJoin(branches, and(eq(branches.tenantId, commissionPayouts.tenantId), eq(branches.id, commissionPayouts.branchId)))
      .innerJoin(user, and(eq(user.tenantId, commissionPayouts.tenantId), eq(user.id, commissionPayouts.agentId)))
      .where(and(visible(scope, commissionPayouts), eq(commissionPayouts.id, id)));
    if (row === undefined) throw notFound();
    const entries = await tx.select().from(commissions).where(and(visible(scope, commissions), eq(commissions.payoutId, id))).orderBy(asc(commissions.occurredAt), asc(commissions.id));
    const [stored] = await tx.select({ id: documents.id }).from(documents).where(and(visible(scope, documents), eq(documents.entity, 'payout'), eq(documents.entityId, id), eq(documents.status, 'stored')));
    return { ...row, entries, stored: stored !== undefined };
  });
}

/** What the statement prints: the entries as they were booked, and the legal details, languages and names of the day of the payout. */
async function printedStatement(scope: TenantScope, { payout, branchName, entries, ...person }: Awaited<ReturnType<typeof readPayout>>): Promise<StatementPdfInput> {
  const [invoicing, branding, products] = await Promise.all([ruleOf(scope, 'invoicing', payout.createdAt), ruleOf(scope, 'branding', payout.createdAt), ruleOf(scope, 'products', payout.createdAt)]);
  const { currency } = payout;
  return {
    number: payout.code, issuedAt: payout.createdAt, languages: invoicing.value.languages, seller: invoicing.value.issuer, payee: fullName(person), branch: branchName, paidOn: isDateOnly(payout.paidOn) ? payout.paidOn : (payout.paidOn as DateOnly),
    reference: payout.reference, total: moneyOf(payout.amountMinor, currency), accent: branding.value.accent,
    lines: entries.map((entry) => ({
      on: todayIn(scope.tenant.timeZone, entry.occurredAt), plan: products.value.plans.find(({ code }) => code === entry.planCode)?.titles ?? { en: entry.planCode }, kind: entry.kind as CommissionKind,
      net: moneyOf(entry.netMinor, currency), rateBp: entry.rateBp, amount: moneyOf(entry.amountMinor, currency),
    })),
  };
}

/** Renders the statement of a payout and stores the PDF; once it is stored, running again does nothing. */
export async function renderStatement(asker: TenantScope, payoutId: string, storage: Storage = fileStore()): Promise<void> {
  const scope = inAction(asker, 'commissions.renderStatement');
  const found = await readPayout(scope, payoutId);
  if (found.stored) return;
  const { payout } = found;
  const bytes = await renderStatementPdf(await printedStatement(scope, found));
  const place = { entity: 'payout', entityId: payout.id, userId: payout.agentId, branchId: payout.branchId, fileName: `${payout.code}.pdf` } as const;
  await storeMade(scope, place, bytes, storage, async (tx) => {
    // the payout itself never changes and so is not locked; the person's row orders two runs, so that only the first one counts
    await tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.id, payout.agentId))).for('no key update');
    const [stored] = await tx.select({ id: documents.id }).from(documents).where(and(visible(scope, documents), eq(documents.entity, 'payout'), eq(documents.entityId, payout.id), eq(documents.status, 'stored')));
    return stored === undefined;
  });
}

/** Renders the statement of a payout, once. */
export const renderStatementJob = defineJob({
  name: 'commissions.renderStatement', payload: z.object({ payoutId: z.uuid() }), retries: 8, atOnce: 2, heavy: true, run: (scope, { payoutId }) => renderStatement(scope, payoutId),
});
