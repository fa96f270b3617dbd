import {
  addDays, instantOf, normaliseEmail, parsePhone, randomToken, type Country, type Decision, type MemberLine,
} from '@interdomestik/rules';
import { queryIn, type TenantScope, type Tx } from '@interdomestik/db';
import { cards, memberships, user, userRoles } from '@interdomestik/db/schema';
import { nameColumns } from '../members/search';
import { insertRows } from './bulk';
import type { HistoryContext } from './context';
import type { BeforeImage, StoredTraits } from './known-before';
import { recordId } from './record-ids';

export type MemberDecision = Extract<Decision, { readonly kind: 'members' }>;

/** What a line does to the columns of somebody known: nothing, it fills the empty ones, or what it says is newer. */
export type Take = 'keep' | 'fill' | 'update';

/** Where and when a chunk is written. */
export interface Writing {
  readonly scope: TenantScope;
  readonly batchId: string;
  /** `updated_at` of every row of the batch. */
  readonly stamp: Date;
  readonly context: HistoryContext;
  /** The row of a person of the book. */
  readonly userOf: (person: number) => string;
  /** Null: a line about somebody known before writes nothing, for ever or until somebody has looked at it. */
  readonly take: Take | null;
}

/** What a line has written, for its own record. */
export interface WrittenRows {
  readonly rowId: string | null;
  readonly cardId: string | null;
  readonly before: BeforeImage | null;
}

/** An address that mail can be sent to; one that is none stays in the file alone. */
function mailable(cell: string): string | null {
  try {
    return cell === '' ? null : normaliseEmail(cell);
  } catch {
    return null;
  }
}

