import { afterAll, beforeAll } from 'vitest';
import {
  connectDatabase, closeDatabase, forgetTenants, platformDoor, resolveScope, withPlatform, withTenant, type TenantScope, type Tx,
} from '@interdomestik/db';
import { branches, paymentAccounts, referralCodes, tenants, tenantSettings, user, userRoles } from '@interdomestik/db/schema';
import { createTestDatabase, useDatabase, type TestDatabase, type TestDatabaseOptions } from '@interdomestik/db/testing';
import { countryPacks, newId, randomToken, ruleKinds, type CountryPack, type TenantRole } from '@interdomestik/rules';
import { forgetFlags } from '../flags/memory';
import { installQueues } from '../jobs/install';
import { jobKinds } from '../jobs/kinds';
import { nameColumns } from '../members/search';
import { forgetRules } from '../settings/rules';
import { forgetStored } from '../webhooks/stored';
import { sealJson } from '../vendors/secrets';
import { closeAdmin } from './jobs';
import { testPasswords, useTestSettings } from './settings';

export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly role: TenantRole;
  readonly branchId: string | null;
  readonly password: string;
}

export interface TestBranch {
  readonly id: string;
  readonly code: string;
  readonly manager: TestPerson;
  readonly agent: TestPerson;
  readonly agentCode: string;
  /** A member of this branch whom the agent looks after. */
  readonly member: TestPerson;
}

export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly pack: CountryPack;
  readonly admin: TestPerson;
  readonly promoter: TestPerson;
  readonly promoterCode: string;
  /** The first is the default branch of self-service. */
  readonly branches: readonly [TestBranch, TestBranch];
  readonly card: { readonly id: string; readonly path: string; readonly apiKey: string; readonly webhookSecret: string };
  readonly cashAccountId: string;
}

export interface World {
  readonly mk: TestTenant;
  readonly ks: TestTenant;
  readonly database: TestDatabase;
}

const password = 'a quiet river in autumn';

async function systemScope(tenantId: string): Promise<TenantScope> {
  forgetTenants();
  forgetStored();
  const scope = await resolveScope({ kind: 'job', tenantId, job: 'test.world' });
  if (scope === null) throw new Error(`the test tenant ${tenantId} is not there`);
  return scope;
}

async function addPerson(tx: Tx, tenantId: string, person: { role: TenantRole; local: string; slug: string; branchId: string | null; agentId?: string; passwordHash: string; locale: string }): Promise<TestPerson> {
  const { role, local, slug, branchId, agentId = null, passwordHash, locale } = person;
  const id = newId();
  const email = `${local}@${slug}.example`;
  await tx.insert(user).values({ tenantId, id, branchId, agentId, ...nameColumns(local.replaceAll(/[^a-z]/gu, ''), `Of ${slug}`), email, signInEmail: email, emailVerifiedAt: new Date(), passwordHash, locale });
  await tx.insert(userRoles).values({ tenantId, id: newId(), userId: id, role, branchId: role === 'tenant_admin' || role === 'member' ? null : branchId });
  return { id, email, role, branchId, password };
}

async function addBranch(tx: Tx, pack: CountryPack, index: 0 | 1, passwordHash: string): Promise<TestBranch> {
  const { id: tenantId, slug } = pack.tenant;
  const facts = pack.branches.toSorted((a, b) => Number(b.code === pack.rules.enrolment.defaultBranchCode) - Number(a.code === pack.rules.enrolment.defaultBranchCode))[index];
  if (facts === undefined) throw new Error('a pack with fewer than two branches');
  const id = newId();
  await tx.insert(branches).values({ tenantId, id, ...facts });
  const locale = pack.rules.languages.default;
  const add = (role: TenantRole, agentId?: string) => addPerson(tx, tenantId, { role, local: `${role.replace('_', '-')}-${facts.code}`, slug, branchId: id, passwordHash, locale, ...(agentId === undefined ? {} : { agentId }) });
  const manager = await add('branch_manager');
  const agent = await add('agent');
  const member = await add('member', agent.id);
  const agentCode = `AG${index === 0 ? 'A' : 'B'}${slug.toUpperCase()}`;
  await tx.insert(referralCodes).values({ tenantId, id: newId(), userId: agent.id, branchId: id, code: agentCode });
  return { id, code: facts.code, manager, agent, agentCode, member };
}

