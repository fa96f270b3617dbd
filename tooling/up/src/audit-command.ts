import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding, VerifyReport } from '@interdomestik/api/audit';
import { ClearError, explain } from './clear-error';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { localEnv } from './stack-env';

const usage = `Usage:
  npm run audit:verify                    checks the audit trail of every country against its seals and against the heads outside the database
      --tenant TENANT                     only this one
      --anchors FOLDER                    where the heads lie; AUDIT_ANCHOR_DIR when left out
      --json                              says it for programs
Ends with 0 when everything is as it was sealed, 2 when something is not, 1 when it could not look.`;

class Wrong extends Error {}

function argumentsOf() {
  try {
    return parseArgs({ options: { tenant: { type: 'string' }, anchors: { type: 'string' }, json: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new Wrong(error instanceof Error ? error.message : '');
  }
}

const words: Record<Finding['kind'], string> = {
  edited: 'edited row', deleted: 'deleted row', inserted: 'row put in later', reordered: 'row at another place', sealChanged: 'seal that was changed', sealMissing: 'missing seal',
  sealsReordered: 'seal at another place', tailCut: 'cut tail: this was once sealed and is gone', rewritten: 'chain made anew', unsealed: 'row that waits too long for its seal',
  keyUnknown: 'seal of a key that is not in AUDIT_KEY', anchorForeign: 'line outside the database that our keys did not write',
};

function placeOf({ kind, seal, seq, upTo, rowId, at, entity, entityId }: Finding): string {
  const range = (from: number | null, to: number | null): string => (to === null || to === from ? String(from) : `${String(from)} to ${String(to)}`);
  if (kind === 'anchorForeign') return `line ${String(upTo)}`;
  const ofSeals = kind === 'sealMissing' || kind === 'rewritten';
  return [
    seal === null ? '' : `seal ${ofSeals ? range(seal, upTo) : String(seal)}`, seq === null ? '' : `place ${ofSeals ? String(seq) : range(seq, upTo)}`, at === null ? '' : at,
    entity === null ? '' : `${entity} ${entityId ?? ''}`.trim(), rowId === null ? '' : `row ${rowId}`,
  ].filter(Boolean).join(', ');
}

function tell(report: VerifyReport): void {
  const { tenant, ok, rows, seals, sealedUntil, waiting, anchored, faults, findings } = report;
  console.log(`${tenant}: ${ok ? 'as it was sealed' : `${String(faults)} faults`}; ${String(rows)} rows in ${String(seals)} seals${sealedUntil === null ? '' : `, sealed up to ${sealedUntil}`}; ${String(waiting.rows)} wait for their seal`);
  console.log(anchored === null ? '  nothing outside the database to compare with: a cut tail would not show' : `  compared with what stands outside the database, up to seal ${String(anchored)}`);
  for (const finding of findings) console.log(`  ${words[finding.kind]}: ${placeOf(finding)}`);
  if (faults > findings.length) console.log(`  and ${String(faults - findings.length)} more`);
}

async function verify(): Promise<boolean> {
  const asked = argumentsOf();
  const settled = adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  const folder = asked.anchors === undefined ? (settled['AUDIT_ANCHOR_DIR'] ?? null) : resolve(env.startedIn(), asked.anchors);
  const [{ databaseUrls }, { closeDatabase, connectDatabase, listTenants }, { trailScope, verifyTrail }] = await Promise.all([import('@interdomestik/db/embedded'), import('@interdomestik/db'), import('@interdomestik/api/audit')]);
  const urls = await databaseUrls();
  await connectDatabase({ appUrl: urls.app, max: 2, applicationName: 'interdomestik-audit' });
  try {
    const tenants = (await listTenants()).filter(({ id }) => asked.tenant === undefined || id === asked.tenant);
    if (tenants.length === 0) throw new ClearError(`There is no tenant ${asked.tenant ?? ''}. npm run tenant -- list names them.`);
    const reports: VerifyReport[] = [];
    for (const tenant of tenants) {
      const scope = await trailScope(tenant);
      if (scope === null) {
        if (!asked.json) console.log(`${tenant.id}: still being prepared`);
        continue;
      }
      const report = await verifyTrail(scope, folder, new Date());
      reports.push(report);
      if (!asked.json) tell(report);
    }
    if (asked.json) console.log(JSON.stringify(reports, null, 1));
    return reports.every(({ ok }) => ok);
  } finally {
    await closeDatabase();
  }
}

try {
  if (!(await verify())) process.exitCode = 2;
} catch (error) {
  console.error(error instanceof Wrong ? [error.message, usage].filter(Boolean).join('\n\n') : explain(error));
  process.exitCode = 1;
}
