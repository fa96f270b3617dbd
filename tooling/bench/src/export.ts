import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExportRoute } from '@interdomestik/api/http';
import { passwords } from '@interdomestik/auth/passwords';
import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { Client } from 'pg';
import type { BenchDatabase } from './database';
import { adminScope, callerOf } from './people';

export interface ExportFigures {
  readonly rows: number;
  readonly bytes: number;
  readonly firstByteMs: number;
  readonly seconds: number;
  /** `COPY TO` of the same rows into a file of the server's. */
  readonly bareSeconds: number;
  /** What the process held more at the most than before. */
  readonly heldMb: number;
}

/** The whole trail of a tenant taken away as CSV by the route that the browser asks. */
export async function benchExport(database: BenchDatabase, slug: string): Promise<ExportFigures> {
  await connectDatabase({ appUrl: database.appUrl, max: 4, applicationName: 'interdomestik-bench' });
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  const target = join(tmpdir(), `bench-export-${String(process.pid)}.csv`);
  try {
    const scope = await adminScope(slug);
    const { ticket, rows } = await callerOf(scope).exports.begin({ list: 'audit', filters: {} });
    const route = createExportRoute({ app: 'admin', identify: () => Promise.resolve({ host: 'tenant', site: null, scope, platform: null, pending: null }), passwords });
    const before = process.memoryUsage.rss();
    let held = 0;
    let bytes = 0;
    let firstByteMs = 0;
    const began = performance.now();
    const answer = await route(new Request(`http://${slug}.localhost/api/exports/x`, { headers: { host: `${slug}.localhost` } }), ticket);
    if (answer.status !== 200 || answer.body === null) throw new Error(`the export answered ${String(answer.status)}`);
    const reader = answer.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (bytes === 0) firstByteMs = performance.now() - began;
      bytes += piece.value.length;
      held = Math.max(held, process.memoryUsage.rss() - before);
    }
    const seconds = (performance.now() - began) / 1000;
    const bare = performance.now();
    await client.query(`copy (select to_char(at, 'DD.MM.YYYY HH24:MI:SS'), actor_kind, actor_id, action, operation, entity, entity_id, branch_id, before, after, request_id from audit_logs where tenant_id = '${scope.tenantId}' order by at desc, id desc) to '${target}' with (format csv, delimiter ';')`);
    return { rows, bytes, firstByteMs, seconds, bareSeconds: (performance.now() - bare) / 1000, heldMb: held / 1024 / 1024 };
  } finally {
    rmSync(target, { force: true });
    await client.end();
    await closeDatabase();
  }
}
