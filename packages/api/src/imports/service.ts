import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import {
  conflict, DomainError, isRepairOf, isRule, judgeClaim, judgeMember, judgePayment, mappingFaults, newId, notFound, suggestMapping, type ImportKind, type Repair,
} from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { importBatches, importLines, importPieces, importTemplates } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { baseName, batchOf, earlierOf, keptFile, type RefusedLine } from './batches';
import { runImportJob, tryImportJob, undoImportJob } from './jobs';
import { assertComplete, overTemplate, readingFor, rulesReading, storedReading, wishedSoFar, type ReadingWish, type StoredReading } from './reading';
import { toReview } from './review';
import { noteInTrail } from './trail';
import { importLimits, surveyFile, type FileSurvey } from './survey';

const mostPieces = 256;
const shown = 20;

/** Begins an upload; the file follows in pieces. */
export async function startUpload(scope: TenantScope, { kind, name }: { readonly kind: ImportKind; readonly name: string }, now: Date): Promise<string> {
  const id = newId();
  await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
    await tx.insert(importBatches).values({
      tenantId: scope.tenantId, id, kind, fileName: baseName(name), fileHash: '', reading: {}, lines: 0, createdBy: scope.actor.kind === 'user' ? scope.actor.id : null, stamp: now, createdAt: now, updatedAt: now,
    });
  });
  return id;
}

/** Keeps a piece of the file. Repeating one does nothing. Throws NOT_FOUND, or CONFLICT once the file was read. */
export async function addPiece(scope: TenantScope, { id, position, data }: { readonly id: string; readonly position: number; readonly data: string }): Promise<void> {
  const batch = await batchOf(scope, id);
  if (batch.status !== 'uploaded' || batch.fileHash !== '') throw conflict('errors.import.finished');
  if (position >= mostPieces) throw new DomainError('INVALID', 'errors.csv.tooLarge', { field: 'file' });
  await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
    await tx.insert(importPieces).values({ tenantId: scope.tenantId, id: newId(), batchId: id, position, bytes: Buffer.from(data, 'base64') })
      .onConflictDoNothing({ target: [importPieces.tenantId, importPieces.batchId, importPieces.position] });
  });
}

const judges = { members: judgeMember, claims: judgeClaim, payments: judgePayment } as const;

/** The first lines of a file as they are corrected, with what is still wrong in which cell. */
function sampleOf(scope: TenantScope, kind: ImportKind, stored: StoredReading, { sample }: FileSurvey) {
  const reading = rulesReading(scope, kind, stored);
  return sample.slice(0, shown).map(({ line, cells: source }, at) => {
    const cells = reading.repair?.(at + 1, source)?.cells ?? source;
    const judged = judges[kind](cells, reading);
    return { record: at + 1, line, cells: [...cells], problems: judged.ok ? [] : judged.problems.map((problem) => ({ ...problem })) };
  });
}

/**
 * Reads the uploaded file by what is wished over what was wished of it before, or over a template (`null`: over nothing), and keeps how: encoding, columns, style, and the
 * first lines with what is wrong in which cell. Read as before, a trial of it stands. Throws INVALID with the place of what makes it no table, CONFLICT for a
 * file that is in already or a batch that is further on.
 */
