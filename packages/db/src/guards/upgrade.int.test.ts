import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameTokens, packOf } from '@interdomestik/rules';
import { migrate, migrationsDir, type MigrateResult } from '../migrate';
import { useDatabase } from '../testing';

const harvest = [
  'Ѓорѓи Шаќири', 'Gjorgji Shaqiri', 'Đorđi Šaćiri', 'ЃОРЃИ', 'Љиљана Њ. Џепароска-Ѕвездова', "Arbër O'Hara d’Angelo", 'Xhemajl Çakmak', 'Anna-Maria  Anna', 'Łukasz Weiß', 'Ѐлена Ѝванова',
  'Юлия Щербакова', 'Muhamméd Al‐Rashid', 'X', '  ', 'Djordje Dzhemal Zhivko Thaçi Dhurata',
];
const letters = [...'aeioqxyzdjhtlkcsnšŠčćžđĐëËçÇüжзсшѓЃќЌљЉњЊџЏѕЅјЈаАиИоО -\'’.'];

const core = ['user', 'memberships', 'claims', 'policies', 'payments', 'documents', 'notifications'];

/** A folder that knows only the single-tenant past. */
function pastOnly(): string {
  const dir = mkdtempSync(join(tmpdir(), 'idm-past-'));
  mkdirSync(join(dir, 'meta'));
  const { entries } = JSON.parse(readFileSync(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as { entries: { idx: number; tag: string }[] };
  const first = entries.filter(({ idx }) => idx === 0);
  for (const { tag } of first) copyFileSync(join(migrationsDir, `${tag}.sql`), join(dir, `${tag}.sql`));
  writeFileSync(join(dir, 'meta', '_journal.json'), JSON.stringify({ entries: first }));
  return dir;
}

const past = pastOnly();
const database = useDatabase({ dir: past, facts: {} });
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let admin: Client;
let before: Record<string, unknown>;
let result: MigrateResult;

/** Counts and sums that must survive, and every row's text without what the upgrade adds. */
async function figures(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of core) found[table] = (await admin.query<{ n: string }>(`select count(*) as n from "${table}"`)).rows[0]?.n;
  for (const [table, column] of [['memberships', 'price_minor'], ['payments', 'amount_minor'], ['claims', 'claimed_minor']] as const) {
    found[`${table} money`] = (await admin.query(`select currency, sum(${column})::text as sum from ${table} group by currency order by currency`)).rows;
  }
  for (const [table, columns] of [
    ['memberships', 'id, user_id, plan_code, status, starts_on, ends_on, price_minor, currency, created_at'],
    ['payments', 'id, user_id, membership_id, method, status, amount_minor, currency, paid_at, created_at'],
    ['claims', 'id, user_id, membership_id, code, category, status, incident_on, counterparty, description, claimed_minor, recovered_minor, currency, created_at'],
    ['policies', 'id, user_id, insurer, policy_number, kind, starts_on, ends_on, created_at'],
  ] as const) {
    found[`${table} rows`] = (await admin.query<{ hash: string }>(`select md5(string_agg(row(${columns})::text, '|' order by id)) as hash from ${table}`)).rows[0]?.hash;
  }
  return found;
}

const statements = [
  `insert into "user" (id, email, role, first_name, last_name, phone, embg, member_number)
   select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ' Person' || n || '@Example.com ', case n when 1 then 'admin' when 2 then 'agent' else 'member' end,
     case n % 2 when 0 then 'Ѓорѓи' else 'Gjylë' end, 'Шаќири', '+3897012' || lpad(n::text, 4, '0'), '010199045' || lpad(n::text, 4, '0'), case when n > 2 then 'MK-' || n end
   from generate_series(1, 500) n`,
  `insert into memberships (user_id, plan_code, status, starts_on, ends_on, price_minor, currency, created_at)
   select id, 'standard', case when abs(hashtext(id::text)) % 5 = 0 then 'pending' else 'active' end, '2025-03-01', '2026-03-01', 120000 + abs(hashtext(id::text)) % 999, case when abs(hashtext(email)) % 3 = 0 then 'EUR' else 'MKD' end, now()
   from "user" where role = 'member'`,
  `insert into payments (user_id, membership_id, method, status, amount_minor, currency, paid_at)
   select user_id, id, (array['card', 'cash', 'bank_transfer'])[1 + abs(hashtext(id::text)) % 3], case status when 'pending' then 'pending' else 'succeeded' end, price_minor, currency, now() from memberships`,
  `insert into claims (user_id, membership_id, code, category, status, claimed_minor, currency, counterparty)
   select user_id, id, 'CLM-' || row_number() over (), 'vehicle', case when abs(hashtext(id::text)) % 2 = 0 then 'draft' else 'submitted' end, 5000, currency, 'Осигурување ''Ѓ''' from memberships limit 90`,
  `insert into policies (user_id, insurer, policy_number, kind) select user_id, 'Insurer', id::text, 'motor' from memberships limit 40`,
  `insert into documents (user_id, claim_id, file_name, path, mime) select user_id, id, 'Слика ' || code || '.JPG', 'uploads/' || id, 'image/jpeg' from claims`,
  `insert into documents (user_id, file_name, path, mime) select id, 'id-card', 'uploads/' || id, 'application/pdf' from "user" where role = 'member' limit 10`,
  `insert into notifications (user_id, message) select id, 'Добредојдовте ' || first_name from "user"`,
];

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  before = await figures();
  result = await migrate({ ownerUrl: database.current.ownerUrl });
}, 120_000);
afterAll(async () => {
  await admin.end();
  rmSync(past, { recursive: true });
});

