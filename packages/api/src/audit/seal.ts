import { sql, type SQL } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import type { KeyRing } from '../vendors/secrets';
import { auditKeyRing, rowMac, sealMac, type SealText } from './chain';
import { auditColumns, instantText, textOf, type AuditRow } from './rows';

/** Rows of one seal. */
const mostRows = 1_000;

/** Where a chain ends, and from where on rows are looked for. */
interface Head extends Record<string, unknown> {
  readonly number: string; readonly next_seq: string; readonly mac: string; readonly upto_tx: string; readonly upto_at: string; readonly upto_id: string; readonly known_until: string | null;
  /** The server counts its transactions anew: the database was restored into another one. */
  readonly elsewhere: boolean;
}

const finished = sql`l.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

/** Rows behind a head whose transaction is over, together with every earlier one: none can appear among them any more. */
const waitingRows = (scope: TenantScope, { upto_tx, upto_at, upto_id, known_until }: Pick<Head, 'upto_tx' | 'upto_at' | 'upto_id' | 'known_until'>): SQL => sql`
  l.tenant_id = ${scope.tenantId} and ${finished} and l.tx >= ${upto_tx}::bigint and (l.tx, l.at, l.id) > (${upto_tx}::bigint, ${upto_at}::timestamptz, ${upto_id}::uuid) and (${known_until}::timestamptz is null or l.at > ${known_until}::timestamptz)`;

const beginning = { number: '0', next_seq: '1', mac: '', upto_tx: '-1', upto_at: '-infinity', upto_id: '00000000-0000-0000-0000-000000000000', known_until: null, elsewhere: false } as const satisfies Head;

const headQuery = (scope: TenantScope): SQL => sql`
  select number::text, (first_seq + size)::text as next_seq, mac, upto_tx::text, ${instantText(sql`upto_at`)} as upto_at, upto_id::text, ${instantText(sql`known_until`)} as known_until,
    upto_tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint as elsewhere
  from audit_seals s where s.tenant_id = ${scope.tenantId} order by s.number desc limit 1`;

/** What a new seal says of how far it looked. */
type Mark = Pick<SealText, 'uptoTx' | 'uptoAt' | 'uptoId' | 'seenUntil' | 'knownUntil'>;

async function writeSeal(tx: Tx, scope: TenantScope, after: Pick<Head, 'number' | 'next_seq' | 'mac'>, rows: readonly AuditRow[], mark: Mark & { readonly sealedAt: string }, keys: KeyRing): Promise<Pick<Head, 'number' | 'next_seq' | 'mac'>> {
  const key = keys.current;
  const firstSeq = Number(after.next_seq);
  const seal: SealText = {
    tenantId: scope.tenantId, number: Number(after.number) + 1, firstSeq, rowIds: rows.map(({ id }) => id), rowMacs: rows.map((row, at) => rowMac(key, firstSeq + at, textOf(row))), previousMac: after.mac, ...mark,
  };
  const mac = sealMac(key, seal);
  await tx.execute(sql`
    insert into audit_seals (tenant_id, id, number, first_seq, size, row_ids, row_macs, key_id, previous_mac, mac, upto_tx, upto_at, upto_id, seen_until, known_until, sealed_at)
    values (${scope.tenantId}, ${newId()}, ${seal.number}, ${firstSeq}, ${rows.length}, ${`{${seal.rowIds.join(',')}}`}::uuid[], ${`{${seal.rowMacs.join(',')}}`}::text[], ${key.id}, ${seal.previousMac}, ${mac},
      ${seal.uptoTx}::bigint, ${seal.uptoAt}::timestamptz, ${seal.uptoId}::uuid, ${seal.seenUntil}::timestamptz, ${seal.knownUntil}::timestamptz, ${seal.sealedAt}::timestamptz)`);
  return { number: String(seal.number), next_seq: String(firstSeq + rows.length), mac };
}

interface Waiting extends AuditRow {
  readonly now: string;
}

/** One seal over the rows behind the head; how many. */
async function sealNext(tx: Tx, scope: TenantScope, head: Head, keys: KeyRing): Promise<number> {
  const { rows } = await tx.execute<Waiting>(sql`select ${auditColumns}, ${instantText(sql`clock_timestamp()`)} as now from audit_logs l where ${waitingRows(scope, head)} order by l.tx, l.at, l.id limit ${mostRows}`);
  const last = rows.at(-1);
  if (last === undefined) return 0;
  const mark = { uptoTx: last.tx, uptoAt: last.at, uptoId: last.id, seenUntil: rows.length < mostRows ? last.now : null, knownUntil: head.known_until, sealedAt: last.now };
  await writeSeal(tx, scope, head, rows, mark, keys);
  return rows.length;
}

/**
 * Goes on in a server that counts its transactions anew: all rows that no seal has yet, found by comparing, and from then on by the numbers of this
 * server. Rows with higher ones are from before.
 */
async function sealElsewhere(tx: Tx, scope: TenantScope, head: Head, keys: KeyRing): Promise<number> {
  const { rows: [place] } = await tx.execute<{ xmin: string; xmax: string; known: string | null; now: string }>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax, ${instantText(sql`clock_timestamp()`)} as now,
      (select ${instantText(sql`max(l.at)`)} from audit_logs l where l.tenant_id = ${scope.tenantId} and l.tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint) as known`);
  if (place === undefined) return 0;
  const { rows } = await tx.execute<AuditRow>(sql`
    select ${auditColumns} from audit_logs l where l.tenant_id = ${scope.tenantId} and (l.tx < ${place.xmin}::bigint or (l.tx >= ${place.xmax}::bigint and l.at <= ${place.known}::timestamptz))
      and not exists (select from audit_seals s, unnest(s.row_ids) as sealed(id) where s.tenant_id = ${scope.tenantId} and sealed.id = l.id)
    order by l.at, l.id`);
  const mark = { uptoTx: String(Number(place.xmin) - 1), uptoAt: place.now, uptoId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', knownUntil: place.known ?? head.known_until, sealedAt: place.now };
  let after: Pick<Head, 'number' | 'next_seq' | 'mac'> = head;
  for (let at = 0; at < rows.length; at += mostRows) {
    const part = rows.slice(at, at + mostRows);
    after = await writeSeal(tx, scope, after, part, { ...mark, seenUntil: at + mostRows >= rows.length ? place.now : null }, keys);
  }
  return rows.length;
}

