import { desc, eq } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditChecks, auditSeals } from '@interdomestik/db/schema';
import { env } from '../env';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { notifyRole } from '../notifications';
import { verifyTrail } from './verify';

/** A trail that was checked so shortly before is not checked again. */
const restMs = 3 * 3_600_000;
/** Findings that are kept of a check; the command tells all of them. */
const keptFindings = 20;

const lastCheck = (scope: TenantScope) => readTenant(scope, (tx) => tx.select().from(auditChecks).where(eq(auditChecks.tenantId, scope.tenantId)).orderBy(desc(auditChecks.checkedAt)).limit(1));

/** Checks the tenant's trail, puts on record what it found, and tells the administrators when something is not as it was sealed. */
export async function checkTrail(given: TenantScope, now: Date): Promise<void> {
  const scope = inAction(given, 'audit.check');
  const [before] = await lastCheck(scope);
  if (before !== undefined && now.getTime() - before.checkedAt.getTime() < restMs) return;
  const { rows, seals, sealedUntil, anchored, faults, findings } = await verifyTrail(scope, env.AUDIT_ANCHOR_DIR ?? null, now);
  const id = newId();
  await withTenant(scope, async (tx) => {
    await tx.insert(auditChecks).values({ tenantId: scope.tenantId, id, checkedAt: now, rows, seals, sealedUntil: sealedUntil === null ? null : new Date(sealedUntil), anchored, faults, findings: findings.slice(0, keptFindings) });
    if (faults > 0) await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'audit.faults', params: { count: faults }, href: '/audit', effectKey: `audit:${id}` });
  });
}

export const checkTrailJob = defineJob({ name: 'audit.check', payload: turnSchema, retries: 3, atOnce: 1, heavy: true, expireSeconds: 3_600, run: async (scope) => { await checkTrail(scope, new Date()); } });

export interface TrailState {
  /** When the last seal was made, and the place of the last row in it; null while nothing is sealed. */
  readonly sealed: { readonly at: Date; readonly rows: number } | null;
  readonly check: { readonly at: Date; readonly rows: number; readonly faults: number; readonly anchored: boolean } | null;
}

/** How far the tenant's trail is sealed, and what its last check found. */
export async function trailState(scope: TenantScope): Promise<TrailState> {
  const [seal] = await readTenant(scope, (tx) => tx.select({ at: auditSeals.sealedAt, firstSeq: auditSeals.firstSeq, size: auditSeals.size }).from(auditSeals).where(eq(auditSeals.tenantId, scope.tenantId)).orderBy(desc(auditSeals.number)).limit(1));
  const [check] = await lastCheck(scope);
  return {
    sealed: seal === undefined ? null : { at: seal.at, rows: seal.firstSeq + seal.size - 1 },
    check: check === undefined ? null : { at: check.checkedAt, rows: check.rows, faults: check.faults, anchored: check.anchored !== null },
  };
}