export async function readUpload(scope: TenantScope, { id, template, wish }: { readonly id: string; readonly template?: string | null | undefined; readonly wish: ReadingWish }) {
  const batch = await batchOf(scope, id);
  if (batch.status !== 'uploaded') throw conflict('errors.import.finished');
  const { kind } = batch;
  const { data: kept } = storedReading.safeParse(batch.reading);
  const whole = overTemplate(await wishedSoFar(scope, kind, kept, { template, wish }), wish);
  const survey = await surveyFile(keptFile(scope, id), importLimits, whole.encoding);
  const earlier = await earlierOf(scope, kind, survey.hash);
  if (earlier !== undefined && earlier.id !== id) throw new DomainError('CONFLICT', 'errors.import.already', { params: { batch: earlier.id } });
  const reading = readingFor(scope, kind, survey, whole);
  if (!isDeepStrictEqual(kept, storedReading.parse(JSON.parse(JSON.stringify(reading))))) {
    await withTenant(inAction(scope, 'imports.upload'), async (tx) => {
      await tx.update(importBatches).set({ fileHash: survey.hash, lines: survey.lines, reading, trial: null, errorKey: null, updatedAt: new Date() })
        .where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id), eq(importBatches.status, 'uploaded')));
    });
  }
  return {
    id, kind, fileName: batch.fileName, encoding: survey.encoding, isEncodingCertain: survey.isEncodingCertain, delimiter: survey.delimiter, lines: survey.lines, bytes: survey.bytes,
    header: [...reading.header], mapping: reading.mapping, suggested: suggestMapping(kind, reading.header) as (string | null)[], dates: reading.dates, decimals: reading.decimals, currency: reading.currency, known: reading.known,
    faults: mappingFaults(kind, reading.mapping).map(({ code, field }) => ({ code, field: String(field) })),
    repairs: reading.repairs, sample: sampleOf(scope, kind, reading, survey),
  };
}

/** Queues what a batch is to do next, and puts who asked for rows to come or go on record. Throws INVALID while a field that is needed has no column. */
async function queue(scope: TenantScope, id: string, statuses: readonly string[], job: typeof runImportJob, values: Pick<PgUpdateSetSource<typeof importBatches>, 'trial' | 'reading'>, asked: 'IMPORT' | 'IMPORT_UNDO' | null = null): Promise<void> {
  const batch = await batchOf(scope, id);
  if (!statuses.includes(batch.status)) throw conflict('errors.import.finished');
  const reading = storedReading.safeParse(batch.reading);
  if (!reading.success) throw conflict('errors.import.unread');
  assertComplete(batch.kind, reading.data);
  const acting = inAction(scope, job.name);
  await withTenant(acting, async (tx) => {
    await tx.update(importBatches).set({ ...values, errorKey: null, updatedAt: new Date() }).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id)));
    if (asked !== null) await noteInTrail(tx, acting, asked, id, { lines: batch.lines, done: batch.done });
    await enqueue(tx, scope, job, { batchId: id });
  });
}

/** Puts other corrections in the place of those that a batch has, and queues a trial with them. Throws INVALID for one that its kind of file cannot have. */
export async function repairUpload(scope: TenantScope, { id, repairs }: { readonly id: string; readonly repairs: readonly Repair[] }): Promise<void> {
  const batch = await batchOf(scope, id);
  const wrong = repairs.find((repair) => !isRepairOf(batch.kind, repair));
  if (wrong !== undefined) throw new DomainError('INVALID', 'errors.import.repair', { field: 'repairs', params: { name: wrong.field } });
  const reading = storedReading.safeParse(batch.reading);
  if (!reading.success) throw conflict('errors.import.unread');
  await queue(scope, id, ['uploaded'], tryImportJob, { trial: { status: 'queued' }, reading: { ...reading.data, repairs } });
}

/** Queues a trial: everything but the writing. */
export const startTrial = (scope: TenantScope, id: string): Promise<void> => queue(scope, id, ['uploaded'], tryImportJob, { trial: { status: 'queued' } });
/** Queues the import itself, or what is left of it. */
export const startCommit = (scope: TenantScope, id: string): Promise<void> => queue(scope, id, ['uploaded', 'running'], runImportJob, { trial: sql`coalesce(${importBatches.trial}, '{}'::jsonb) || '{"status": "starting"}'::jsonb` }, 'IMPORT');
/** Queues the way back. */
export const startUndo = (scope: TenantScope, id: string): Promise<void> => queue(scope, id, ['running', 'done', 'undoing', 'partly_undone'], undoImportJob, {}, 'IMPORT_UNDO');

const view = {
  id: importBatches.id, kind: importBatches.kind, fileName: importBatches.fileName, status: importBatches.status, known: sql<string | null>`${importBatches.reading} ->> 'known'`, lines: importBatches.lines, done: importBatches.done, report: importBatches.report,
  // its refused lines are people, who are shown where they are corrected and nowhere else
  trial: sql<unknown>`${importBatches.trial} - 'refused'`,
  errorKey: importBatches.errorKey, createdAt: importBatches.createdAt, updatedAt: importBatches.updatedAt, finishedAt: importBatches.finishedAt, undoneAt: importBatches.undoneAt,
} as const;

