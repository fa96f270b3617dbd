import { and, eq, ne, sql } from 'drizzle-orm';
import { newId, trialFiguresToJson, type TrialFigure, type TrialFigures, type TrialRow } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { ruleSimulationRows, ruleSimulations, tenantSettings } from '@interdomestik/db/schema';
import { unfinished } from './progress';
import { hashOfOpenDraft } from './trial-rules';

export interface Result {
  readonly figures: TrialFigures;
  readonly rows: ReadonlyMap<TrialFigure, readonly TrialRow[]>;
}

interface Simulation {
  readonly id: string;
  readonly settingId: string;
  readonly documentHash: string;
}

const rowsAtOnce = 1_000;

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

async function insertRows(tx: Tx, scope: TenantScope, simulationId: string, figure: TrialFigure, rows: readonly TrialRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const chunk = rows.slice(from, from + rowsAtOnce).map((row, index) => ({ ...row, id: newId(), position: from + index + 1 }));
    await tx.execute(sql`
      insert into rule_simulation_rows (tenant_id, id, simulation_id, branch_id, figure, position, entity, entity_id, currency, before_minor, after_minor, before, after)
      select ${scope.tenantId}, r.id, ${simulationId}::uuid, r."branchId", ${figure}, r.position, r.entity, r."entityId", r.currency, r."beforeMinor", r."afterMinor", r.before, r.after
      from jsonb_to_recordset(${JSON.stringify(chunk, bigintAsText)}::jsonb)
        as r(id uuid, "branchId" uuid, position int, entity text, "entityId" uuid, currency text, "beforeMinor" bigint, "afterMinor" bigint, before jsonb, after jsonb)`);
  }
}

/** Throws a simulation away with its rows. Its row must be locked or nobody else's. */
export async function removeSimulations(tx: Tx, scope: TenantScope, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await tx.delete(ruleSimulationRows).where(and(eq(ruleSimulationRows.tenantId, scope.tenantId), eq(ruleSimulationRows.simulationId, id)));
    await tx.delete(ruleSimulations).where(and(eq(ruleSimulations.tenantId, scope.tenantId), eq(ruleSimulations.id, id)));
  }
}

/** Marks the draft as tried, when it still makes the document that was tried. One that is changed, gone or published meanwhile is left alone. */
async function markDraft(tx: Tx, scope: TenantScope, { id, settingId, documentHash }: Simulation, now: Date): Promise<void> {
  const setting = and(eq(tenantSettings.tenantId, scope.tenantId), eq(tenantSettings.id, settingId));
  await tx.select({ id: tenantSettings.id }).from(tenantSettings).where(setting).for('no key update');
  if ((await hashOfOpenDraft(tx, scope, settingId, now)) !== documentHash) return;
  await tx.update(tenantSettings).set({ simulatedHash: documentHash, simulationId: id }).where(setting);
}

/**
 * Stores what a simulation found out, all or nothing, marks its draft, and throws earlier simulations of the draft away. Of two workers
 * that ran the same one the second changes nothing, and neither does one that was cancelled meanwhile.
 */
export async function storeResult(scope: TenantScope, simulation: Simulation, { figures, rows }: Result, now: Date): Promise<void> {
  await withTenant(scope, async (tx) => {
    const [open] = await tx.select({ id: ruleSimulations.id }).from(ruleSimulations).where(unfinished(scope, simulation.id)).for('update');
    if (open === undefined) return;
    for (const [figure, kept] of rows) await insertRows(tx, scope, simulation.id, figure, kept);
    await tx.update(ruleSimulations).set({ status: 'done', done: sql`total`, figures: trialFiguresToJson(figures), finishedAt: now, errorKey: null }).where(unfinished(scope, simulation.id));
    await markDraft(tx, scope, simulation, now);
    const earlier = await tx.select({ id: ruleSimulations.id }).from(ruleSimulations)
      .where(and(eq(ruleSimulations.tenantId, scope.tenantId), eq(ruleSimulations.settingId, simulation.settingId), ne(ruleSimulations.id, simulation.id)));
    await removeSimulations(tx, scope, earlier.map(({ id }) => id));
  });
}

/** Ends a simulation that cannot be run, with the reason for people. */
export async function storeFailure(scope: TenantScope, id: string, errorKey: string, now: Date): Promise<void> {
  await withTenant(scope, async (tx) => {
    await tx.update(ruleSimulations).set({ status: 'failed', errorKey, finishedAt: now }).where(unfinished(scope, id));
  });
}
