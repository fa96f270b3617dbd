import { and, eq, inArray, sql } from 'drizzle-orm';
import { conflict } from '@interdomestik/rules';
import { inAction, queryIn, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { importBatches } from '@interdomestik/db/schema';
import { violates } from '../database-errors';
import { batchOf } from './batches';

/** A record whose rows could not go back: somebody changed them since, or something hangs on them. */
export interface UndoConflict {
  readonly record: number;
  readonly reason: 'changed' | 'in_use';
}

export interface UndoReport {
  readonly batch: string;
  readonly undone: number;
  readonly conflicts: readonly UndoConflict[];
}

interface Line {
  readonly id: string;
  readonly record: number;
  readonly user_id: string | null;
  readonly is_new_user: boolean;
  readonly row_id: string | null;
  readonly card_id: string | null;
  readonly has_before: boolean;
}

const chunkSize = 200;
/** By so much a chunk grows again after one that was too large. */
const smallestStep = 20;
const tables = { members: 'memberships', claims: 'claims', payments: 'payments' } as const;

async function moveTo(scope: TenantScope, id: string, from: readonly string[], values: Partial<typeof importBatches.$inferInsert>): Promise<void> {
  try {
    await withTenant(inAction(scope, 'imports.undo'), async (tx) => {
      const moved = await tx.update(importBatches).set({ ...values, updatedAt: sql`clock_timestamp()` })
        .where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, id), inArray(importBatches.status, [...from]))).returning({ id: importBatches.id });
      if (moved.length === 0) throw conflict('errors.import.finished');
    });
  } catch (error) {
    if (violates(error, 'import_batches_one_at_work')) throw conflict('errors.import.another');
    throw error;
  }
}

/** The next lines from the end that were not tried yet. What was refused or skipped has nothing to take back. */
async function nextLines(tx: Tx, tenantId: string, batchId: string, below: number, size: number): Promise<Line[]> {
  const { rows } = await queryIn(tx, `
    select id, record, user_id, is_new_user, row_id, card_id, before is not null as has_before from import_lines
    where tenant_id = $1 and batch_id = $2 and record < $3 and undo is distinct from 'undone' order by record desc limit $4`, [tenantId, batchId, below, size]);
  return rows as Line[];
}

/** Which of these lines have a row that was changed after the batch wrote it. */
async function changedLines(tx: Tx, tenantId: string, batchId: string, table: string, lines: readonly Line[]): Promise<Set<string>> {
  const { rows } = await queryIn(tx, `
    select l.id from import_lines l join import_batches b on b.tenant_id = l.tenant_id and b.id = l.batch_id
    left join ${table} r on r.tenant_id = l.tenant_id and r.id = l.row_id
    left join "user" u on u.tenant_id = l.tenant_id and u.id = l.user_id and (l.is_new_user or l.before is not null)
    where l.tenant_id = $1 and l.batch_id = $2 and l.id = any($3::uuid[])
      and ((l.row_id is not null and r.updated_at is distinct from b.stamp) or ((l.is_new_user or l.before is not null) and u.updated_at is distinct from b.stamp))`,
  [tenantId, batchId, lines.map(({ id }) => id)]);
  return new Set((rows as { id: string }[]).map(({ id }) => id));
}