/** The imports of the tenant, the newest first. */
export async function listBatches(scope: TenantScope) {
  return await readTenant(scope, (tx) => tx.select(view).from(importBatches).where(eq(importBatches.tenantId, scope.tenantId)).orderBy(desc(importBatches.createdAt)).limit(100));
}

export async function getBatch(scope: TenantScope, id: string) {
  const [row] = await readTenant(scope, (tx) => tx.select(view).from(importBatches).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id))));
  if (row === undefined) throw notFound();
  return row;
}

export interface LinesWish {
  readonly id: string;
  readonly only: 'rejected' | 'pairs' | 'conflicts';
  readonly after: number;
}

const linePage = 50;
const pageOf = <Row extends { readonly record: number }>(rows: readonly Row[]) => ({ rows, next: rows.length === linePage ? (rows.at(-1)?.record ?? null) : null });

const nothingYet = { number: null, userId: null, alike: null, decision: null, undo: null, repairs: null } as const;

/** The refused lines of a trial, as those of an import are listed. */
function triedLines(trial: unknown, after: number) {
  const { refused = [] } = (trial ?? {}) as { readonly refused?: readonly RefusedLine[] };
  return refused.filter(({ record }) => record > after).slice(0, linePage).map((line) => ({ ...line, ...nothingYet, outcome: 'rejected' }));
}

/** Lines of a batch that need a person: refused ones with their cells, before the import those of its trial; pairs to be looked at, rows that could not go back. */
export async function listLines(scope: TenantScope, { id, only, after }: LinesWish) {
  const { status, trial } = await batchOf(scope, id);
  if (status === 'uploaded') return pageOf(only === 'rejected' ? triedLines(trial, after) : []);
  const which = only === 'rejected' ? eq(importLines.outcome, 'rejected') : only === 'pairs' ? toReview : sql`${importLines.undo} in ('changed', 'in_use')`;
  const rows = await readTenant(scope, (tx) => tx.select({
    record: importLines.record, line: importLines.line, outcome: importLines.outcome, reason: importLines.reason, problems: importLines.problems, cells: importLines.cells, number: importLines.number,
    userId: importLines.userId, alike: importLines.alike, decision: importLines.decision, undo: importLines.undo, repairs: importLines.repairs,
  }).from(importLines).where(and(eq(importLines.tenantId, scope.tenantId), eq(importLines.batchId, id), which, lt(sql`${after}`, importLines.record))).orderBy(importLines.record).limit(linePage));
  return pageOf(rows);
}

export async function listTemplates(scope: TenantScope, kind: ImportKind) {
  return await readTenant(scope, (tx) => tx.select({ id: importTemplates.id, name: importTemplates.name }).from(importTemplates)
    .where(and(eq(importTemplates.tenantId, scope.tenantId), eq(importTemplates.kind, kind))).orderBy(importTemplates.name));
}

/** Keeps how a batch is read under a name, for the next file of the same source: what was typed for single lines is not of it. The same name again is replaced. */
export async function saveTemplate(scope: TenantScope, { id, name }: { readonly id: string; readonly name: string }): Promise<void> {
  const batch = await batchOf(scope, id);
  const reading = storedReading.safeParse(batch.reading);
  if (!reading.success) throw conflict('errors.import.unread');
  const { header, mapping, dates, decimals, currency, known, repairs } = reading.data;
  const fields = Object.fromEntries(header.map((text, at) => [text, mapping[at] ?? null]));
  const values = { fields, style: { dates, decimals, currency, known }, repairs: repairs.filter(isRule), updatedAt: new Date() };
  await withTenant(inAction(scope, 'imports.template'), async (tx) => {
    await tx.insert(importTemplates).values({ tenantId: scope.tenantId, id: newId(), kind: batch.kind, name, createdBy: scope.actor.kind === 'user' ? scope.actor.id : null, ...values })
      .onConflictDoUpdate({ target: [importTemplates.tenantId, importTemplates.kind, importTemplates.name], set: values });
  });
}
