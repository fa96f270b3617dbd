import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { reconciliationDifferences, webhookEvents, type reconciliations } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { processEventJob } from '../webhooks/process';
import type { Compared, MissedEvent } from './compare';

export type Run = typeof reconciliations.$inferSelect;

/** What one part of a run has changed. */
export interface Written {
  readonly repaired: number;
  readonly found: number;
}

type Missing = Compared & { readonly missed: MissedEvent };

/** Puts what never came into the inbox, as if it had; gives how many were new, and those that lie there already and were not applied. */
async function putIntoInbox(tx: Tx, scope: TenantScope, run: Run, missing: readonly Missing[]): Promise<{ readonly repaired: number; readonly stuck: Compared[] }> {
  if (missing.length === 0) return { repaired: 0, stuck: [] };
  const made = await tx.insert(webhookEvents).values(missing.map(({ missed }) => ({ tenantId: scope.tenantId, id: newId(), paymentAccountId: run.paymentAccountId, ...missed })))
    .onConflictDoNothing().returning({ id: webhookEvents.id, eventId: webhookEvents.eventId });
  for (const { id } of made) await enqueue(tx, scope, processEventJob, { eventRowId: id });
  const old = missing.filter(({ missed }) => !made.some(({ eventId }) => eventId === missed.eventId));
  const stopped = old.length === 0 ? [] : await tx.select({ eventId: webhookEvents.eventId }).from(webhookEvents).where(and(
    eq(webhookEvents.tenantId, scope.tenantId), eq(webhookEvents.paymentAccountId, run.paymentAccountId), inArray(webhookEvents.eventId, old.map(({ missed }) => missed.eventId)),
    inArray(webhookEvents.status, ['parked', 'dead', 'done']),
  ));
  return { repaired: made.length, stuck: old.filter(({ missed }) => stopped.some(({ eventId }) => eventId === missed.eventId)).map((one) => ({ ...one, differs: 'stuck' as const })) };
}

/** Writes differences that were not known, takes up those that had been resolved, and resolves those that are gone. */
async function keepDifferences(tx: Tx, scope: TenantScope, run: Run, compared: readonly Compared[], now: Date): Promise<number> {
  const standing = compared.filter(({ differs }) => differs !== null);
  const here = and(eq(reconciliationDifferences.tenantId, scope.tenantId), eq(reconciliationDifferences.paymentAccountId, run.paymentAccountId));
  const open = compared.length === 0 ? [] : await tx.select({ id: reconciliationDifferences.id, providerId: reconciliationDifferences.providerId, kind: reconciliationDifferences.kind }).from(reconciliationDifferences)
    .where(and(here, isNull(reconciliationDifferences.resolvedAt), inArray(reconciliationDifferences.providerId, compared.map(({ providerId }) => providerId))));
  const gone = open.filter((one) => !standing.some(({ providerId, differs }) => providerId === one.providerId && differs === one.kind));
  if (gone.length > 0) await tx.update(reconciliationDifferences).set({ resolvedAt: now }).where(and(here, inArray(reconciliationDifferences.id, gone.map(({ id }) => id))));
  const fresh = standing.filter(({ providerId, differs }) => !open.some((one) => one.providerId === providerId && one.kind === differs));
  if (fresh.length === 0) return 0;
  await tx.insert(reconciliationDifferences).values(fresh.map(({ providerId, differs, payment, told }) => ({
    tenantId: scope.tenantId, id: newId(), paymentAccountId: run.paymentAccountId, reconciliationId: run.id, kind: differs ?? 'unknown', providerId, paymentId: payment?.id ?? null,
    toldMinor: told.minor, toldCurrency: told.currency, oursMinor: payment?.amountMinor ?? null, oursCurrency: payment?.currency ?? null, createdAt: now,
  }))).onConflictDoUpdate({
    target: [reconciliationDifferences.tenantId, reconciliationDifferences.paymentAccountId, reconciliationDifferences.providerId, reconciliationDifferences.kind],
    set: {
      resolvedAt: null, reconciliationId: run.id, createdAt: now, paymentId: sql`excluded.payment_id`, toldMinor: sql`excluded.told_minor`, toldCurrency: sql`excluded.told_currency`,
      oursMinor: sql`excluded.ours_minor`, oursCurrency: sql`excluded.ours_currency`,
    },
  });
  return fresh.length;
}

/** Writes what a part of the comparison came to, as part of `tx`: both repairs and differences, or neither. */
export async function writeCompared(tx: Tx, scope: TenantScope, run: Run, compared: readonly Compared[], now: Date): Promise<Written> {
  const missing = compared.flatMap((one) => (one.missed === null ? [] : [{ ...one, missed: one.missed }]));
  const { repaired, stuck } = await putIntoInbox(tx, scope, run, missing);
  const rest = compared.filter(({ providerId }) => !stuck.some((one) => one.providerId === providerId));
  return { repaired, found: await keepDifferences(tx, scope, run, [...rest, ...stuck], now) };
}