/** Takes back what the lines wrote: children before parents, people who were changed to what they were. */
async function takeBack(tx: Tx, tenantId: string, table: string, lines: readonly Line[]): Promise<void> {
  const ids = lines.map(({ id }) => id);
  const part = 'select l.%column from import_lines l where l.tenant_id = $1 and l.id = any($2::uuid[])';
  const among = (column: string, also = ''): string => `(${part.replace('%column', column)}${also})`;
  if (table === 'memberships') await queryIn(tx, `delete from cards where tenant_id = $1 and id in ${among('card_id')}`, [tenantId, ids]);
  await queryIn(tx, `delete from ${table} where tenant_id = $1 and id in ${among('row_id')}`, [tenantId, ids]);
  await queryIn(tx, `
    update "user" u set (email, phone, address, city, personal_number, birth_date, updated_at) =
      (select b.email, b.phone, b.address, b.city, b.personal_number, b.birth_date, b.updated_at from jsonb_populate_record(null::"user", l.before) b)
    from import_lines l where u.tenant_id = $1 and l.tenant_id = $1 and l.id = any($2::uuid[]) and u.id = l.user_id and l.before is not null`, [tenantId, ids]);
  await queryIn(tx, `delete from user_roles where tenant_id = $1 and user_id in ${among('user_id', ' and l.is_new_user')}`, [tenantId, ids]);
  await queryIn(tx, `delete from "user" where tenant_id = $1 and id in ${among('user_id', ' and l.is_new_user')}`, [tenantId, ids]);
  await mark(tx, tenantId, ids, 'undone');
}

async function mark(tx: Tx, tenantId: string, ids: readonly string[], undo: 'undone' | UndoConflict['reason']): Promise<void> {
  if (ids.length > 0) await queryIn(tx, 'update import_lines set undo = $3 where tenant_id = $1 and id = any($2::uuid[])', [tenantId, ids, undo]);
}

const [foreignKey, tooSlow] = ['23503', '57014'];

/** The database's own code of an error; null for any other. */
function codeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if ('code' in at && typeof at.code === 'string') return at.code;
  return null;
}

/**
 * Takes a batch back: rows it made go, people it changed get back what they had. What somebody changed since, and what something else hangs
 * on by now, stays and is listed; a later try goes on with those. From the last line to the first, in chunks, so a stop in between loses nothing. The lines
 * stay as the record of what was. Throws NOT_FOUND, or CONFLICT for a batch that is not finished or is taken back already.
 */
export async function undoBatch(scope: TenantScope, id: string): Promise<UndoReport> {
  const acting = inAction(scope, 'imports.undo');
  const { tenantId } = scope;
  const batch = await batchOf(scope, id);
  await moveTo(scope, id, ['running', 'done', 'undoing', 'partly_undone'], { status: 'undoing' });
  const table = tables[batch.kind];
  const conflicts: UndoConflict[] = [];
  let undone = 0;
  let below = batch.lines + 1;
  let size = chunkSize;
  for (;;) {
    try {
      const step = await withTenant(acting, async (tx) => {
        const lines = await nextLines(tx, tenantId, id, below, size);
        if (lines.length === 0) return null;
        const changed = await changedLines(tx, tenantId, id, table, lines);
        const rest = lines.filter((line) => !changed.has(line.id));
        await takeBack(tx, tenantId, table, rest);
        await mark(tx, tenantId, [...changed], 'changed');
        return { changed: lines.filter((line) => changed.has(line.id)), undone: rest.length, last: lines.at(-1)?.record ?? 0 };
      });
      if (step === null) break;
      undone += step.undone;
      conflicts.push(...step.changed.map(({ record }) => ({ record, reason: 'changed' as const })));
      below = step.last;
      size = Math.min(chunkSize, size + smallestStep);
    } catch (error) {
      const code = codeOf(error);
      if (code !== foreignKey && (code !== tooSlow || size === 1)) throw error;
      // one of them is in use, which halving finds so that the others still go; or they are too many for one statement's time
      if (size > 1) size = Math.floor(size / 2);
      else {
        const record = await withTenant(acting, async (tx) => {
          const [line] = await nextLines(tx, tenantId, id, below, 1);
          if (line !== undefined) await mark(tx, tenantId, [line.id], 'in_use');
          return line?.record ?? 0;
        });
        conflicts.push({ record, reason: 'in_use' });
        below = record;
      }
    }
  }
  await moveTo(scope, id, ['undoing'], conflicts.length > 0 ? { status: 'partly_undone' } : { status: 'undone', undoneAt: new Date() });
  return { batch: id, undone, conflicts: conflicts.toSorted((a, b) => a.record - b.record) };
}
