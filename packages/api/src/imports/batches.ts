import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { conflict, DomainError, importPieceBytes, newId, notFound, type ImportKind, type ImportReport, type LineProblem } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { importBatches, importPieces } from '@interdomestik/db/schema';
import { violates } from '../database-errors';
import type { ByteSource } from './file-encoding';
import { assertComplete, importKindSchema, readingFor, rulesReading, storedReading, type ReadingWish, type StoredReading } from './reading';
import { runImport, type Decided, type ImportFile } from './run-import';
import { importLimits, surveyFile, type FileSurvey } from './survey';

export interface NewImport {
  readonly kind: ImportKind;
  readonly name: string;
  readonly open: ByteSource;
  readonly wish?: ReadingWish;
}

type Batch = typeof importBatches.$inferSelect;

/** The name of a file without whatever folder it lay in. */
export const baseName = (name: string): string => name.split(/[\\/]/u).at(-1)?.slice(0, 200) ?? '';

const fileOf = (scope: TenantScope, kind: ImportKind, name: string, open: ByteSource, reading: StoredReading): ImportFile => ({
  open, kind, name, form: { encoding: reading.encoding, delimiter: reading.delimiter, declared: reading.declared }, reading: rulesReading(scope, kind, reading), policy: reading.known,
});

/** Tries a file: everything that an import does, decision by decision, and nothing written. */
export async function tryImport(scope: TenantScope, { kind, name, open, wish }: NewImport): Promise<{ readonly survey: FileSurvey; readonly report: ImportReport }> {
  const survey = await surveyFile(open, importLimits, wish?.encoding);
  const reading = readingFor(scope, kind, survey, wish);
  assertComplete(kind, reading);
  return { survey, report: await runImport(scope, fileOf(scope, kind, baseName(name), open, reading), null) };
}

/** Whether this tenant has the cells of this file already, and how far it came. */
export async function earlierOf(scope: TenantScope, kind: ImportKind, fileHash: string): Promise<Batch | undefined> {
  const [row] = await readTenant(scope, (tx) => tx.select().from(importBatches).where(and(
    eq(importBatches.tenantId, scope.tenantId), eq(importBatches.kind, kind), eq(importBatches.fileHash, fileHash), inArray(importBatches.status, ['running', 'done', 'undoing', 'partly_undone']))));
  return row;
}

async function keepFile(scope: TenantScope, batchId: string, open: ByteSource): Promise<void> {
  let position = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const keep = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    [waiting, size] = [[], 0];
    await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
      await tx.insert(importPieces).values({ tenantId: scope.tenantId, id: newId(), batchId, position: position++, bytes });
    });
  };
  for await (const chunk of open()) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= importPieceBytes) await keep();
  }
  if (size > 0) await keep();
}

/** The kept file of a batch. */
export function keptFile(scope: TenantScope, batchId: string): ByteSource {
  return async function* pieces() {
    for (let position = 0; ; position += 1) {
      const [piece] = await readTenant(scope, (tx) => tx.select({ bytes: importPieces.bytes }).from(importPieces).where(and(
        eq(importPieces.tenantId, scope.tenantId), eq(importPieces.batchId, batchId), eq(importPieces.position, position))).orderBy(asc(importPieces.position)));
      if (piece === undefined) return;
      yield piece.bytes;
    }
  };
}

/**
 * Takes a file in: keeps it with how it is read. The same cells again give the batch that stopped before its end, and are refused when they are in already. Throws
 * CONFLICT with the batch, INVALID with the place of what makes the file no table, or with the column that is missing.
 */
export async function openBatch(scope: TenantScope, { kind, name, open, wish }: NewImport, now: Date): Promise<{ readonly id: string; readonly survey: FileSurvey }> {
  const survey = await surveyFile(open, importLimits, wish?.encoding);
  const reading = readingFor(scope, kind, survey, wish);
  assertComplete(kind, reading);
  const earlier = await earlierOf(scope, kind, survey.hash);
  if (earlier?.status === 'running') return { id: earlier.id, survey };
  if (earlier !== undefined) throw new DomainError('CONFLICT', 'errors.import.already', { params: { batch: earlier.id } });
  const id = newId();
  await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
    await tx.insert(importBatches).values({
      tenantId: scope.tenantId, id, kind, fileName: baseName(name), fileHash: '', reading: {}, lines: 0, createdBy: scope.actor.kind === 'user' ? scope.actor.id : null, stamp: now, createdAt: now, updatedAt: now,
    });
  });
  await keepFile(scope, id, open);
  // read only now: a batch whose file was kept in part can never be written
  await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
    await tx.update(importBatches).set({ fileHash: survey.hash, reading, lines: survey.lines }).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id)));
  });
  return { id, survey };
}

