import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anchorHead, sealTenant, trailScope, verifyTrail } from '@interdomestik/api/audit';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { Client } from 'pg';
import type { BenchDatabase } from './database';

export interface TrailFigures {
  readonly rows: number;
  readonly sealSeconds: number;
  readonly verifySeconds: number;
  /** A plain read of the same rows by the driver, which checks nothing. */
  readonly bareSeconds: number;
  readonly faults: number;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** Rows as the product writes them, sealed by the sealer and checked by the check. */
export async function benchTrail(database: BenchDatabase, slug: string, rows: number): Promise<TrailFigures> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await connectDatabase({ appUrl: database.appUrl, max: 4, applicationName: 'interdomestik-bench' });
  const folder = mkdtempSync(join(tmpdir(), 'bench-trail-'));
  try {
    const { rows: [tenant] } = await client.query<{ id: string; slug: string }>('select id, slug from tenants where slug = $1', [slug]);
    const scope = tenant === undefined ? null : await trailScope(tenant);
    if (tenant === undefined || scope === null) throw new Error(`no tenant ${slug}`);
    for (let left = rows; left > 0; left -= 50_000) {
      await client.query(`insert into audit_logs (tenant_id, id, actor_kind, actor_id, action, request_id, operation, entity, entity_id, before, after)
        select $1, gen_random_uuid(), 'user', gen_random_uuid()::text, 'members.update', gen_random_uuid()::text, 'UPDATE', 'user', gen_random_uuid()::text, jsonb_build_object('phone', '***', 'status', 'active', 'city', '***'), jsonb_build_object('phone', '***', 'status', 'disabled', 'city', '***')
        from generate_series(1, $2::int)`, [tenant.id, Math.min(left, 50_000)]);
    }
    await client.query('analyze audit_logs');
    const sealSeconds = await seconds(() => sealTenant(scope));
    await anchorHead(scope, folder, null, new Date());
    let faults = 0;
    let checked = 0;
    const verifySeconds = await seconds(async () => {
      const report = await verifyTrail(scope, folder, new Date());
      ({ faults, rows: checked } = report);
    });
    const bareSeconds = await seconds(async () => {
      await client.query('begin');
      await client.query(`declare bare no scroll cursor for select tenant_id, id::text, at::text, tx::text, actor_kind, actor_id, action, request_id, operation, entity, entity_id, branch_id::text, before::text, after::text from audit_logs where tenant_id = '${tenant.id}'`);
      while ((await client.query('fetch forward 5000 from bare')).rows.length > 0);
      await client.query('rollback');
    });
    return { rows: checked, sealSeconds, verifySeconds, bareSeconds, faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await client.end();
    await closeDatabase();
  }
}
