import { chartOfAccounts, countryPacks, decideAgain, demoSecondFactorSecret, packOf, packRule, parsePersonalNumber, parsePhone, passwordSchema, type Country, type RuleReceipt } from '@interdomestik/rules';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../testing';
import { demoPassword, demoSignIns, growMembers, seedIfEmpty, type SeedTools } from './index';

const now = new Date('2026-03-18T10:30:00Z');
const tools: SeedTools = {
  hashPassword: async (password) => `hash of ${password}`,
  seal: (tenantId, text) => `${tenantId} ${text}`,
  cardAccounts: countryPacks.map(({ tenant }) => ({ name: `${tenant.slug}-main`, apiKey: 'key', clientToken: 'token', webhookSecret: 'secret' })),
};

const database = useDatabase();
const twin = useDatabase();
let admin: Client;

async function rows<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await admin.query<T>(text, values)).rows;
}

/** One line for everything in a database but the audit log, whose times are real. */
async function digest(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('audit_logs') order by 1");
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows: [sum] } = await client.query<{ sum: string | null }>(`select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t`);
    parts.push(`${name}=${sum?.sum ?? ''}`);
  }
  await client.end();
  return parts.join(' ');
}

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  await seedIfEmpty({ ownerUrl: database.current.ownerUrl, tools, now });
}, 120_000);

afterAll(async () => {
  await admin.end();
});

