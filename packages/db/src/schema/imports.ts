import { sql } from 'drizzle-orm';
import { boolean, customType, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { importKinds, lineOutcomes } from '@interdomestik/rules';
import { createdAt, instant, oneOf, updatedAt } from './columns';
import { belongsTo, tenantColumns, tenantRules } from './tenancy';

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** One file that was taken over, or is being. */
export const importBatches = pgTable(
  'import_batches',
  {
    ...tenantColumns(),
    kind: text('kind').notNull(),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the cells: the same file again, however it is called or encoded. */
    fileHash: text('file_hash').notNull(),
    /** How the file is read: encoding, delimiter, header, mapping, style, what somebody wished of it, and what is corrected in it. */
    reading: jsonb('reading').notNull(),
    status: text('status').notNull().default('uploaded'),
    /** Records in the file, and how many of them have their outcome. */
    lines: integer('lines').notNull(),
    done: integer('done').notNull().default(0),
    /** Counts of outcomes so far; null before the first. */
    report: jsonb('report'),
    /** Counts of a trial and the first lines that it refused; null: none since it was decided how the file is read. */
    trial: jsonb('trial'),
    /** Message key of why it stopped; null: nothing stopped it. */
    errorKey: text('error_key'),
    /** Null: the command line. */
    createdBy: uuid('created_by'),
    /** What rows of this batch carry as `updated_at`, so that a later change shows. */
    stamp: instant('stamp').notNull(),
    finishedAt: instant('finished_at'),
    undoneAt: instant('undone_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('import_batches', t),
    index('import_batches_created').on(t.tenantId, t.createdAt),
    uniqueIndex('import_batches_once').on(t.tenantId, t.kind, t.fileHash).where(sql`status in ('running', 'done', 'undoing', 'partly_undone')`),
    // two at once would not see each other's people
    uniqueIndex('import_batches_one_at_work').on(t.tenantId).where(sql`status in ('running', 'undoing')`),
    oneOf('import_batches_kind', t.kind, importKinds),
    oneOf('import_batches_status', t.status, ['uploaded', 'running', 'done', 'undoing', 'partly_undone', 'undone']),
  ],
);

/** The file itself in pieces, so that an import can go on after a stop and an error file can be made. */
export const importPieces = pgTable(
  'import_pieces',
  {
    ...tenantColumns(),
    batchId: uuid('batch_id').notNull(),
    position: integer('position').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    ...tenantRules('import_pieces', t),
    belongsTo('import_pieces_batch_fk', { tenantId: t.tenantId, column: t.batchId }, importBatches),
    uniqueIndex('import_pieces_position').on(t.tenantId, t.batchId, t.position),
  ],
);

/** What became of each record of a file. Outlives the rows it names: after an undo they are gone. */
export const importLines = pgTable(
  'import_lines',
  {
    ...tenantColumns(),
    batchId: uuid('batch_id').notNull(),
    /** Number of the record after the header, from 1, and the line of the file on which it begins. */
    record: integer('record').notNull(),
    line: integer('line').notNull(),
    outcome: text('outcome').notNull(),
    /** Of a refused line: the reason that counts, and all of them with their columns. */
    reason: text('reason'),
    problems: jsonb('problems'),
    /** The cells of a refused line, for the file of errors, and of one that waits for somebody to look at it; as they are corrected. */
    cells: jsonb('cells'),
    /** What was corrected in it, `[{ field, kind }]`; null: nothing. */
    repairs: jsonb('repairs'),
    /** Old number of the member, the case or the receipt; null: none. */
    number: text('number'),
    /** The person it is about; null for a refused line. */
    userId: uuid('user_id'),
    /** Whether the person's row is of this line. */
    isNewUser: boolean('is_new_user').notNull().default(false),
    /** The membership, claim or payment of this line, and the card; null: none. */
    rowId: uuid('row_id'),
    cardId: uuid('card_id'),
    /** What a member line that is not the person's first says of the person. */
    traits: jsonb('traits'),
    /** The person's columns before this line changed them; null: it changed none. */
    before: jsonb('before'),
    /** People whom it may be under another spelling: `[{ userId, kind, file, record }]`. */
    alike: jsonb('alike'),
    /** What a person decided about them, or about a line that waited; null: nobody yet. */
    decision: text('decision'),
    /** What an undo did: `undone`, or why not; null: none was tried. */
    undo: text('undo'),
  },
  (t) => [
    ...tenantRules('import_lines', t),
    belongsTo('import_lines_batch_fk', { tenantId: t.tenantId, column: t.batchId }, importBatches),
    uniqueIndex('import_lines_record').on(t.tenantId, t.batchId, t.record),
    index('import_lines_outcome').on(t.tenantId, t.batchId, t.outcome, t.record),
    index('import_lines_user').on(t.tenantId, t.userId),
    index('import_lines_row').on(t.tenantId, t.rowId),
    oneOf('import_lines_outcome_words', t.outcome, lineOutcomes),
    // `same` was once noted without joining anybody
    oneOf('import_lines_decision', t.decision, ['same', 'different', 'skip', 'keep', 'fill', 'update']),
    oneOf('import_lines_undo', t.undo, ['undone', 'changed', 'in_use']),
  ],
);

/** How files of one source are read, under a name. */
export const importTemplates = pgTable(
  'import_templates',
  {
    ...tenantColumns(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** Field by header; headers are compared without case, marks and script. */
    fields: jsonb('fields').notNull(),
    /** `{ dates, decimals, currency, known }`, each only where it is not to be detected. */
    style: jsonb('style').notNull(),
    /** Rules by which lines are corrected, in their order. */
    repairs: jsonb('repairs').notNull().default([]),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    ...tenantRules('import_templates', t),
    uniqueIndex('import_templates_name').on(t.tenantId, t.kind, t.name),
    oneOf('import_templates_kind', t.kind, importKinds),
  ],
);
