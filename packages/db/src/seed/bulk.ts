import {
  cardSaleLegs, chartOfAccounts, countryPacks, formatNumber, parseNumberPattern, partsOf, planOf, priceIn, rateOf, todayIn, vatFromGross, type AccountName, type CountryPack,
} from '@interdomestik/rules';
import { Client } from 'pg';
import { bulkMembers, stagingColumns, type BulkBranch, type BulkMember, type BulkPlan, type BulkTenant } from './bulk-people';
import { suspendChecks } from './bulk-checks';
import { publishedRule } from './context';

/** How far to grow a seeded database. */
export interface GrowOptions {
  readonly ownerUrl: string;
  /** Members of each tenant after the load, by slug; tenants that have as many are left alone. */
  readonly members: Readonly<Record<string, number>>;
  readonly now?: Date;
  readonly log?: (line: string) => void;
}

const plansInBulk = ['asistenca', 'asistenca_family'];
const batch = 10_000;
const staged = 100_000;

const idOf = (digit: number): string => `(stem || '${digit}')::uuid`;

/** Rows of the product out of the staged members. Each id is the member's own with another last digit. */
const statements: readonly string[] = [
  `insert into "user" (tenant_id, id, branch_id, agent_id, email, status, first_name, last_name, name_tokens, surname_tokens, phone, personal_number, birth_date, city, locale, member_number, created_at, updated_at)
   select $1, ${idOf(0)}, branch_id, agent_id, email, 'active', first_name, last_name, name_tokens, surname_tokens, phone, personal_number, birth_date, city, locale, member_number, created_at, created_at from seed_members`,
  `insert into user_roles (tenant_id, id, user_id, role, created_at) select $1, ${idOf(1)}, ${idOf(0)}, 'member', created_at from seed_members`,
  `insert into memberships (tenant_id, id, user_id, branch_id, agent_id, plan_code, status, channel, starts_on, ends_on, price_minor, currency, activated_at, created_at, updated_at)
   select $1, ${idOf(3)}, ${idOf(0)}, branch_id, agent_id, plan_code, status, case when agent_id is null then 'self_service' else 'agent' end, starts_on, ends_on, price_minor, 'EUR', created_at, created_at, created_at from seed_members`,
  `insert into cards (tenant_id, id, membership_id, user_id, branch_id, code, created_at)
   select $1, ${idOf(2)}, ${idOf(3)}, ${idOf(0)}, branch_id, replace(stem, '-', ''), created_at from seed_members`,
  `insert into payments (tenant_id, id, user_id, branch_id, membership_id, payment_account_id, method, status, amount_minor, vat_minor, currency, tax_document_issuer, provider_transaction_id, paid_at, last_event_at, created_at, updated_at)
   select $1, ${idOf(4)}, ${idOf(0)}, branch_id, ${idOf(3)}, $2, 'card', 'succeeded', price_minor, vat_minor, 'EUR', 'provider', 'txn_' || replace(stem, '-', ''), created_at, created_at, created_at, created_at from seed_members`,
  `insert into ledger_transactions (tenant_id, id, branch_id, kind, source_type, source_id, effect_key, plan_code, provider, occurred_at, created_at)
   select $1, ${idOf(5)}, branch_id, 'card_sale', 'payment', ${idOf(4)}, 'payment:' || stem || '4:sale', plan_code, 'paddle', created_at, created_at from seed_members`,
  `insert into ledger_entries (tenant_id, id, transaction_id, account_id, branch_id, position, amount_minor, currency, occurred_at)
   select $1, (stem || leg.digit)::uuid, ${idOf(5)}, leg.account_id, branch_id, leg.position, leg.amount, 'EUR', created_at
   from seed_members join seed_legs leg using (plan_code)`,
  `insert into ledger_days as d (tenant_id, id, branch_id, account_id, day, kind, plan_code, provider, currency, amount_minor, entries)
   select $1, gen_random_uuid(), branch_id, leg.account_id, (created_at at time zone (select time_zone from tenants where id = $1))::date, 'card_sale', plan_code, 'paddle', 'EUR', sum(leg.amount)::bigint, count(*)::integer
   from seed_members join seed_legs leg using (plan_code) group by branch_id, leg.account_id, 5, plan_code
   on conflict on constraint ledger_days_once do update set amount_minor = d.amount_minor + excluded.amount_minor, entries = d.entries + excluded.entries`,
];