async function addTenant(pack: CountryPack, passwordHash: string): Promise<TestTenant> {
  const { tenant, rules } = pack;
  const [currency] = pack.currencies;
  if (currency === undefined) throw new Error('a pack without a currency');
  await withPlatform(platformDoor(), 'test.world', async (tx) => {
    await tx.insert(tenants).values({
      id: tenant.id, slug: tenant.slug, name: tenant.name, countryCode: pack.country.code, country: pack.country, currency, timeZone: pack.zone, defaultLocale: rules.languages.default, locales: [...rules.languages.offered],
    });
  });
  const scope = await systemScope(tenant.id);
  forgetRules(tenant.id);
  const card = { id: newId(), path: `${tenant.slug}-main`, apiKey: `pdl_sdbx_apikey_${tenant.slug}`, webhookSecret: `pdl_ntfset_${randomToken(16)}` };
  const cashAccountId = newId();
  return await withTenant(scope, async (tx) => {
    await tx.insert(tenantSettings).values(ruleKinds.map((kind) => ({
      tenantId: tenant.id, id: newId(), kind, version: 1, status: 'published', value: rules[kind], effectiveFrom: new Date('2020-01-01T00:00:00Z'), publishedAt: new Date('2020-01-01T00:00:00Z'),
    })));
    await tx.insert(paymentAccounts).values([
      {
        tenantId: tenant.id, id: card.id, provider: 'paddle', slug: 'main', name: 'Paddle', currency: 'EUR', environment: 'local', taxDocumentIssuer: 'provider',
        credentials: sealJson({ apiKey: card.apiKey }, tenant.id), webhookSecrets: sealJson([card.webhookSecret], tenant.id),
      },
      { tenantId: tenant.id, id: cashAccountId, provider: 'cash', slug: 'main', name: 'Cash', currency, environment: 'local', taxDocumentIssuer: 'tenant' },
    ]);
    const admin = await addPerson(tx, tenant.id, { role: 'tenant_admin', local: 'admin', slug: tenant.slug, branchId: null, passwordHash, locale: rules.languages.default });
    const first = await addBranch(tx, pack, 0, passwordHash);
    const second = await addBranch(tx, pack, 1, passwordHash);
    const promoter = await addPerson(tx, tenant.id, { role: 'promoter', local: 'promoter', slug: tenant.slug, branchId: second.id, passwordHash, locale: rules.languages.default });
    const promoterCode = `PR${tenant.slug.toUpperCase()}`;
    await tx.insert(referralCodes).values({ tenantId: tenant.id, id: newId(), userId: promoter.id, branchId: second.id, code: promoterCode });
    return { id: tenant.id, slug: tenant.slug, pack, admin, promoter, promoterCode, branches: [first, second], card, cashAccountId };
  });
}

/** Fills an empty migrated database with both tenants, through the gateway, as the runtime roles. */
export async function buildWorld(database: TestDatabase): Promise<World> {
  const passwordHash = await testPasswords.hash(password);
  const built = new Map<string, TestTenant>();
  for (const pack of countryPacks) built.set(pack.tenant.slug, await addTenant(pack, passwordHash));
  const [mk, ks] = [built.get('mk'), built.get('ks')];
  if (mk === undefined || ks === undefined) throw new Error('the country packs have other tenants than the tests');
  forgetTenants();
  return { mk, ks, database };
}

const options: TestDatabaseOptions = { hooks: [installQueues], variant: `queues ${jobKinds.map(({ name }) => name).join()}` };
let files = 0;
let filled: Promise<World> | undefined;

const connect = async ({ appUrl, platformUrl }: TestDatabase): Promise<void> => {
  await connectDatabase({ appUrl, platformUrl });
};

async function fill(): Promise<World> {
  const database = await createTestDatabase(options);
  await connect(database);
  try {
    return await buildWorld(database);
  } finally {
    await closeDatabase();
  }
}

// a process that runs several files fills a database once and copies it, in a fifth of the time; a single file has no use for that
const filledBefore = async (): Promise<World | undefined> => (files > 1 ? await (filled ??= fill()) : undefined);

/** Both tenants in a database of the test file's own, with the queues; ready when tests run. Call it outside tests. */
export function useWorld(): { readonly current: World } {
  useTestSettings();
  const database = useDatabase(async () => {
    files += 1;
    const source = await filledBefore();
    return source === undefined ? options : { copyOf: source.database };
  });
  const built: { world?: World } = {};
  beforeAll(async () => {
    await connect(database.current);
    const source = await filledBefore();
    built.world = source === undefined ? await buildWorld(database.current) : { ...source, database: database.current };
    forgetTenants();
    for (const { id } of [built.world.mk, built.world.ks]) {
      forgetRules(id);
      forgetFlags(id);
    }
  }, 60_000);
  afterAll(async () => {
    await closeAdmin();
    await closeDatabase();
  });
  return {
    get current() {
      if (built.world === undefined) throw new Error('useWorld: the world exists only while tests run');
      return built.world;
    },
  };
}
