import { and, eq, isNotNull, or } from 'drizzle-orm';
import { conflict, DomainError, emailKey, judgeMember, notFound, phoneKey, type MemberLine } from '@interdomestik/rules';
import { inAction, queryIn, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { importLines } from '@interdomestik/db/schema';
import { violatesForeignKey } from '../database-errors';
import { batchOf } from './batches';
import { historyContext, type HistoryContext } from './context';
import type { BeforeImage, StoredTraits } from './known-before';
import { rulesReading, storedReading } from './reading';
import { noteInTrail } from './trail';
import { columnsOf, writeMembers, type Take } from './write-members';

type Batch = Awaited<ReturnType<typeof batchOf>>;

/** What somebody can decide about a line: it is somebody else or is left out, or it is that person, whose data stay, are filled in, or follow the line. */
export const decisions = ['different', 'skip', 'keep', 'fill', 'update'] as const;
export type PairDecision = (typeof decisions)[number];

/** One side of a comparison. */
export interface ComparedPerson {
  /** Null for a line that has no person of its own. */
  readonly id: string | null;
  readonly kind: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly personalNumber: string | null;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly memberNumber: string | null;
}

/** Lines that wait for a person or waited for one: those that may be somebody under another spelling, and those about somebody known where the import was told to ask. */
export const toReview = or(isNotNull(importLines.alike), and(eq(importLines.outcome, 'renewal'), isNotNull(importLines.cells)));

interface LineRow {
  readonly id: string;
  readonly record: number;
  readonly line: number;
  readonly outcome: string;
  readonly number: string | null;
  readonly user_id: string;
  readonly is_new_user: boolean;
  readonly alike: readonly { readonly userId: string; readonly kind: string }[] | null;
  readonly cells: readonly string[] | null;
  readonly decision: string | null;
  readonly undo: string | null;
}

function lineOf(scope: TenantScope, batch: Batch, cells: readonly string[]): MemberLine {
  // they are kept as they were corrected
  const judged = judgeMember(cells, rulesReading(scope, 'members', { ...storedReading.parse(batch.reading), repairs: [] }));
  if (!judged.ok) throw new Error('a line that was taken in cannot be read');
  return judged.line;
}

const lineText = `select id, record, line, outcome, number, user_id, is_new_user, alike, cells, decision, undo from import_lines
  where tenant_id = $1 and batch_id = $2 and record = $3 and (alike is not null or (outcome = 'renewal' and cells is not null))`;

interface PersonRow extends BeforeImage {
  readonly id: string;
  readonly branch_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly member_number: string | null;
  readonly is_untouched: boolean;
}

/** People by their ids; `is_untouched`: as the batch has left them. */
async function peopleOf(tx: Tx, { tenantId }: TenantScope, batch: Batch, ids: readonly string[], lock = ''): Promise<Map<string, PersonRow>> {
  const { rows } = await queryIn(tx, `
    select u.id, u.branch_id, u.first_name, u.last_name, u.email, u.phone, u.address, u.city, u.personal_number, u.birth_date::text as birth_date, u.member_number, to_jsonb(u.updated_at) #>> '{}' as updated_at,
      u.updated_at = (select b.stamp from import_batches b where b.tenant_id = $1 and b.id = $2) as is_untouched
    from "user" u where u.tenant_id = $1 and u.id = any($3::uuid[]) order by u.id ${lock}`, [tenantId, batch.id, ids]);
  return new Map((rows as PersonRow[]).map((row) => [row.id, row]));
}

const seen = (row: PersonRow, kind: string | null): ComparedPerson => ({
  id: row.id, kind, firstName: row.first_name, lastName: row.last_name, personalNumber: row.personal_number, birthDate: row.birth_date, phone: row.phone, email: row.email, address: row.address, city: row.city, memberNumber: row.member_number,
});

/** What a line says beside whom it may be about, all of this tenant. Throws NOT_FOUND for a line that asks nothing. */
export async function comparePair(scope: TenantScope, { id, record }: { readonly id: string; readonly record: number }): Promise<ComparedPerson[]> {
  const batch = await batchOf(scope, id);
  const { rows: [row] } = await readTenant(scope, (tx) => queryIn(tx, lineText, [scope.tenantId, id, record]));
  if (row === undefined) throw notFound();
  const line = row as unknown as LineRow;
  const kinds = new Map((line.alike ?? []).map(({ userId, kind }) => [userId, kind]));
  const ids = [line.user_id, ...[...kinds.keys()].filter((other) => other !== line.user_id)];
  const people = await readTenant(scope, (tx) => peopleOf(tx, scope, batch, ids));
  const found = ids.flatMap((personId) => people.get(personId) ?? []).map((person) => seen(person, kinds.get(person.id) ?? null));
  if (line.cells === null) return found;
  const said = lineOf(scope, batch, line.cells);
  const { email, phone, personalNumber, birthDate, address, city } = columnsOf(said, scope.tenant.country);
  return [{ id: null, kind: null, firstName: said.firstName, lastName: said.lastName, email, phone, personalNumber, birthDate, address, city, memberNumber: line.number }, ...found];
}

/** Whether the batch can still give a person's columns back as they were before it: it has an image of them already, and nobody came between. */
async function imageOf(tx: Tx, { tenantId }: TenantScope, batch: Batch, person: PersonRow): Promise<BeforeImage | null> {
  const { rows } = await queryIn(tx, `
    select from import_lines where tenant_id = $1 and batch_id = $2 and user_id = $3 and (before is not null or is_new_user) and undo is distinct from 'undone' limit 1`, [tenantId, batch.id, person.id]);
  if (rows.length > 0 && !person.is_untouched) throw conflict('errors.import.changed');
  if (rows.length > 0) return null;
  const { email, phone, address, city, personal_number, birth_date, updated_at } = person;
  return { email, phone, address, city, personal_number, birth_date, updated_at };
}

/** Fills in or follows: what is a person's own for ever, number and birth date, is only ever filled in. */
async function takeFrom(tx: Tx, scope: TenantScope, batch: Batch, from: PersonRow, into: PersonRow, take: Take): Promise<BeforeImage | null> {
  if (take === 'keep') return null;
  const before = await imageOf(tx, scope, batch, into);
  const pick = (column: string): string => (take === 'update' ? `coalesce(f.${column}, u.${column})` : `coalesce(u.${column}, f.${column})`);
  await queryIn(tx, `
    update "user" u set email = ${pick('email')}, phone = ${pick('phone')}, address = ${pick('address')}, city = ${pick('city')},
      personal_number = coalesce(u.personal_number, f.personal_number), birth_date = coalesce(u.birth_date, f.birth_date), updated_at = $4
    from "user" f where u.tenant_id = $1 and f.tenant_id = $1 and u.id = $2 and f.id = $3`, [scope.tenantId, into.id, from.id, batch.stamp]);
  return before;
}

/** Puts all that an import has brought for one person under another, and lets the one go. */
async function join(tx: Tx, scope: TenantScope, batch: Batch, line: LineRow, intoId: string, take: Take): Promise<void> {
  const { tenantId } = scope;
  const people = await peopleOf(tx, scope, batch, [line.user_id, intoId], 'for update');
  const [from, into] = [people.get(line.user_id), people.get(intoId)];
  if (from === undefined || into === undefined) throw notFound();
  if (!line.is_new_user || !from.is_untouched) throw conflict('errors.import.changed');
  const before = await takeFrom(tx, scope, batch, from, into, take);
  await queryIn(tx, 'update import_lines set decision = $3 where tenant_id = $1 and id = $2', [tenantId, line.id, take]);
  // what says something about a member is of the member's branch; money stays where it was taken
  for (const table of ['memberships', 'cards', 'claims']) await queryIn(tx, `update ${table} set user_id = $3, branch_id = $4 where tenant_id = $1 and user_id = $2`, [tenantId, from.id, into.id, into.branch_id]);
  await queryIn(tx, 'update payments set user_id = $3 where tenant_id = $1 and user_id = $2', [tenantId, from.id, into.id]);
  await queryIn(tx, 'delete from user_roles where tenant_id = $1 and user_id = $2', [tenantId, from.id]);
  await queryIn(tx, 'delete from "user" where tenant_id = $1 and id = $2', [tenantId, from.id]);
  const traits: StoredTraits = {
    firstName: from.first_name, lastName: from.last_name, embg: from.personal_number, birthDate: from.birth_date, emailKey: emailKey(from.email ?? ''),
    phoneKey: phoneKey(from.phone ?? '', scope.tenant.country.phone.callingCode), street: from.address ?? '',
  };
  await queryIn(tx, 'update import_lines set user_id = $3 where tenant_id = $1 and user_id = $2', [tenantId, from.id, into.id]);
  await queryIn(tx, 'update import_lines set is_new_user = false, traits = $3, before = $4 where tenant_id = $1 and id = $2', [tenantId, line.id, JSON.stringify(traits), before === null ? null : JSON.stringify(before)]);
  await queryIn(tx, `update import_lines set alike = replace(alike::text, $2, $3)::jsonb where tenant_id = $1 and outcome = 'probable_duplicate' and alike @> jsonb_build_array(jsonb_build_object('userId', $2::text))`, [tenantId, from.id, into.id]);
}

/** Writes what a line brings that waited for somebody to look. */
async function takeIn(tx: Tx, scope: TenantScope, batch: Batch, line: LineRow, take: Take, context: HistoryContext): Promise<void> {
  const { tenantId } = scope;
  const person = (await peopleOf(tx, scope, batch, [line.user_id], 'for update')).get(line.user_id);
  if (person === undefined) throw notFound();
  const hadImage = take !== 'keep' && (await imageOf(tx, scope, batch, person)) === null;
  const writing = { scope, batchId: batch.id, stamp: batch.stamp, context, userOf: () => line.user_id, take };
  const said = lineOf(scope, batch, line.cells ?? []);
  const written = (await writeMembers(tx, writing, [{ kind: 'members', record: line.record, outcome: 'renewal', person: 0, isNew: false, alike: [], line: said, isNumberFree: false, cells: [], repairs: [] }])).get(line.record);
  await queryIn(tx, 'update import_lines set decision = $3, row_id = $4, card_id = $5, before = $6 where tenant_id = $1 and id = $2',
    [tenantId, line.id, take, written?.rowId ?? null, written?.cardId ?? null, written?.before == null || hadImage ? null : JSON.stringify(written.before)]);
}

/**
 * Carries out what somebody decided about a line, once. Throws NOT_FOUND, INVALID for what cannot be decided about it, and CONFLICT when it was decided before, when one
 * of the people was changed since the import, or when something hangs on the one who would go.
 */
export async function decidePair(scope: TenantScope, { id, record, decision, userId }: { readonly id: string; readonly record: number; readonly decision: PairDecision; readonly userId?: string | undefined }): Promise<void> {
  const batch = await batchOf(scope, id);
  const context = await historyContext(scope, batch.stamp);
  const acting = inAction(scope, 'imports.decide');
  try {
    await withTenant(acting, async (tx) => {
      // an undo waits until this is done, and then finds it
      const { rows: [open] } = await queryIn(tx, "select from import_batches where tenant_id = $1 and id = $2 and status = 'done' for share", [scope.tenantId, id]);
      const { rows: [row] } = await queryIn(tx, `${lineText} for update`, [scope.tenantId, id, record]);
      if (row === undefined) throw notFound();
      const line = row as unknown as LineRow;
      if (open === undefined || line.undo !== null) throw conflict('errors.import.finished');
      // `same` was once only noted
      if (line.decision !== null && line.decision !== 'different' && line.decision !== 'same') throw conflict('errors.import.decided');
      await noteInTrail(tx, acting, 'IMPORT_REVIEW', id, { line: line.line, decision });
      const isKnown = line.outcome === 'renewal';
      if (decision === (isKnown ? 'different' : 'skip')) throw new DomainError('INVALID', 'errors.import.decision', { field: 'decision' });
      if (decision === 'different' || decision === 'skip') {
        await queryIn(tx, 'update import_lines set decision = $3 where tenant_id = $1 and id = $2', [scope.tenantId, line.id, decision]);
      } else if (isKnown) await takeIn(tx, acting, batch, line, decision, context);
      else {
        const others = (line.alike ?? []).map((other) => other.userId).filter((other) => other !== line.user_id);
        const into = userId ?? (others.length === 1 ? others[0] : undefined);
        if (into === undefined || !others.includes(into)) throw notFound();
        await join(tx, acting, batch, line, into, decision);
      }
    });
  } catch (error) {
    if (violatesForeignKey(error)) throw conflict('errors.import.inUse');
    throw error;
  }
}
