import { and, eq, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import { todayIn } from '@interdomestik/rules';
import { keptByLaw, maskedClasses, rowsThatGo, type TenantScope, type Tx } from '@interdomestik/db';
import { cards, importBatches, importLines, importPieces, leads, mails, memberships, notifications, referralCodes, user, userRoles } from '@interdomestik/db/schema';
import { dataOf, personalTables, type PersonalTable } from '../privacy/subject';

/** Where a column must hold something: a number that stands for nobody, or a mark that something was here. */
const nobody = '–';
const instead: Readonly<Record<string, SQL>> = {
  'cards.code': sql`id::text`, 'webhook_events.raw': sql`'{}'`, 'user.first_name': sql`${nobody}`, 'user.last_name': sql`coalesce(member_number, '')`,
};

type Column = PersonalTable['columns'][number];

const empty = (table: string, column: Column): SQL => {
  const other = instead[`${table}.${column.name}`];
  if (other !== undefined) return other;
  if (!column.notNull) return sql`null`;
  return column.getSQLType() === 'jsonb' ? sql`'{}'::jsonb` : sql`''`;
};

/** The columns of a table that name or describe a person and that no law keeps. */
export const columnsThatGo = ({ facts, columns }: PersonalTable): readonly Column[] =>
  columns.filter(({ name }) => maskedClasses.includes(dataOf(facts, name)) && !keptByLaw.includes(facts.columns[name]?.retention ?? facts.retention));

/** Files have a step of their own, since the store is no part of a transaction; the person's own row is the first to go. */
const apart = ['documents', 'user'];

async function emptyColumns(tx: Tx, one: PersonalTable, tenantId: string, userId: string, more: readonly SQL[] = []): Promise<void> {
  const set = [...columnsThatGo(one).map((column) => sql`${sql.identifier(column.name)} = ${empty(one.name, column)}`), ...more];
  if (set.length > 0) await tx.execute(sql`update ${one.table} set ${sql.join(set, sql`, `)} where ${one.about(tenantId, userId)}`);
}

type Person = typeof user.$inferSelect;

/** What colleagues were told about the person by name: their notifications and mails that say it. */
async function forgetWhatOthersWereTold(tx: Tx, tenantId: string, { id, firstName, lastName }: Person): Promise<void> {
  const name = `${firstName} ${lastName}`.trim();
  const staff = tx.select({ id: userRoles.userId }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), ne(userRoles.role, 'member')));
  const names = (text: SQL): SQL => sql`(position(${id} in ${text}) > 0 or (${name.includes(' ')} and position(${name} in ${text}) > 0))`;
  await tx.delete(notifications).where(and(eq(notifications.tenantId, tenantId), inArray(notifications.userId, staff), names(sql`coalesce(${notifications.href}, '') || ${notifications.params}::text`)));
  await tx.delete(mails).where(and(eq(mails.tenantId, tenantId), inArray(mails.userId, staff), names(sql`${mails.subject} || ' ' || ${mails.text}`)));
}

/** Rows that know the person by an address or a number alone, from before there was an account. */
async function forgetContact(tx: Tx, tenantId: string, { email, signInEmail, phone }: Person): Promise<void> {
  const addresses = [email, signInEmail].filter((address) => address !== null);
  if (addresses.length > 0) await tx.delete(mails).where(and(eq(mails.tenantId, tenantId), isNull(mails.userId), inArray(mails.toEmail, addresses)));
  const same = or(addresses.length === 0 ? undefined : inArray(leads.email, addresses), phone === null ? undefined : eq(leads.phone, phone));
  if (same !== undefined) await tx.update(leads).set({ firstName: nobody, lastName: '', phone: null, email: null, note: '' }).where(and(eq(leads.tenantId, tenantId), isNull(leads.userId), same));
}

/** The files that an import brought the person in by; what became of their lines stays, without a word of them. */
async function forgetImportedFiles(tx: Tx, tenantId: string, userId: string): Promise<void> {
  const batches = tx.select({ id: importBatches.id }).from(importBatches).innerJoin(importLines, and(eq(importLines.tenantId, importBatches.tenantId), eq(importLines.batchId, importBatches.id)))
    .where(and(eq(importBatches.tenantId, tenantId), eq(importLines.userId, userId), inArray(importBatches.status, ['done', 'partly_undone', 'undone'])));
  await tx.delete(importPieces).where(and(eq(importPieces.tenantId, tenantId), inArray(importPieces.batchId, batches)));
}

async function endMemberships(tx: Tx, scope: TenantScope, userId: string, now: Date): Promise<void> {
  const { tenantId } = scope;
  const today = todayIn(scope.tenant.timeZone, now);
  await tx.update(memberships).set({ status: 'expired', endsOn: sql`case when starts_on < ${today}::date and ends_on > ${today}::date then ${today}::date else ends_on end`, canceledAt: sql`coalesce(canceled_at, ${now.toISOString()}::timestamptz)`, updatedAt: now })
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId), inArray(memberships.status, ['active', 'past_due', 'paused', 'canceled'])));
  await tx.update(cards).set({ revokedAt: now }).where(and(eq(cards.tenantId, tenantId), eq(cards.userId, userId), isNull(cards.revokedAt)));
  await tx.update(referralCodes).set({ disabledAt: now }).where(and(eq(referralCodes.tenantId, tenantId), eq(referralCodes.userId, userId), isNull(referralCodes.disabledAt)));
}

/**
 * Takes everything out of the live tables that names, reaches or describes the person and that no law keeps, in the transaction given: column by column as the tags say, so that a new column goes by its tag
 * alone. Sessions and ways in end, memberships end today, cards and codes are void. Once: who was erased already is left as is. The mail with `letterKey` stays until it has left.
 */
export async function eraseRows(tx: Tx, scope: TenantScope, userId: string, letterKey: string, now: Date): Promise<'erased' | 'already' | 'unknown'> {
  const { tenantId } = scope;
  const [person] = await tx.select().from(user).where(and(eq(user.tenantId, tenantId), eq(user.id, userId))).for('update');
  if (person === undefined) return 'unknown';
  if (person.erasedAt !== null) return 'already';
  await endMemberships(tx, scope, userId, now);
  await forgetWhatOthersWereTold(tx, tenantId, person);
  await forgetContact(tx, tenantId, person);
  await forgetImportedFiles(tx, tenantId, userId);
  const own = personalTables.find(({ name }) => name === 'user');
  if (own === undefined) throw new Error('the people have no table');
  await emptyColumns(tx, own, tenantId, userId, [sql`erased_at = ${now.toISOString()}::timestamptz`, sql`status = 'disabled'`, sql`email_verified_at = null`, sql`updated_at = ${now.toISOString()}::timestamptz`]);
  for (const one of personalTables.filter(({ name }) => !apart.includes(name))) {
    if (!rowsThatGo.includes(one.name)) await emptyColumns(tx, one, tenantId, userId);
    else await tx.execute(sql`delete from ${one.table} where ${one.about(tenantId, userId)}${one.name === 'mails' ? sql` and ${mails.effectKey} <> ${letterKey}` : sql``}`);
  }
  return 'erased';
}
