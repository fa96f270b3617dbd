import { countryPacks, demoSecondFactorSecret, formatNumber, parseNumberPattern, partsOf } from '@interdomestik/rules';
import { Client } from 'pg';
import { readEnv } from '../env';
import {
  bankLines, bankStatements, branches, cards, cashCounts, cashDepositItems, cashDeposits, cashHandovers, cashReceipts, claimEvents, claims, clearanceAccounts, commissionPayouts, commissions, consents, familyMembers, invoiceLines, invoices, leads, ledgerAccounts, ledgerEntries, ledgerTransactions, memberships,
  notifications, numberSeries, paymentAccounts, payments, policies, referralCodes, secondFactors, tenants, tenantSettings, user, userRoles,
} from '../schema';
import { Series } from './books';
import { growMembers } from './bulk';
import { writeClaims } from './claims';
import { dayOf, publishedRule, type SeedTools, type TenantSeed } from './context';
import { demoPassword, superAdmin } from './demo';
import { writeFamilies, writeLeads, writeNotifications, writePolicies } from './extras';
import { drawStory } from './history';
import { drawPerson } from './people';
import { Random } from './random';
import { Rows } from './rows';
import { priceSale, writeSales, type Sale } from './sales';
import { seedTenant } from './tenant';

export { growMembers, type GrowOptions } from './bulk';
export type { CardAccount, SeedTools } from './context';
export { demoPassword, demoSignIns, type DemoSignIn } from './demo';

/** Which database to fill, and with what. */
export interface SeedOptions {
  readonly ownerUrl: string;
  readonly tools: SeedTools;
  /** The day around which everything happened; the present by default, so that periods are current. */
  readonly now?: Date;
  /** Members of each tenant with a full story; 200 by default. */
  readonly membersPerTenant?: number;
}

// parents before children
const order = [
  tenants, branches, tenantSettings, paymentAccounts, clearanceAccounts, user, userRoles, secondFactors, referralCodes, leads, consents, memberships, familyMembers, cards, policies, payments, cashHandovers, cashReceipts, cashCounts, cashDeposits, cashDepositItems, commissionPayouts, commissions, invoices,
  invoiceLines, bankStatements, bankLines, ledgerAccounts, ledgerTransactions, ledgerEntries, claims, claimEvents, notifications, numberSeries,
];

/**
 * The demo tenants and, with `members`, as many members in all as asked, shared evenly by the tenants. What is there already stays:
 * a second run changes nothing. Gives whether the tenants were made, and how many members came on top.
 */
export async function seed(options: SeedOptions & { readonly members?: number; readonly log?: (line: string) => void }): Promise<{ seeded: boolean; added: number }> {
  const seeded = await seedIfEmpty(options);
  const { ownerUrl, members, now = new Date(), log = () => undefined } = options;
  if (members === undefined) return { seeded, added: 0 };
  const share = Math.ceil(members / countryPacks.length);
  const added = await growMembers({ ownerUrl, now, log, members: Object.fromEntries(countryPacks.map(({ tenant }) => [tenant.slug, share])) });
  return { seeded, added };
}

/**
 * Fills a database without tenants with the demo tenants, all or nothing. False when tenants are there already: then it
 * changes nothing. Throws with APP_ENV=production, because everybody knows the demo password.
 */
export async function seedIfEmpty(options: SeedOptions): Promise<boolean> {
  const client = new Client({ connectionString: options.ownerUrl, application_name: 'interdomestik-seed' });
  await client.connect();
  try {
    return await fill(client, options);
  } finally {
    await client.end();
  }
}

async function fill(client: Client, { tools, now = new Date(), membersPerTenant = 200 }: SeedOptions): Promise<boolean> {
  await client.query('begin');
  try {
    // two starts at once seed once
    await client.query("select pg_advisory_xact_lock(hashtextextended('interdomestik-seed', 0))");
    const { rows: known } = await client.query('select 1 from tenants limit 1');
    if (known.length > 0) {
      await client.query('rollback');
      return false;
    }
    if (readEnv().appEnv === 'production') throw new Error('the demo tenants are not for production: their password is known to everybody');
    const passwordHash = await tools.hashPassword(demoPassword);
    for (const pack of countryPacks) {
      const seed = seedTenant(pack, now, new Rows(order), passwordHash, tools);
      seedMembers(seed, membersPerTenant);
      await writeTenant(client, seed);
    }
    const founded = new Date(now.getTime() - 86_400_000);
    const id = new Random('platform').id(founded);
    await client.query('insert into platform_users (id, email, password_hash, name, locale, created_at) values ($1, $2, $3, $4, $5, $6)', [id, superAdmin.email, passwordHash, superAdmin.name, 'en', founded]);
    await client.query('insert into platform_second_factors (platform_user_id, secret, confirmed_at, created_at) values ($1, $2, $3, $3)', [id, tools.seal('platform', demoSecondFactorSecret), founded]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Everything that members of a tenant have done. */
function seedMembers(seed: TenantSeed, count: number): void {
  const taken = new Set<string>();
  const sales: Sale[] = [];
  const newest: Sale[] = [];
  for (let index = 0; index < count; index += 1) {
    const story = drawStory(seed, index);
    const joined = new Date((story.purchases[0]?.boughtAt ?? seed.now).getTime() - 120_000);
    const person = drawPerson(seed, index, joined, story.agent, story.branchIndex, taken);
    const own = story.purchases.map((purchase) => priceSale(seed, person, story, purchase));
    sales.push(...own);
    newest.push(...own.slice(-1));
  }
  const series = new Series();
  numberMembers(seed, sales, series);
  writeSales(seed, sales, series);
  writeFamilies(seed, sales);
  writePolicies(seed, newest);
  writeClaims(seed, newest, series);
  writeLeads(seed, newest);
  writeNotifications(seed, newest);
  series.write(seed);
}

/** Member numbers in the order in which first memberships became active. */
function numberMembers({ pack, country }: TenantSeed, sales: readonly Sale[], series: Series): void {
  const pattern = publishedRule(pack, 'invoicing').value.memberPattern;
  const active = sales.filter(({ purchase }) => purchase.status !== 'pending');
  for (const { person, purchase } of active.toSorted((a, b) => a.purchase.boughtAt.getTime() - b.purchase.boughtAt.getTime())) {
    if (person.numbered.memberNumber !== null) continue;
    const { year } = partsOf(dayOf({ pack }, purchase.boughtAt));
    const counter = parseNumberPattern(pattern).perYear ? year : 0;
    person.numbered.memberNumber = formatNumber(pattern, { country: country.code, year, n: series.take('member', counter) });
  }
}

async function writeTenant(client: Client, { rows, tenantId }: TenantSeed): Promise<void> {
  const settings = { current_tenant_id: tenantId, current_branch_id: '*', actor_kind: 'system', actor_id: '', action: 'seed', request_id: '' };
  for (const [name, value] of Object.entries(settings)) await client.query('select set_config($1, $2, true)', [`app.${name}`, value]);
  await rows.write(client);
  // the ledger's balance is checked now, while this tenant is the one in the settings
  await client.query('set constraints all immediate');
  await client.query('set constraints all deferred');
}
