import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditChecks, notifications } from '@interdomestik/db/schema';
import { adminSql, callerFor, scopeOf, systemScopeOf, useTestSettings, useWorld } from '../testing';
import { checkTrail } from './check';
import { keepSealing } from './keep-sealing';

const world = useWorld();
const folder = mkdtempSync(join(tmpdir(), 'anchors-'));
beforeAll(() => { useTestSettings({ AUDIT_ANCHOR_DIR: folder }); });
afterAll(() => {
  useTestSettings({ AUDIT_ANCHOR_DIR: undefined });
  rmSync(folder, { recursive: true, force: true });
});

describe('the check of a trail', () => {
  it('A-03 seals as the trail grows, tells the administrators how far, and of what is not as it was', async () => {
    const { mk, ks, database } = world.current;
    const admin = callerFor(await scopeOf(mk, mk.admin));
    expect(await admin.audit.state()).toEqual({ sealed: null, check: null });
    const sealing = keepSealing(folder, { everyMs: 20, anchorEveryMs: 0 });
    try {
      await expect.poll(async () => (await admin.audit.state()).sealed?.rows ?? 0, { timeout: 20_000 }).toBeGreaterThan(10);
      await expect.poll(async () => (await adminSql(database.adminUrl, 'select count(distinct tenant_id)::int as n from audit_seals'))[0]?.['n'], { timeout: 20_000 }).toBe(2);
    } finally {
      await sealing.stop();
    }
    const scope = await systemScopeOf(mk);
    const now = new Date();
    await checkTrail(scope, now);
    await checkTrail(scope, new Date(now.getTime() + 60_000));
    expect((await admin.audit.state()).check).toMatchObject({ at: now, faults: 0, anchored: true });
    expect(await withTenant(scope, (tx) => tx.select().from(auditChecks).where(eq(auditChecks.tenantId, mk.id)))).toHaveLength(1);

    await adminSql(database.adminUrl, `begin; set local session_replication_role = replica; update audit_logs set action = 'other' where id = (select row_ids[5] from audit_seals where tenant_id = '${mk.id}' and number = 1); commit`);
    const later = new Date(now.getTime() + 6 * 3_600_000);
    await checkTrail(scope, later);
    expect((await admin.audit.state()).check?.faults).toBeGreaterThan(0);
    const told = await withTenant(scope, (tx) => tx.select({ to: notifications.userId, href: notifications.href }).from(notifications).where(and(eq(notifications.tenantId, mk.id), eq(notifications.kind, 'audit.faults'))));
    expect(told).toEqual([{ to: mk.admin.id, href: '/audit' }]);
    expect(await callerFor(await scopeOf(ks, ks.admin)).audit.state()).toMatchObject({ check: null });
  });
});