/**
 * Seals what was written and is not sealed yet, a seal for every thousand rows and the rest, each in a transaction of its own. Nobody who writes waits for
 * it. Where another process is at it for the tenant, that one does it. Gives how many rows were sealed.
 */
export async function sealTenant(given: TenantScope, keys: KeyRing = auditKeyRing()): Promise<number> {
  const scope = inAction(given, 'audit.seal');
  let sealed = 0;
  for (let more = true; more; ) {
    const count = await withTenant(scope, async (tx) => {
      const { rows: [mine] } = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended(${`audit_seals:${scope.tenantId}`}, 0)) as held`);
      if (mine?.held !== true) return 0;
      const { rows: [last] } = await tx.execute<Head>(headQuery(scope));
      const head = last ?? beginning;
      return head.elsewhere ? await sealElsewhere(tx, scope, head, keys) : await sealNext(tx, scope, head, keys);
    });
    sealed += count;
    more = count >= mostRows;
  }
  return sealed;
}

/** Whether anything waits to be sealed: one statement, for those who ask every few seconds. */
export async function isUnsealed(given: TenantScope): Promise<boolean> {
  const scope = inAction(given, 'audit.seal');
  const { rows: [answer] } = await readTenant(scope, (tx) => tx.execute<{ waits: boolean }>(sql`
    with head as (${headQuery(scope)})
    select coalesce((select elsewhere from head), false) or exists (
      select from audit_logs l where l.tenant_id = ${scope.tenantId} and ${finished}
        and (l.tx, l.at, l.id) > (coalesce((select upto_tx from head), '-1')::bigint, coalesce((select upto_at from head), '-infinity')::timestamptz, coalesce((select upto_id from head), ${beginning.upto_id})::uuid)
        and ((select known_until from head) is null or l.at > (select known_until from head)::timestamptz)) as waits`));
  return answer?.waits === true;
}
