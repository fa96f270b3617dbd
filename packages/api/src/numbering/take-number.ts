import { sql } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { numberSeries } from '@interdomestik/db/schema';

/**
 * The next number of a series, from 1. Gapless: the row stays locked until `tx` ends, and a rollback gives the number back. Take
 * it as late in the transaction as possible, since everybody else who needs this series waits meanwhile.
 *
 * @param year fiscal year of the number; 0 for a series that never restarts
 */
export async function takeNumber(tx: Tx, scope: TenantScope, series: string, year: number): Promise<number> {
  const [row] = await tx
    .insert(numberSeries)
    .values({ tenantId: scope.tenantId, id: newId(), series, fiscalYear: year, lastNumber: 1 })
    .onConflictDoUpdate({
      target: [numberSeries.tenantId, numberSeries.series, numberSeries.fiscalYear],
      set: { lastNumber: sql`${numberSeries.lastNumber} + 1` },
    })
    .returning({ number: numberSeries.lastNumber });
  if (row === undefined) throw new Error('a number series gave no number');
  return row.number;
}