describe('the demo tenants', () => {
  it('are the same whenever they are made for the same day, and a second run changes nothing', async () => {
    await seedIfEmpty({ ownerUrl: twin.current.ownerUrl, tools, now });
    const before = await digest(database.current.adminUrl);
    expect(await digest(twin.current.adminUrl)).toBe(before);
    expect(await seedIfEmpty({ ownerUrl: database.current.ownerUrl, tools, now: new Date('2026-05-01T08:00:00Z') })).toBe(false);
    expect(await digest(database.current.adminUrl)).toBe(before);
  });

  it('have 200 members each, five branches, and somebody behind every demo sign-in', async () => {
    expect(await rows("select tenant_id, count(*)::int as members from user_roles where role = 'member' group by 1 order by 1")).toEqual([
      { tenant_id: 'tenant_ks', members: 200 }, { tenant_id: 'tenant_mk', members: 200 },
    ]);
    expect(await rows('select 1 from branches')).toHaveLength(5);
    expect(passwordSchema.safeParse(demoPassword).success).toBe(true);
    for (const { tenant, role, email } of demoSignIns) {
      const found = role === 'super_admin'
        ? await rows('select 1 from platform_users where email = $1', [email])
        : await rows(
            `select 1 from "user" u join user_roles r on r.tenant_id = u.tenant_id and r.user_id = u.id join tenants t on t.id = u.tenant_id
             where t.slug = $1 and u.sign_in_email = $2 and r.role = $3 and u.password_hash is not null`, [tenant, email, role]);
      expect({ email, accounts: found.length }).toEqual({ email, accounts: 1 });
    }
  });

  it('S-08 hold the demo key for everybody who works there, and for no member', async () => {
    const held = await rows<{ secret: string; works: boolean }>(
      "select f.secret, exists (select from user_roles r where r.tenant_id = f.tenant_id and r.user_id = f.user_id and r.role <> 'member') as works from second_factors f where f.confirmed_at is not null");
    expect(held).toHaveLength(demoSignIns.filter(({ role }) => role !== 'member' && role !== 'super_admin').length);
    expect(held.every(({ secret, works }) => works && secret.endsWith(demoSecondFactorSecret))).toBe(true);
    expect(await rows('select secret from platform_second_factors')).toEqual([{ secret: `platform ${demoSecondFactorSecret}` }]);
  });

  it('hold people whose numbers the rules accept', async () => {
    const people = await rows<{ country: Country; personal_number: string; phone: string }>(
      'select t.country, u.personal_number, u.phone from "user" u join tenants t on t.id = u.tenant_id where u.personal_number is not null');
    expect(people).toHaveLength(400);
    for (const { country, personal_number: number, phone } of people) {
      expect(parsePersonalNumber(country, number)).toMatchObject({ value: number, warnings: [] });
      expect(parsePhone(phone, country)).toEqual({ e164: phone, mobile: true });
    }
  });

  it('write names in both alphabets, searchable from either end', async () => {
    const scripts = await rows<{ tenant_id: string; cyrillic: number; latin: number }>(
      `select tenant_id, count(*) filter (where first_name ~ '[Ѐ-ӿ]')::int as cyrillic, count(*) filter (where first_name !~ '[Ѐ-ӿ]')::int as latin from "user" group by 1 order by 1`);
    expect(scripts[0]?.cyrillic).toBe(0);
    expect(scripts[1]?.cyrillic).toBeGreaterThan(80);
    expect(scripts[1]?.latin).toBeGreaterThan(40);
    expect(await rows(`select 1 from "user" where name_tokens = '' or surname_tokens = ''`)).toEqual([]);
  });

  it('show every state that a screen can show', async () => {
    const states = async (table: string) => (await rows<{ status: string }>(`select distinct status from ${table} order by 1`)).map(({ status }) => status);
    expect(await states('memberships')).toEqual(['active', 'canceled', 'expired', 'lapsed', 'past_due', 'paused', 'pending']);
    expect(await states('claims')).toEqual(['court', 'draft', 'evaluation', 'negotiation', 'rejected', 'resolved', 'submitted', 'verification']);
    expect(await states('cash_receipts')).toEqual(['banked', 'collected', 'handed']);
    expect(await states('leads')).toEqual(['contacted', 'converted', 'disqualified', 'expired', 'lost', 'new', 'payment_pending']);
    expect(await states('payments')).toEqual(expect.arrayContaining(['failed', 'partly_refunded', 'pending', 'succeeded']));
  });

  it('have the card provider pay out month by month what it collected, so that no bank account stands below nothing', async () => {
    const standing = await rows<{ tenant_id: string; code: string; minor: string }>(`select e.tenant_id, a.code, sum(e.amount_minor)::text as minor from ledger_entries e join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
      where a.code in (${[chartOfAccounts.bank.code, chartOfAccounts.providerReceivable.code].map((code) => `'${code}'`).join()}) group by 1, 2, e.currency`);
    expect(standing.filter(({ minor }) => BigInt(minor) < 0n)).toEqual([]);
    expect(new Set(standing.map(({ tenant_id }) => tenant_id)).size).toBe(2);
    const paid = await rows<{ tenant_id: string; brought: string; booked: string }>(`select l.tenant_id, sum(l.amount_minor)::text as brought, (select sum(e.amount_minor)::text from ledger_transactions x join ledger_entries e on e.tenant_id = x.tenant_id and e.transaction_id = x.id
      join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id where x.tenant_id = l.tenant_id and x.kind = 'provider_payout' and a.code = '${chartOfAccounts.bank.code}') as booked from bank_lines l where l.payout_of is not null group by 1`);
    expect(paid).toHaveLength(2);
    for (const { brought, booked } of paid) expect(brought).toBe(booked);
  });

  it('say the truth about the day: a membership in force runs, a past one has ended', async () => {
    expect(await rows(`select status, starts_on, ends_on from memberships where (status in ('active', 'canceled', 'paused') and not ('2026-03-18' >= starts_on and '2026-03-18' < ends_on))
      or (status in ('past_due', 'lapsed') and ends_on > '2026-03-18') or (status = 'past_due' and ends_on <= '2026-03-04')`)).toEqual([]);
    expect(await rows('select 1 from payments where paid_at > $1', [now])).toEqual([]);
    expect(await rows('select 1 from claim_events where created_at > $1', [now])).toEqual([]);
  });

  it('give every claim the clock that its rules give it, and a reason from which the same comes out again', async () => {
    for (const { tenant } of countryPacks) {
      const pack = packOf(tenant.id);
      const rule = { kind: 'workflows' as const, version: 1, source: 'tenant' as const, value: packRule(pack, 'workflows') };
      const found = await rows<{ status: string; due: Date | null; receipt: RuleReceipt | null; code: string | null; priority: string }>(
        'select status, sla_due_at as due, sla_receipt as receipt, route_code as code, priority from claims where tenant_id = $1', [tenant.id]);
      for (const { status, due, receipt, code, priority } of found.filter(({ receipt: kept }) => kept !== null)) {
        expect(decideAgain(rule, receipt?.inputs ?? null)).toEqual(receipt);
        expect(receipt?.outcome).toMatchObject({ dueAt: due?.toISOString() ?? null, routeCode: code, priority });
        expect(rule.value.claims.closed).not.toContain(status);
      }
      expect(found.some(({ priority }) => priority === 'urgent')).toBe(true);
      const steps = await rows<{ receipt: RuleReceipt }>("select receipt from claim_events where tenant_id = $1 and kind = 'status'", [tenant.id]);
      expect(steps.length).toBeGreaterThan(50);
      for (const { receipt } of steps) expect(decideAgain(rule, receipt.inputs)).toEqual(receipt);
      // nobody is told tomorrow of what was over yesterday
      expect(await rows(`select 1 from claims c where tenant_id = $1 and sla_due_at <= $2 and not exists (select from claim_events e where e.tenant_id = c.tenant_id and e.claim_id = c.id and e.kind = 'reminded' and e.created_at >= c.sla_due_at)`, [tenant.id, now])).toEqual([]);
    }
  });

  it('number without a gap, rising with time, and leave the counters where the product goes on', async () => {
    const taken = `select tenant_id, series, fiscal_year, number, issued_at as at from invoices`;
    expect(await rows(`select * from (select number - row_number() over (partition by tenant_id, series, fiscal_year order by at, number) as off from (${taken}) t) o where off <> 0`)).toEqual([]);
    expect(await rows(`select s.series from number_series s left join (${taken}) t using (tenant_id, series, fiscal_year) where s.series = 'F' group by s.tenant_id, s.series, s.fiscal_year, s.last_number having max(t.number) is distinct from s.last_number`)).toEqual([]);
    const members = await rows(`select tenant_id, count(*)::int as used, max(right(member_number, 6))::int as top from "user" where member_number is not null group by 1 order by 1`);
    const counters = await rows(`select tenant_id, last_number as used, last_number as top from number_series where series = 'member' order by 1`);
    expect(members).toEqual(counters);
  });

  it('keep books that balance and that know who holds which cash', async () => {
    expect(await rows('select transaction_id from ledger_entries group by tenant_id, transaction_id, currency having sum(amount_minor) <> 0')).toEqual([]);
    const inBooks = await rows(`select e.tenant_id, e.party_id as agent, sum(e.amount_minor)::text as held from ledger_entries e join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
      where a.code = '1100' group by 1, 2 having sum(e.amount_minor) <> 0 order by 1, 2`);
    const inHand = await rows('select tenant_id, agent_id as agent, sum(amount_minor)::text as held from cash_receipts where verified_by is null group by 1, 2 order by 1, 2');
    expect(inBooks).toEqual(inHand);
    expect(inHand.length).toBeGreaterThan(2);
    expect(await rows(`select p.id from payments p left join ledger_transactions t on t.tenant_id = p.tenant_id and t.effect_key = 'payment:' || p.id || ':sale'
      where (p.paid_at is not null) <> (t.id is not null)`)).toEqual([]);
  });

  it('seal what is secret for their own tenant', async () => {
    const accounts = await rows("select tenant_id, credentials, webhook_secrets from payment_accounts where provider = 'paddle'");
    expect(accounts).toHaveLength(countryPacks.length);
    for (const { tenant: { id } } of countryPacks) {
      expect(accounts).toContainEqual({ tenant_id: id, credentials: `${id} {"apiKey":"key"}`, webhook_secrets: `${id} ["secret"]` });
    }
  });

  it('are written by the seed in the audit log', async () => {
    expect(await rows("select distinct actor_kind, action from audit_logs")).toEqual([{ actor_kind: 'system', action: 'seed' }]);
  });
});