/** The number as it is dialled; what is no number of any country stays as it was written. */
function dialled(cell: string, country: Country): string | null {
  if (cell === '') return null;
  try {
    return parsePhone(cell, country).e164;
  } catch {
    return cell;
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** What a line says of a person, as the columns of the person have it. */
export function columnsOf(line: MemberLine, country: Country) {
  return {
    email: mailable(line.email), phone: dialled(line.phone, country), personalNumber: line.embg, birthDate: line.birthDate, address: orNull(line.street), city: orNull(line.city),
  };
}

export function traitsOf({ firstName, lastName, embg, birthDate, emailKey, phoneKey, street }: MemberLine): StoredTraits {
  return { firstName, lastName, embg, birthDate, emailKey, phoneKey, street };
}

/** When the period of a line began, as an instant; never later than the import itself. */
function begun(writing: Writing, line: MemberLine): Date {
  const at = instantOf(line.startsOn, writing.scope.tenant.timeZone, 12 * 60);
  return at < writing.stamp ? at : writing.stamp;
}

type UserRow = typeof user.$inferInsert;

function personRow(writing: Writing, { record, line, isNumberFree }: MemberDecision): UserRow {
  const { scope, batchId, stamp } = writing;
  return {
    tenantId: scope.tenantId, id: recordId(batchId, record, 'user'), branchId: writing.context.branchOf(line.branch), agentId: null, ...columnsOf(line, scope.tenant.country), signInEmail: null, status: 'active',
    ...nameColumns(line.firstName, line.lastName), locale: scope.tenant.defaultLocale, memberNumber: isNumberFree ? line.number : null, createdAt: begun(writing, line), updatedAt: stamp,
  };
}

/** Null for a period that ends before it begins: it was never one. */
function membershipRow(writing: Writing, { record, line, person }: MemberDecision, branchId: string): typeof memberships.$inferInsert | null {
  const { scope, batchId, stamp, context } = writing;
  const endsOn = addDays(line.endsOn, 1);
  if (endsOn <= line.startsOn) return null;
  const at = begun(writing, line);
  return {
    tenantId: scope.tenantId, id: recordId(batchId, record, 'row'), userId: writing.userOf(person), branchId, sellerId: null, planCode: line.planCode, status: endsOn <= context.today ? 'expired' : 'active',
    channel: 'import', startsOn: line.startsOn, endsOn, priceMinor: line.amountMinor, currency: line.currency, activatedAt: at, createdAt: at, updatedAt: stamp, addonCodes: [], people: 1,
  };
}

type Held = BeforeImage & { readonly id: string; readonly branch_id: string };

async function heldBy(tx: Tx, { scope }: Writing, ids: readonly string[]): Promise<Map<string, Held>> {
  if (ids.length === 0) return new Map();
  const { rows } = await queryIn(tx, `
    select id, branch_id, email, phone, address, city, personal_number, birth_date::text as birth_date, to_jsonb(updated_at) #>> '{}' as updated_at
    from "user" where tenant_id = $1 and id = any($2::uuid[]) for no key update`, [scope.tenantId, ids]);
  return new Map((rows as Held[]).map((row) => [row.id, row]));
}

/** Somebody known gets new ways to be reached, or only what was not known yet; never another name. */
async function updatePeople(tx: Tx, writing: Writing, renewals: readonly MemberDecision[]): Promise<void> {
  const { scope, stamp, take } = writing;
  if (renewals.length === 0 || take === 'keep') return;
  const pick = (column: string): string => (take === 'update' ? `coalesce(v.${column}, u.${column})` : `coalesce(u.${column}, v.${column})`);
  const changes = renewals.map(({ line, person }) => {
    const { personalNumber, birthDate, ...reach } = columnsOf(line, scope.tenant.country);
    return { id: writing.userOf(person), ...reach, personal_number: personalNumber, birth_date: birthDate };
  });
  await queryIn(tx, `
    update "user" u set email = ${pick('email')}, phone = ${pick('phone')}, address = ${pick('address')}, city = ${pick('city')},
      personal_number = coalesce(u.personal_number, v.personal_number), birth_date = coalesce(u.birth_date, v.birth_date), updated_at = $3
    from jsonb_to_recordset($1::jsonb) as v(id uuid, email text, phone text, address text, city text, personal_number text, birth_date date)
    where u.tenant_id = $2 and u.id = v.id`, [JSON.stringify(changes), scope.tenantId, stamp]);
}

/** People, roles, memberships and cards of a chunk of members. Gives what each record has written. */
export async function writeMembers(tx: Tx, writing: Writing, decisions: readonly MemberDecision[]): Promise<Map<number, WrittenRows>> {
  const { scope, batchId, stamp } = writing;
  const fresh = decisions.filter(({ isNew }) => isNew);
  const renewals = writing.take === null ? [] : decisions.filter(({ outcome }) => outcome === 'renewal');
  const people = fresh.map((decision) => personRow(writing, decision));
  await insertRows(tx, user, people);
  await insertRows(tx, userRoles, fresh.map(({ record }) => ({ tenantId: scope.tenantId, id: recordId(batchId, record, 'role'), userId: recordId(batchId, record, 'user'), role: 'member', branchId: null, grantedBy: scope.actor.kind === 'user' ? scope.actor.id : null, createdAt: stamp })));
  const held = await heldBy(tx, writing, renewals.map(({ person }) => writing.userOf(person)));
  await updatePeople(tx, writing, renewals);
  const written = new Map<number, WrittenRows>();
  const periods: (typeof memberships.$inferInsert)[] = [];
  const newCards: (typeof cards.$inferInsert)[] = [];
  const sell = (decision: MemberDecision, branchId: string, before: BeforeImage | null): void => {
    const row = membershipRow(writing, decision, branchId);
    const cardId = row?.status === 'active' ? recordId(batchId, decision.record, 'card') : null;
    if (row !== null) periods.push(row);
    if (row !== null && cardId !== null) newCards.push({ tenantId: scope.tenantId, id: cardId, membershipId: row.id, userId: row.userId, branchId, code: randomToken(16), createdAt: stamp });
    written.set(decision.record, { rowId: row?.id ?? null, cardId, before });
  };
  fresh.forEach((decision, at) => { sell(decision, people[at]?.branchId ?? '', null); });
  for (const decision of renewals) {
    const before = held.get(writing.userOf(decision.person));
    if (before === undefined) throw new Error('a person of the book has no row');
    const { id: _id, branch_id: branchId, ...image } = before;
    sell(decision, branchId, writing.take === 'keep' ? null : image);
  }
  await insertRows(tx, memberships, periods);
  await insertRows(tx, cards, newCards);
  return written;
}