describe('the upgrade of a filled single-tenant database', () => {
  it('R-04 loses nothing: counts, sums of money and rows are what they were', async () => {
    expect(result.warnings).toEqual([]);
    expect(result.applied.length).toBeGreaterThan(5);
    expect(await figures()).toEqual(before);
  });

  it('R-04 makes everything North Macedonia\'s, children under parents of the same tenant', async () => {
    for (const table of core) {
      const { rows } = await admin.query<{ tenant: string; branches: string }>(`select tenant_id as tenant${table === 'notifications' ? '' : ', count(distinct branch_id)::text as branches'} from "${table}" group by 1`);
      expect(rows.map(({ tenant }) => tenant)).toEqual(['tenant_mk']);
    }
    const { rows } = await admin.query('select id, slug, currency, country from tenants');
    expect(rows).toEqual([{ id: 'tenant_mk', slug: 'mk', currency: 'MKD', country: packOf('mk').country }]);
  });

  it('gives people their roles, their sign-in address and their number', async () => {
    const { rows } = await admin.query("select r.role, r.branch_id is null as whole, count(*)::int as n from user_roles r group by 1, 2 order by 1");
    expect(rows).toEqual([{ role: 'agent', whole: false, n: 1 }, { role: 'member', whole: true, n: 498 }, { role: 'tenant_admin', whole: true, n: 1 }]);
    const person = await admin.query('select sign_in_email, email, personal_number, member_number, first_name from "user" where id = $1', [id(4)]);
    expect(person.rows).toEqual([{ sign_in_email: 'person4@example.com', email: 'person4@example.com', personal_number: '0101990450004', member_number: 'MK-4', first_name: 'Ѓорѓи' }]);
  });

  it('names every person in the words that search reads', async () => {
    const { rows } = await admin.query<{ name_tokens: string; surname_tokens: string }>('select distinct name_tokens, surname_tokens from "user" order by 1');
    expect(rows).toEqual([{ name_tokens: 'gjile saciri', surname_tokens: 'saciri gjile' }, { name_tokens: 'gjorgji saciri', surname_tokens: 'saciri gjorgji' }]);
  });

  it('folds a name as the rules do, in every script', async () => {
    const names = [...harvest, ...fc.sample(fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 }).map((word) => word.join('')), { numRuns: 300, seed: 20_261_123 })];
    const source = readFileSync(join(migrationsDir, '0011_fold_names.sql'), 'utf8').split('--> statement-breakpoint')[0] ?? '';
    await admin.query(source);
    const { rows } = await admin.query<{ name: string; words: string }>('select name, pg_temp.fold_words(name) as words from unnest($1::text[]) as name', [names]);
    expect(rows.map(({ name, words }) => [name, words])).toEqual(names.map((name) => [name, nameTokens(name).join(' ')]));
  });

  it('keeps files reachable: the old path is the key in the store, the new one lies in the tenant', async () => {
    const { rows } = await admin.query("select entity, count(*)::int as n, bool_and(path like 'pii/tenants/tenant_mk/%') as inside, bool_and(storage_key like 'uploads/%') as key, bool_and(status = 'stored') as stored from documents group by 1 order by 1");
    expect(rows).toEqual([{ entity: 'claim', n: 90, inside: true, key: true, stored: true }, { entity: 'member', n: 10, inside: true, key: true, stored: true }]);
  });

  it('R-04 a second run changes nothing', async () => {
    const again = await migrate({ ownerUrl: database.current.ownerUrl });
    expect(again).toEqual({ applied: [], access: [], warnings: [] });
    expect(await figures()).toEqual(before);
  });

  it('locks the upgraded database like a new one', async () => {
    const app = new Client({ connectionString: database.current.appUrl });
    await app.connect();
    try {
      expect((await app.query('select count(*)::int as n from "user"')).rows).toEqual([{ n: 0 }]);
      await app.query("begin; select set_config('app.current_tenant_id', 'tenant_mk', true), set_config('app.current_branch_id', '*', true)");
      expect((await app.query('select count(*)::int as n from "user"')).rows).toEqual([{ n: 500 }]);
    } finally {
      await app.end();
    }
  });
});
