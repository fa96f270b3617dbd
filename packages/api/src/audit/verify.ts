import { sql } from 'drizzle-orm';
import { inAction, snapshotTenant, type Snapshot, type TenantScope } from '@interdomestik/db';
import type { KeyRing } from '../vendors/secrets';
import { readAnchors, type Anchor } from './anchor';
import { auditKeyRing } from './chain';
import { ChainCheck, named } from './check-seals';
import { Findings, type Finding } from './findings';
import { auditColumns, instantText, sealColumns, type AuditRow, type SealRow } from './rows';

export interface VerifyReport {
  readonly tenant: string;
  readonly ok: boolean;
  /** Rows that a seal covers. */
  readonly rows: number;
  readonly seals: number;
  readonly lastSeal: number | null;
  /** When the last seal was made. */
  readonly sealedUntil: string | null;
  /** Rows that wait for their seal: the last seconds. */
  readonly waiting: { readonly rows: number; readonly oldest: string | null };
  /** Number of the newest seal that stands outside the database; null when nothing does, and then a cut tail shows nowhere. */
  readonly anchored: number | null;
  /** All of them; `findings` are the first thousand. */
  readonly faults: number;
  readonly findings: readonly Finding[];
}

/** Seals whose rows are read together. */
const sealsAtOnce = 4;
/** A row that has waited that long was passed over, or nobody seals any more. */
const longestWaitMs = 15 * 60_000;

interface LooseRow extends Record<string, unknown> {
  readonly id: string; readonly at: string; readonly entity: string; readonly entity_id: string | null;
  readonly passed: boolean;
}

async function checkSeals(snapshot: Snapshot, scope: TenantScope, check: ChainCheck, seen: (seal: SealRow) => void): Promise<void> {
  for await (const seals of snapshot.pages<SealRow>(sql`select ${sealColumns} from audit_seals s where s.tenant_id = ${scope.tenantId} order by s.number`, sealsAtOnce)) {
    const rows = new Map<string, AuditRow>();
    const ids = `{${seals.flatMap(({ row_ids }) => row_ids).join(',')}}`;
    for await (const page of snapshot.pages<AuditRow>(sql`select ${auditColumns} from audit_logs l where l.tenant_id = ${scope.tenantId} and l.id = any(${ids}::uuid[])`, 5_000)) {
      for (const row of page) rows.set(row.id, row);
    }
    for (const seal of seals) {
      check.take(seal, rows);
      seen(seal);
    }
  }
  check.end();
}

/** Rows that no seal covers: those that the chain has gone past were put in behind its back, the others wait. */
async function checkLoose(snapshot: Snapshot, scope: TenantScope, findings: Findings, now: Date): Promise<VerifyReport['waiting']> {
  let rows = 0;
  let oldest: string | null = null;
  const loose = sql`
    select l.id::text, ${instantText(sql`l.at`)} as at, l.entity, l.entity_id, head.upto_tx is not null and (l.tx, l.at, l.id) <= (head.upto_tx, head.upto_at, head.upto_id) as passed
    from audit_logs l
      left join (select unnest(s.row_ids) as id from audit_seals s where s.tenant_id = ${scope.tenantId}) sealed on sealed.id = l.id
      left join (select upto_tx, upto_at, upto_id from audit_seals e where e.tenant_id = ${scope.tenantId} order by e.number desc limit 1) head on true
    where l.tenant_id = ${scope.tenantId} and sealed.id is null`;
  for await (const page of snapshot.pages<LooseRow>(loose, 1_000)) {
    for (const row of page) {
      if (row.passed) findings.add('inserted', named(row));
      else {
        rows += 1;
        if (oldest === null || row.at < oldest) oldest = row.at;
        if (Date.parse(row.at) < now.getTime() - longestWaitMs) findings.add('unsealed', named(row));
      }
    }
  }
  return { rows, oldest };
}

/** Compares what stands outside with the seals of the same numbers. */
function checkAnchors(inOrder: readonly Anchor[], macs: ReadonlyMap<number, string>, last: { readonly number: number; readonly seq: number }, findings: Findings): void {
  let good = 0;
  let told = false;
  for (const { number, mac, at, seq } of inOrder) {
    const found = macs.get(number);
    if (number <= last.number && found === mac) good = number;
    // a missing seal has been told; one that is there and is another one means that the chain was made anew from somewhere after the last that agrees
    else if (number <= last.number && found !== undefined && !told) {
      told = true;
      findings.add('rewritten', { seal: good + 1, upTo: number, seq, at });
    }
  }
  const furthest = inOrder.at(-1);
  if (furthest !== undefined && furthest.number > last.number) findings.add('tailCut', { seal: last.number + 1, seq: last.seq + 1, upTo: furthest.seq, at: furthest.at });
}

/**
 * Checks the tenant's whole trail at one moment against its seals, and the seals against what stands in `folder` outside the database; null where there is no such
 * place. Reads a few thousand rows at a time, changes nothing and holds nobody up.
 */
export async function verifyTrail(given: TenantScope, folder: string | null, now: Date, keys: KeyRing = auditKeyRing()): Promise<VerifyReport> {
  const scope = inAction(given, 'audit.verify');
  const findings = new Findings();
  // read before the snapshot: what is written down meanwhile would be ahead of it
  const { anchors: written, foreign } = folder === null ? { anchors: null, foreign: [] } : await readAnchors(folder, scope.tenantId, keys);
  const anchors = (written ?? []).toSorted((a, b) => a.number - b.number);
  for (const line of foreign) findings.add('anchorForeign', { upTo: line });
  const wanted = new Set(anchors.map(({ number }) => number));
  const macs = new Map<number, string>();
  const check = new ChainCheck(scope, keys, findings);
  const waiting = await snapshotTenant(scope, async (snapshot) => {
    await checkSeals(snapshot, scope, check, ({ number, mac }) => { if (wanted.has(Number(number))) macs.set(Number(number), mac); });
    return await checkLoose(snapshot, scope, findings, now);
  });
  const { last } = check;
  const end = { number: Number(last?.number ?? 0), seq: last === null ? 0 : Number(last.first_seq) + last.row_ids.length - 1 };
  checkAnchors(anchors, macs, end, findings);
  return {
    tenant: scope.tenantId, ok: findings.count === 0, rows: check.rows, seals: check.seals, lastSeal: last === null ? null : end.number, sealedUntil: last?.sealed_at ?? null, waiting, anchored: anchors.at(-1)?.number ?? null,
    faults: findings.count, findings: findings.list,
  };
}
