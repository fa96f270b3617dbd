import type { TenantScope } from '@interdomestik/db';
import type { KeyRing, SealKey } from '../vendors/secrets';
import { rowMac, sealMac, type SealText } from './chain';
import type { Findings } from './findings';
import { textOf, type AuditRow, type SealRow } from './rows';

const sealTextOf = (scope: TenantScope, seal: SealRow): SealText => ({
  tenantId: scope.tenantId, number: Number(seal.number), firstSeq: Number(seal.first_seq), rowIds: seal.row_ids, rowMacs: seal.row_macs, previousMac: seal.previous_mac,
  uptoTx: seal.upto_tx, uptoAt: seal.upto_at, uptoId: seal.upto_id, seenUntil: seal.seen_until, knownUntil: seal.known_until, sealedAt: seal.sealed_at,
});

/** No transaction of the product lasts that long: a row that says it is so much older than what was sealed before it was put in later. */
const longestTransactionMs = 3_600_000;
/** Exchanges are looked for among so many: each is tried with each. */
const mostTried = 100;

interface Odd {
  readonly seq: number;
  readonly row: AuditRow;
  readonly mac: string;
}

/** Goes along a chain, seal by seal with their rows, and tells what is not as it was sealed. */
export class ChainCheck {
  rows = 0;
  seals = 0;
  last: SealRow | null = null;
  private nextSeq = 1;
  private seenUntil: number | null = null;
  private readonly changed: SealRow[] = [];

  constructor(private readonly scope: TenantScope, private readonly keys: KeyRing, private readonly findings: Findings) {}

  /** The next seal of the database in the order of its numbers, and those of its rows that are there. */
  take(seal: SealRow, rows: ReadonlyMap<string, AuditRow>): void {
    const number = Number(seal.number);
    const expected = this.last === null ? 1 : Number(this.last.number) + 1;
    if (number > expected) this.findings.add('sealMissing', { seal: expected, upTo: number - 1, seq: this.nextSeq });
    const key = this.keys.byId.get(seal.key_id);
    if (key === undefined) {
      this.findings.add('keyUnknown', { seal: number, seq: Number(seal.first_seq) });
    } else {
      const linked = number !== expected || (seal.previous_mac === (this.last?.mac ?? '') && Number(seal.first_seq) === this.nextSeq);
      if (sealMac(key, sealTextOf(this.scope, seal)) !== seal.mac) this.changed.push(seal);
      else if (!linked) this.findings.add('sealChanged', { seal: number, seq: Number(seal.first_seq) });
      this.takeRows(key, seal, rows);
    }
    this.seals += 1;
    this.rows += seal.row_ids.length;
    this.nextSeq = Number(seal.first_seq) + seal.row_ids.length;
    if (seal.seen_until !== null) this.seenUntil = Date.parse(seal.seen_until);
    this.last = seal;
  }

  private takeRows(key: SealKey, seal: SealRow, rows: ReadonlyMap<string, AuditRow>): void {
    const odd: Odd[] = [];
    for (const [at, id] of seal.row_ids.entries()) {
      const seq = Number(seal.first_seq) + at;
      const mac = seal.row_macs[at] ?? '';
      const row = rows.get(id);
      if (row === undefined) this.findings.add('deleted', { seal: Number(seal.number), seq, rowId: id });
      else if (rowMac(key, seq, textOf(row)) !== mac) odd.push({ seq, row, mac });
      else if (this.seenUntil !== null && Date.parse(row.at) < this.seenUntil - longestTransactionMs) this.findings.add('inserted', { seal: Number(seal.number), seq, ...named(row) });
    }
    for (const one of odd) {
      const moved = odd.length <= mostTried && odd.some((other) => other !== one && rowMac(key, other.seq, textOf(one.row)) === other.mac);
      const swapped = odd.length <= mostTried && odd.some((other) => other !== one && rowMac(key, other.seq, textOf(one.row)) === one.mac);
      this.findings.add(moved || swapped ? 'reordered' : 'edited', { seal: Number(seal.number), seq: one.seq, ...named(one.row) });
    }
  }

  /** After the last seal: whether those that are not as they were made have only changed places. */
  end(): void {
    for (const seal of this.changed) {
      const key = this.keys.byId.get(seal.key_id);
      const elsewhere = key !== undefined && this.changed.length <= mostTried && this.changed.some((other) => other !== seal && sealMac(key, { ...sealTextOf(this.scope, seal), number: Number(other.number) }) === seal.mac);
      this.findings.add(elsewhere ? 'sealsReordered' : 'sealChanged', { seal: Number(seal.number), seq: Number(seal.first_seq), upTo: Number(seal.first_seq) + seal.row_ids.length - 1 });
    }
  }
}

/** Which row a finding is about. */
export const named = (row: Pick<AuditRow, 'id' | 'at' | 'entity' | 'entity_id'>) => ({ rowId: row.id, at: row.at, entity: row.entity, entityId: row.entity_id });
