import { sql } from 'drizzle-orm';
import { emailKey, Known, phoneKey, type Currency, type DateOnly, type ImportKind, type PersonTraits } from '@interdomestik/rules';
import { snapshotTenant, type Snapshot, type TenantScope } from '@interdomestik/db';
import { IdList } from './record-ids';

/** Everybody and everything that a file is compared with, as it was before the batch began. */
export interface KnownBefore {
  readonly known: Known;
  /** Row ids of people by their place in the book. */
  readonly ids: IdList;
}

type PersonRow = {
  id: string; first_name: string; last_name: string; personal_number: string | null; birth_date: string | null; email: string | null; phone: string | null; address: string | null;
  member_number: string | null; file: string | null; record: number | null; number: string | null;
};
type LineRow = { user_id: string; number: string | null; traits: StoredTraits | null; before: BeforeImage | null };

/** What a line that is not its person's first says of the person. */
export interface StoredTraits extends Omit<PersonTraits, 'birthDate'> {
  readonly birthDate: string | null;
}

/** Columns of a person before a line changed them. */
export interface BeforeImage {
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly personal_number: string | null;
  readonly birth_date: string | null;
  readonly updated_at: string;
}

const pageSize = 5_000;
const asDay = (text: string | null): DateOnly | null => text as DateOnly | null;
const present = (...numbers: readonly (string | null)[]): string[] => numbers.filter((number) => number !== null);

/** A person's row as it was before this batch: what the batch has changed of it stands in its lines. */
const people = ({ tenantId }: TenantScope, batchId: string | null) => sql`
  select u.id, u.first_name, u.last_name, coalesce(r.before ->> 'personal_number', case when r.before is null then u.personal_number end) as personal_number,
    coalesce(r.before ->> 'birth_date', case when r.before is null then u.birth_date::text end) as birth_date, coalesce(r.before ->> 'email', case when r.before is null then u.email end) as email,
    coalesce(r.before ->> 'phone', case when r.before is null then u.phone end) as phone, coalesce(r.before ->> 'address', case when r.before is null then u.address end) as address,
    u.member_number, b.file_name as file, n.record, n.number
  from "user" u
  left join import_lines n on n.tenant_id = u.tenant_id and n.user_id = u.id and n.is_new_user and n.undo is distinct from 'undone'
  left join import_batches b on b.tenant_id = n.tenant_id and b.id = n.batch_id
  left join import_lines r on r.tenant_id = u.tenant_id and r.user_id = u.id and r.batch_id = ${batchId}::uuid and r.before is not null
  where u.tenant_id = ${tenantId} and n.batch_id is distinct from ${batchId}::uuid
    and exists (select from user_roles m where m.tenant_id = u.tenant_id and m.user_id = u.id and m.role = 'member')`;

const laterLines = ({ tenantId }: TenantScope, batchId: string | null) => sql`
  select l.user_id, l.number, l.traits, l.before from import_lines l join import_batches b on b.tenant_id = l.tenant_id and b.id = l.batch_id
  where l.tenant_id = ${tenantId} and b.kind = 'members' and l.user_id is not null and not l.is_new_user and l.undo is distinct from 'undone' and l.batch_id is distinct from ${batchId}::uuid
  order by b.created_at, l.record`;

async function loadPeople(snapshot: Snapshot, scope: TenantScope, batchId: string | null, { known, ids }: KnownBefore): Promise<void> {
  const { callingCode } = scope.tenant.country.phone;
  const traitsOf = (row: Pick<PersonRow, 'first_name' | 'last_name' | 'personal_number' | 'birth_date' | 'email' | 'phone' | 'address'>): PersonTraits => ({
    firstName: row.first_name, lastName: row.last_name, embg: row.personal_number, birthDate: asDay(row.birth_date), emailKey: emailKey(row.email ?? ''),
    phoneKey: phoneKey(row.phone ?? '', callingCode), street: row.address ?? '',
  });
  const placeOf = new Map<string, { readonly person: number; readonly row: PersonRow }>();
  const hasLater = await hasRows(snapshot, laterLines(scope, batchId));
  for await (const rows of snapshot.pages<PersonRow>(people(scope, batchId), pageSize)) {
    for (const row of rows) {
      const person = known.addPerson(traitsOf(row), present(row.member_number, row.number));
      ids.set(person, row.id);
      if (row.file !== null && row.record !== null) known.setPlace(person, row.file, row.record);
      if (hasLater) placeOf.set(row.id, { person, row });
    }
  }
  if (!hasLater) return;
  for await (const rows of snapshot.pages<LineRow>(laterLines(scope, batchId), pageSize)) {
    for (const { user_id: userId, number, traits, before } of rows) {
      const at = placeOf.get(userId);
      if (at === undefined) continue;
      if (traits !== null) known.addPerson({ ...traits, birthDate: asDay(traits.birthDate) }, present(number), at.person);
      if (before !== null) known.addPerson(traitsOf({ ...at.row, ...before }), [], at.person);
    }
  }
}

async function hasRows(snapshot: Snapshot, query: ReturnType<typeof laterLines>): Promise<boolean> {
  for await (const rows of snapshot.pages(query, 1)) return rows.length > 0;
  return false;
}

/** Reads everybody whom the tenant knows, and for claims and payments the numbers that are taken; without what `batchId` itself has written so far. */
export async function knownBefore(scope: TenantScope, kind: ImportKind, batchId: string | null): Promise<KnownBefore> {
  const before: KnownBefore = { known: new Known(), ids: new IdList() };
  await snapshotTenant(scope, async (snapshot) => {
    await loadPeople(snapshot, scope, batchId, before);
    if (kind === 'claims') await loadClaims(snapshot, scope, batchId, before.known);
    if (kind === 'payments') await loadPayments(snapshot, scope, batchId, before);
  });
  return before;
}

async function loadClaims(snapshot: Snapshot, { tenantId }: TenantScope, batchId: string | null, known: Known): Promise<void> {
  const codes = sql`select c.code from claims c where c.tenant_id = ${tenantId} and c.code is not null
    and not exists (select from import_lines l where l.tenant_id = c.tenant_id and l.row_id = c.id and l.batch_id = ${batchId}::uuid)`;
  for await (const rows of snapshot.pages<{ code: string }>(codes, pageSize)) for (const { code } of rows) known.addClaim(code);
}

type PaymentRow = { number: string; paid_on: string; amount: string; currency: Currency; user_id: string };

async function loadPayments(snapshot: Snapshot, { tenantId, tenant }: TenantScope, batchId: string | null, { known, ids }: KnownBefore): Promise<void> {
  const personOf = new Map<string, number>();
  for (let person = 0; person < known.people.persons; person += 1) personOf.set(ids.get(person), person);
  const receipts = sql`select l.number, (p.paid_at at time zone ${tenant.timeZone})::date::text as paid_on, p.amount_minor::text as amount, p.currency, p.user_id
    from import_lines l join payments p on p.tenant_id = l.tenant_id and p.id = l.row_id
    where l.tenant_id = ${tenantId} and l.number is not null and l.undo is distinct from 'undone' and l.batch_id is distinct from ${batchId}::uuid`;
  for await (const rows of snapshot.pages<PaymentRow>(receipts, pageSize)) {
    for (const { number, paid_on: paidOn, amount, currency, user_id: userId } of rows) {
      const person = personOf.get(userId);
      if (person !== undefined) known.addPayment({ number, paidOn: paidOn as DateOnly, amountMinor: BigInt(amount), currency }, person);
    }
  }
}