/**
 * Adds members to the seeded tenants until each has as many as asked, all or nothing a tenant, and analyzes the tables. For benchmarks:
 * every bulk member has one membership that was paid by card, its ledger transaction and a card, and cannot sign in. What is checked when
 * is told at `suspendChecks`. Returns how many members were added.
 */
export async function growMembers({ ownerUrl, members, now = new Date(), log = () => undefined }: GrowOptions): Promise<number> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'interdomestik-seed' });
  await client.connect();
  try {
    let added = 0;
    for (const pack of countryPacks) added += await growTenant(client, pack, members[pack.tenant.slug] ?? 0, now, log);
    return added;
  } finally {
    await client.end();
  }
}

async function growTenant(client: Client, pack: CountryPack, wanted: number, now: Date, log: (line: string) => void): Promise<number> {
  if (wanted <= 0) return 0;
  await client.query('begin');
  try {
    await client.query("select pg_advisory_xact_lock(hashtextextended('interdomestik-seed', 0))");
    for (const [name, value] of Object.entries({ current_tenant_id: pack.tenant.id, current_branch_id: '*', actor_kind: 'system', action: 'seed.bulk' })) {
      await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
    }
    const { rows: [found] } = await client.query<{ members: number }>("select count(*)::int as members from user_roles where tenant_id = $1 and role = 'member'", [pack.tenant.id]);
    const from = found?.members ?? 0;
    if (from >= wanted) {
      await client.query('rollback');
      return 0;
    }
    const restore = await suspendChecks(client);
    await load(client, pack, from, wanted, now, log);
    log(`${pack.tenant.slug}: checking what was loaded`);
    await assertBalanced(client, pack.tenant.id);
    await restore();
    await client.query(
      `insert into audit_logs (tenant_id, id, actor_kind, action, operation, entity, after) values ($1, gen_random_uuid(), 'system', 'seed.bulk', 'INSERT', 'user', jsonb_build_object('members', $2::int))`,
      [pack.tenant.id, wanted - from],
    );
    await client.query('commit');
    return wanted - from;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function assertBalanced(client: Client, tenantId: string): Promise<void> {
  const { rows } = await client.query(
    'select transaction_id from ledger_entries where tenant_id = $1 group by transaction_id, currency having sum(amount_minor) <> 0 or count(*) < 2 limit 1', [tenantId],
  );
  if (rows.length > 0) throw new Error('the bulk load would leave the ledger unbalanced');
}

async function tenantOf(client: Client, pack: CountryPack, plans: readonly BulkPlan[], now: Date): Promise<BulkTenant> {
  const { rows } = await client.query<BulkBranch>(
    `select b.id, b.city, coalesce(array_agg(r.user_id::text order by r.user_id) filter (where r.user_id is not null), '{}') as agents
     from branches b left join user_roles r on r.tenant_id = b.tenant_id and r.branch_id = b.id and r.role = 'agent'
     where b.tenant_id = $1 group by b.tenant_id, b.id order by b.code`, [pack.tenant.id],
  );
  return { pack, branches: rows, plans, today: todayIn(pack.zone, now) };
}

/** The account of a code, made when the tenant has not used it yet. */
async function accountOf(client: Client, tenantId: string, name: AccountName): Promise<string> {
  const { code, kind } = chartOfAccounts[name];
  const find = async () => (await client.query<{ id: string }>("select id from ledger_accounts where tenant_id = $1 and code = $2 and currency = 'EUR'", [tenantId, code])).rows[0]?.id;
  const known = await find();
  if (known !== undefined) return known;
  await client.query("insert into ledger_accounts (tenant_id, id, code, kind, currency) values ($1, gen_random_uuid(), $2, $3, 'EUR')", [tenantId, code, kind === 'revenue' ? 'income' : kind]);
  return await accountOf(client, tenantId, name);
}

async function prepare(client: Client, pack: CountryPack): Promise<{ plans: BulkPlan[]; accountId: string }> {
  const tax = publishedRule(pack, 'tax').value;
  const plans = plansInBulk.map((code): BulkPlan => {
    const price = priceIn(planOf(publishedRule(pack, 'products').value, code), 'EUR');
    return { code, price, vat: vatFromGross(price, rateOf(tax, tax.membershipCategory)).vat };
  });
  await client.query(`create temp table seed_members (${Object.entries(stagingColumns).map(([name, type]) => `${name} ${type}`).join(', ')}) on commit drop`);
  await client.query('create temp table seed_legs (plan_code text, position int, digit text, account_id uuid, amount bigint) on commit drop');
  for (const { code, price, vat } of plans) {
    for (const [position, leg] of cardSaleLegs({ gross: price, tax: vat }).entries()) {
      const account = await accountOf(client, pack.tenant.id, leg.account);
      await client.query('insert into seed_legs values ($1, $2, $3, $4, $5)', [code, position, String(6 + position), account, leg.amount.minor.toString()]);
    }
  }
  const { rows: [card] } = await client.query<{ id: string }>("select id from payment_accounts where tenant_id = $1 and provider = 'paddle' order by slug limit 1", [pack.tenant.id]);
  if (card === undefined) throw new Error(`tenant ${pack.tenant.slug} has no card account: seed it first`);
  return { plans, accountId: card.id };
}

async function load(client: Client, pack: CountryPack, from: number, to: number, now: Date, log: (line: string) => void): Promise<void> {
  const { plans, accountId } = await prepare(client, pack);
  const tenant = await tenantOf(client, pack, plans, now);
  const pattern = publishedRule(pack, 'invoicing').value.memberPattern;
  const { year } = partsOf(tenant.today);
  const counter = parseNumberPattern(pattern).perYear ? year : 0;
  const { rows: [series] } = await client.query<{ last: number }>(
    `insert into number_series (tenant_id, id, series, fiscal_year, last_number) values ($1, gen_random_uuid(), 'member', $2, $3)
     on conflict (tenant_id, series, fiscal_year) do update set last_number = number_series.last_number + excluded.last_number returning last_number as last`,
    [pack.tenant.id, counter, to - from],
  );
  const base = (series?.last ?? to - from) - (to - from) + 1;
  const numberOf = (index: number): string => formatNumber(pattern, { country: pack.country.code, year, n: base + index - from });
  let waiting: BulkMember[] = [];
  let inStage = 0;
  const spread = async (): Promise<void> => {
    for (const [index, text] of statements.entries()) await client.query(text, index === 4 ? [pack.tenant.id, accountId] : [pack.tenant.id]);
    await client.query('truncate seed_members');
    inStage = 0;
  };
  let done = from;
  for (const member of bulkMembers(tenant, from, to, numberOf)) {
    waiting.push(member);
    done += 1;
    if (waiting.length < batch && done < to) continue;
    await stage(client, waiting);
    inStage += waiting.length;
    waiting = [];
    if (inStage < staged && done < to) continue;
    await spread();
    log(`${pack.tenant.slug}: ${done} members`);
  }
}

async function stage(client: Client, members: readonly BulkMember[]): Promise<void> {
  const types = Object.values(stagingColumns);
  const columns = types.map((_, column) => members.map((member) => member[column] ?? null));
  await client.query(`insert into seed_members select * from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})`, columns);
}
