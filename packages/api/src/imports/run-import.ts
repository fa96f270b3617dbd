import { and, eq, sql } from 'drizzle-orm';
import { conflict, FileRun, type Decision, type ImportKind, type ImportReport, type KnownPolicy, type Reading } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { importBatches, importLines } from '@interdomestik/db/schema';
import { insertRows } from './bulk';
import { historyContext, type HistoryContext } from './context';
import type { ByteSource } from './file-encoding';
import type { FileForm, FileRecord } from './file-records';
import { knownBefore, type KnownBefore } from './known-before';
import { recordId } from './record-ids';
import { dataLines } from './survey';
import { writeClaims, writePayments } from './write-history';
import { traitsOf, writeMembers, type MemberDecision, type Writing, type WrittenRows } from './write-members';

/** A file that is ready to be decided line by line. */
export interface ImportFile {
  readonly open: ByteSource;
  readonly form: FileForm;
  readonly kind: ImportKind;
  readonly name: string;
  readonly reading: Reading;
  /** What happens to people who were known before it. */
  readonly policy: KnownPolicy;
}

/** Where the decisions go. Without one it is a trial: the same decisions, and nothing is written. */
export interface Commit {
  readonly batchId: string;
  /** Records that an earlier try has written. */
  readonly done: number;
  readonly stamp: Date;
  readonly onProgress?: (done: number) => void;
  /** Records of one transaction. */
  readonly chunkSize?: number;
}

export interface Decided {
  readonly decision: Decision;
  readonly source: FileRecord;
}

const chunkSize = 2_000;

/**
 * Decides every record of a file by what the tenant knows, and writes what is to be written in chunks: rows of the product, the outcome of each record
 * and how far it has come are one transaction, so a stop between any two lines loses nothing and repeats nothing. A trial does the same without writing. `watch` sees each decision.
 */
export async function runImport(scope: TenantScope, file: ImportFile, commit: Commit | null, watch?: (decided: Decided) => void): Promise<ImportReport> {
  const before = await knownBefore(scope, file.kind, commit?.batchId ?? null);
  const run = new FileRun(file.kind, file.reading, before.known, file.name);
  const writer = commit === null ? null : new ChunkWriter(scope, file, commit, before, await historyContext(scope, commit.stamp), run);
  for await (const records of dataLines(file.open, file.form)) {
    for (const source of records) {
      const decision = run.take(source.cells);
      watch?.({ decision, source });
      if (writer !== null) await writer.add({ decision, source });
    }
  }
  await writer?.finish();
  return run.report();
}

/** Writes decisions in chunks, each once and in their order; while one is being written, the next is decided. */
class ChunkWriter {
  readonly #scope: TenantScope;
  readonly #kind: ImportKind;
  readonly #policy: KnownPolicy;
  readonly #commit: Commit;
  readonly #run: FileRun;
  readonly #ids: KnownBefore['ids'];
  readonly #writing: Writing;
  #waiting: Decided[] = [];
  #underWay: Promise<void> = Promise.resolve();
  #done: number;

  constructor(scope: TenantScope, { kind, policy }: ImportFile, commit: Commit, { ids }: KnownBefore, context: HistoryContext, run: FileRun) {
    this.#scope = inAction(scope, 'imports.run');
    this.#kind = kind;
    this.#policy = policy;
    this.#commit = commit;
    this.#run = run;
    this.#ids = ids;
    this.#done = commit.done;
    this.#writing = { scope: this.#scope, batchId: commit.batchId, stamp: commit.stamp, context, userOf: (person) => ids.get(person), take: policy === 'update' || policy === 'fill' ? policy : null };
  }