/** A batch of this tenant. Throws NOT_FOUND for none and for another tenant's. */
export async function batchOf(scope: TenantScope, id: string): Promise<Batch & { readonly kind: ImportKind }> {
  const [row] = await readTenant(scope, (tx) => tx.select().from(importBatches).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id))));
  if (row === undefined) throw notFound();
  return { ...row, kind: importKindSchema.parse(row.kind) };
}

async function begin(scope: TenantScope, batch: Batch): Promise<void> {
  try {
    await withTenant(inAction(scope, 'imports.run'), async (tx) => {
      const begun = await tx.update(importBatches).set({ status: 'running' })
        .where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, batch.id), inArray(importBatches.status, ['uploaded', 'running']))).returning({ id: importBatches.id });
      if (begun.length === 0) throw conflict('errors.import.finished');
    });
  } catch (error) {
    if (violates(error, 'import_batches_one_at_work')) throw conflict('errors.import.another');
    if (violates(error, 'import_batches_once')) throw conflict('errors.import.finished');
    throw error;
  }
}

export interface CommitOptions {
  readonly onProgress?: (done: number, lines: number) => void;
  readonly chunkSize?: number;
}

/** A line that a trial has refused, as somebody may correct it. */
export interface RefusedLine {
  readonly record: number;
  readonly line: number;
  readonly reason: string;
  readonly problems: readonly LineProblem[];
  readonly cells: readonly string[];
}

const mostRefused = 200;
const longestCell = 300;

/** Keeps the first refused lines of a trial; of a cell no more than a person reads. */
function refusedInto(lines: RefusedLine[]): (decided: Decided) => void {
  return ({ decision, source }) => {
    if (decision.outcome !== 'rejected' || lines.length >= mostRefused) return;
    const { record, reason, problems, cells } = decision;
    lines.push({ record, line: source.line, reason, problems, cells: cells.map((cell) => (cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell)) });
  };
}

/** Tries a batch whose file is kept: the decisions of an import, and nothing written but their counts and the first lines that are refused. */
export async function tryBatch(scope: TenantScope, id: string): Promise<void> {
  const batch = await batchOf(scope, id);
  const reading = storedReading.safeParse(batch.reading);
  if (batch.status !== 'uploaded' || !reading.success) return;
  const refused: RefusedLine[] = [];
  const { review_pairs: _pairs, ...report } = await runImport(scope, fileOf(scope, batch.kind, batch.fileName, keptFile(scope, id), reading.data), null, refusedInto(refused));
  await withTenant(inAction(scope, 'imports.try'), async (tx) => {
    await tx.update(importBatches).set({ trial: { status: 'done', report, refused }, updatedAt: new Date() })
      // what was corrected meanwhile is tried by a job of its own
      .where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id), eq(importBatches.status, 'uploaded'), sql`${importBatches.reading} = ${JSON.stringify(batch.reading)}::jsonb`));
  });
}

/** Writes a batch, from where it stopped. Throws CONFLICT for one that is finished, while another one is at work, and where another process goes on with it. */
export async function commitBatch(scope: TenantScope, id: string, { onProgress, chunkSize }: CommitOptions = {}): Promise<ImportReport> {
  const batch = await batchOf(scope, id);
  await begin(scope, batch);
  const file = fileOf(scope, batch.kind, batch.fileName, keptFile(scope, id), storedReading.parse(batch.reading));
  const size = chunkSize === undefined ? {} : { chunkSize };
  return await runImport(scope, file, { batchId: id, done: batch.done, stamp: batch.stamp, ...size, ...(onProgress === undefined ? {} : { onProgress: (done: number) => { onProgress(done, batch.lines); } }) });
}