describe('growMembers', () => {
  const checks = `select (select count(*)::int from pg_trigger where tgenabled = 'D') as off, (select count(*)::int from pg_constraint where contype = 'f') as keys`;

  it('leaves nothing switched off when it fails', async () => {
    const before = await rows(checks);
    const error = await growMembers({ ownerUrl: database.current.ownerUrl, members: { mk: 300 }, now: new Date('not a day') }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(await rows(checks)).toEqual(before);
    expect(await rows("select 1 from user_roles where role = 'member'")).toHaveLength(400);
  });

  it('adds members up to the number asked, with numbers, cards, payments and books, and tells the audit log once', async () => {
    const before = await rows(checks);
    expect(await growMembers({ ownerUrl: database.current.ownerUrl, members: { mk: 700, ks: 200 }, now })).toBe(500);
    expect(await rows(checks)).toEqual(before);
    expect(await growMembers({ ownerUrl: database.current.ownerUrl, members: { mk: 700, ks: 200 }, now })).toBe(0);
    const [mk] = await rows<{ tax: string }>(`select count(*)::int as members from user_roles where role = 'member' and tenant_id = 'tenant_mk'`);
    expect(mk).toEqual({ members: 700 });
    const [last] = await rows<{ last: number }>("select last_number as last from number_series where tenant_id = 'tenant_mk' and series = 'member'");
    expect(await rows(`select 1 from "user" where tenant_id = 'tenant_mk' and member_number = 'MEM-MK-' || lpad($1::text, 6, '0')`, [last?.last])).toHaveLength(1);
    expect(await rows('select transaction_id from ledger_entries group by tenant_id, transaction_id, currency having sum(amount_minor) <> 0')).toEqual([]);
    const bulk = await rows<{ personal_number: string }>(`select personal_number from "user" where tenant_id = 'tenant_mk' and sign_in_email is null and password_hash is null and email like '%@posta.example' order by id`);
    expect(new Set(bulk.map(({ personal_number: number }) => number)).size).toBe(bulk.length);
    for (const { personal_number: number } of bulk) expect(parsePersonalNumber(packOf('mk').country, number).warnings).toEqual([]);
    expect(await rows("select after from audit_logs where action = 'seed.bulk'")).toEqual([{ after: { members: 500 } }]);
  });
});

describe('production', () => {
  const empty = useDatabase();

  it('gets no people with a public password', async () => {
    vi.stubEnv('APP_ENV', 'production');
    await expect(seedIfEmpty({ ownerUrl: empty.current.ownerUrl, tools, now })).rejects.toThrow('not for production');
    vi.unstubAllEnvs();
  });
});