  async add(decided: Decided): Promise<void> {
    const { decision } = decided;
    if (decision.outcome !== 'rejected' && decision.kind === 'members' && decision.isNew) this.#ids.set(decision.person, recordId(this.#commit.batchId, decision.record, 'user'));
    // decided anew so that the rest is decided alike, and written already
    if (decision.record <= this.#commit.done) return;
    this.#waiting.push(decided);
    if (this.#waiting.length >= (this.#commit.chunkSize ?? chunkSize)) await this.#begin('running');
  }

  async finish(): Promise<void> {
    await this.#begin('done');
    await this.#underWay;
  }

  /** Begins to write what has been decided, once the chunk before is kept. */
  async #begin(status: 'running' | 'done'): Promise<void> {
    await this.#underWay;
    this.#underWay = this.#write(status);
    // whoever waits for it hears of a failure: the next chunk or the end
    this.#underWay.catch(() => undefined);
  }

  async #write(status: 'running' | 'done'): Promise<void> {
    const chunk = this.#waiting;
    this.#waiting = [];
    const from = this.#done;
    const to = from + chunk.length;
    const { batchId } = this.#commit;
    // the pairs stand with their lines
    const { review_pairs: _pairs, ...report } = this.#run.report();
    await withTenant(this.#scope, async (tx) => {
      // whoever moves the mark writes the chunk; a second process finds it moved
      const moved = await tx.update(importBatches)
        .set({ done: to, status, report, errorKey: null, updatedAt: sql`clock_timestamp()`, ...(status === 'done' ? { finishedAt: sql`clock_timestamp()` } : {}) })
        .where(and(eq(importBatches.tenantId, this.#scope.tenantId), eq(importBatches.id, batchId), eq(importBatches.status, 'running'), eq(importBatches.done, from)))
        .returning({ id: importBatches.id });
      if (moved.length === 0) throw conflict('errors.import.elsewhere');
      const written = await this.#rows(tx, chunk.map(({ decision }) => decision));
      await insertRows(tx, importLines, chunk.map((decided) => this.#line(decided, written.get(decided.decision.record))));
    });
    this.#done = to;
    this.#commit.onProgress?.(to);
  }

  async #rows(tx: Parameters<typeof writeMembers>[0], decisions: readonly Decision[]): Promise<Map<number, WrittenRows>> {
    const accepted = decisions.filter((decision) => decision.outcome !== 'rejected');
    if (this.#kind === 'members') return await writeMembers(tx, this.#writing, accepted.filter((decision): decision is MemberDecision => decision.kind === 'members'));
    if (this.#kind === 'claims') return await writeClaims(tx, this.#writing, accepted.filter((decision) => decision.kind === 'claims'));
    return await writePayments(tx, this.#writing, accepted.filter((decision) => decision.kind === 'payments'));
  }

  #line({ decision, source }: Decided, written: WrittenRows | undefined): typeof importLines.$inferInsert {
    const base = { tenantId: this.#scope.tenantId, id: recordId(this.#commit.batchId, decision.record, 'line'), batchId: this.#commit.batchId, record: decision.record, line: source.line, outcome: decision.outcome, repairs: decision.repairs.length === 0 ? null : decision.repairs };
    const none = { reason: null, problems: null, cells: null, number: null, userId: null, isNewUser: false, rowId: null, cardId: null, traits: null, before: null, alike: null };
    if (decision.outcome === 'rejected') return { ...base, ...none, reason: decision.reason, problems: decision.problems, cells: decision.cells };
    const { line, person } = decision;
    const isNewUser = decision.kind === 'members' && decision.isNew;
    const alike = decision.kind === 'members' && decision.alike.length > 0 ? decision.alike.map((other) => ({ userId: this.#ids.get(other.person), kind: other.kind })) : null;
    return {
      ...base, ...none, cells: decision.outcome === 'renewal' && this.#policy === 'review' ? decision.cells : null, number: line.number === '' ? null : line.number, userId: this.#ids.get(person), isNewUser, rowId: written?.rowId ?? null, cardId: written?.cardId ?? null,
      traits: decision.kind === 'members' && !isNewUser ? traitsOf(decision.line) : null, before: written?.before ?? null, alike,
    };
  }
}
