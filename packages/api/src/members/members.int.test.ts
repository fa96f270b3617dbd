import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { claims, documents, memberships, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, callerFor, scopeOf, systemScopeOf, usePaddle, useWorld, visitorOf, type TestBranch, type TestPerson, type TestTenant } from '../testing';
import { paidSale } from '../testing/paid';
import { refusalsOf } from '../testing/refusals';
import { nameColumns } from './search';
import { membersQuery } from './list';

const world = useWorld();
usePaddle(world);
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

/** A person with a membership and a claim, written straight into a branch. */
async function addMember(tenant: TestTenant, branch: TestBranch, names: readonly [string, string], more: { phone?: string; status?: string; agentId?: string; createdAt?: Date } = {}): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    const createdAt = more.createdAt ?? new Date();
    const email = `${id}@members.example`;
    await tx.insert(user).values({
      tenantId: tenant.id, id, branchId: branch.id, agentId: more.agentId ?? null, email, ...nameColumns(...names), phone: more.phone ?? null, personalNumber: '1234567890', locale: 'sq', memberNumber: `NR-${id.slice(-8).toUpperCase()}`, createdAt,
    });
    await tx.insert(memberships).values({ tenantId: tenant.id, id: newId(), userId: id, branchId: branch.id, planCode: 'asistenca', status: more.status ?? 'active', channel: 'agent', startsOn: '2026-01-01', endsOn: '2027-01-01', priceMinor: 2000n, currency: 'EUR', activatedAt: createdAt, createdAt });
    await tx.insert(claims).values({ tenantId: tenant.id, id: newId(), userId: id, branchId: branch.id, category: 'vehicle', status: 'submitted', counterparty: 'Canary Insurer', description: 'Canary story', claimedMinor: 77_700n, currency: 'EUR' });
    const documentId = newId();
    await tx.insert(documents).values({ tenantId: tenant.id, id: documentId, userId: id, branchId: branch.id, entity: 'member', entityId: id, path: `pii/tenants/${tenant.id}/member/${id}/${documentId}.pdf`, fileName: 'canary.pdf', mime: 'application/pdf' });
  });
  return id;
}

const ids = async (page: Promise<{ items: { id: string }[] }>): Promise<string[]> => (await page).items.map(({ id }) => id);

describe('who may not', () => {
  it('I-15 another tenant, another branch and another agent find no member', async () => {
    const { mk, ks } = world.current;
    const [here, there] = ks.branches;
    const id = await addMember(ks, here, ['Shpresa', 'Hoxha'], { agentId: here.agent.id });
    const contact = { id, firstName: 'X', lastName: 'Y', phone: null, email: null };
    for (const stranger of [await as(mk, mk.admin), await as(ks, there.manager)]) {
      expect(await refusalsOf([stranger.members.get({ id }), stranger.members.updateContact(contact), stranger.members.get({ id: newId() })])).toEqual(Array.from({ length: 3 }, () => 'NOT_FOUND errors.notFound'));
      expect(await ids(stranger.members.list({ search: 'Shpresa' }))).toEqual([]);
      expect(await ids(stranger.members.list({ filters: { branchId: here.id } }))).toEqual([]);
    }
    const otherAgent = await as(ks, there.agent);
    expect(await refusalsOf([otherAgent.members.get({ id }), otherAgent.members.updateContact(contact)])).toEqual(['NOT_FOUND errors.notFound', 'FORBIDDEN errors.forbidden']);
    const alone = await addMember(ks, here, ['Shpresa', 'Vetja']);
    const agent = await as(ks, here.agent);
    expect(await ids(agent.members.list({ search: 'shpresa' }))).toEqual([id]);
    expect(await refusalsOf([agent.members.get({ id: alone })])).toEqual(['NOT_FOUND errors.notFound']);
  });

  it('I-15 promoters, members and visitors have no list of members', async () => {
    const { ks } = world.current;
    for (const person of [ks.promoter, ks.branches[0].member]) {
      const caller = await as(ks, person);
      expect(await refusalsOf([caller.members.list({}), caller.members.get({ id: ks.branches[0].member.id })])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
    }
    expect(await refusalsOf([callerFor(await visitorOf(ks)).members.list({})])).toEqual(['UNAUTHENTICATED errors.unauthenticated']);
  });

  it('I-14 a cursor of another tenant shows nothing of it', async () => {
    const { mk, ks } = world.current;
    for (let index = 0; index < 3; index += 1) await addMember(mk, mk.branches[0], ['Cursor', 'Person']);
    const foreign = await (await as(mk, mk.admin)).members.list({ limit: 1 });
    const own = await as(ks, ks.admin);
    const page = await own.members.list({ limit: 100, cursor: foreign.nextCursor ?? '' });
    const all = new Set(await ids(own.members.list({ limit: 100 })));
    expect(page.items.every(({ id }) => all.has(id))).toBe(true);
    for (const cursor of ['x', 'bnVsbA', `${foreign.nextCursor ?? ''}A`]) await expect(own.members.list({ cursor })).rejects.toThrow();
  });

  it('S-18 an agent sees a claim\'s stage, and neither story nor papers nor the whole personal number', async () => {
    const { ks } = world.current;
    const [branch] = ks.branches;
    const id = await addMember(ks, branch, ['Valbona', 'Canary'], { agentId: branch.agent.id });
    const seen = await (await as(ks, branch.agent)).members.get({ id });
    expect(seen.claims).toEqual([expect.objectContaining({ status: 'submitted', counterparty: null, claimed: null })]);
    expect(seen).toMatchObject({ documents: [], policies: [], hasCard: false, agentName: expect.stringMatching(/agent/u) });
    expect(JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/1234567890|Canary Insurer|77700|canary\.pdf|password|tenantId/u);
    const full = await (await as(ks, branch.manager)).members.get({ id });
    expect(full).toMatchObject({ personalNumber: '1234567890', claims: [{ counterparty: 'Canary Insurer', claimed: { minor: 77_700n, currency: 'EUR' } }], documents: [{ fileName: 'canary.pdf' }] });
  });
});

describe('the list', () => {
  let first: string;
  let second: string;
  beforeAll(async () => {
    const { mk } = world.current;
    first = await addMember(mk, mk.branches[0], ['Ѓорѓи', 'Шаќири'], { phone: '+38970123987' });
    second = await addMember(mk, mk.branches[1], ['Gjorgji', 'Petrovska'], { status: 'lapsed' });
  });

  it.each([
    ['Ѓорѓи', 2], ['gjorgji', 2], ['Đorđi Šaći', 1], ['shaqiri gj', 1], ['ШАЌИРИ', 1], ['070 123 987', 1], ['+389 70 123 987', 1], ['0038970123987', 1], ['petrovska', 1], ['orgi', 0], ["x' or 1=1 --", 0], ['%', 0], ['_', 0],
  ])('finds %j in any script and order: %i', async (search, count) => {
    const { mk } = world.current;
    const found = await ids((await as(mk, mk.admin)).members.list({ search }));
    expect(found.filter((id) => id === first || id === second)).toHaveLength(count);
    if (count === 0) expect(found).toEqual([]);
  });

  it('finds by number, by e-mail and by personal number', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    for (const search of [`nr-${first.slice(-8)}`, `${first}@members.example`, `  ${first.toUpperCase()}@MEMBERS.example `]) expect(await ids(admin.members.list({ search }))).toEqual([first]);
    expect(await ids(admin.members.list({ search: '1234567890', limit: 100 }))).toContain(first);
  });

  it('filters by status, plan and branch', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    expect(await ids(admin.members.list({ search: 'gjorgji', filters: { status: 'lapsed' } }))).toEqual([second]);
    expect(await ids(admin.members.list({ search: 'gjorgji', filters: { branchId: mk.branches[0].id } }))).toEqual([first]);
    expect(await ids(admin.members.list({ search: 'gjorgji', filters: { planCode: 'asistenca_family' } }))).toEqual([]);
    expect((await (await as(mk, mk.branches[1].manager)).members.list({ search: 'gjorgji' })).items).toEqual([expect.objectContaining({ id: second, status: 'lapsed', planCode: 'asistenca', endsOn: '2027-01-01', branchName: expect.any(String) })]);
  });

  it('pages through everybody once, also those of the same instant', async () => {
    const { mk } = world.current;
    const createdAt = new Date();
    for (let index = 0; index < 5; index += 1) await addMember(mk, mk.branches[0], ['Same', 'Instant'], { createdAt });
    const admin = await as(mk, mk.admin);
    const all = await ids(admin.members.list({ limit: 100 }));
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.members.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(all.length);
  });

  it('corrects contact data, searchable at once, with an audit row', async () => {
    const { mk } = world.current;
    const id = await addMember(mk, mk.branches[0], ['Old', 'Name']);
    const manager = await as(mk, mk.branches[0].manager);
    await manager.members.updateContact({ id, firstName: 'Љубица', lastName: 'Њушева', phone: '071 222 333', email: 'Ljubica@Example.com', city: 'Охрид' });
    expect(await ids(manager.members.list({ search: 'njuseva' }))).toEqual([id]);
    expect(await ids(manager.members.list({ search: 'old' }))).toEqual([]);
    expect(await manager.members.get({ id })).toMatchObject({ phone: '+38971222333', email: 'ljubica@example.com', city: 'Охрид' });
    expect(await refusalsOf([manager.members.updateContact({ id, firstName: 'A', lastName: 'B', phone: '12', email: null })])).toEqual(['INVALID errors.phone']);
    const { items } = await (await as(mk, mk.admin)).audit.list({ filters: { entity: 'user', entityId: id } });
    expect(items.find(({ action }) => action === 'members.updateContact')).toMatchObject({ action: 'members.updateContact', actorId: mk.branches[0].manager.id, after: expect.objectContaining({ first_name: '***' }) });
  });

  it('shows somebody who joined and paid, to the branch of the referral alone', async () => {
    const { ks } = world.current;
    const sale = await paidSale(world.current, ks, { referralCode: ks.branches[1].agentCode, firstName: 'Blerta', lastName: 'Gashi' });
    for (const [person, visible] of [[ks.branches[1].manager, true], [ks.branches[1].agent, true], [ks.admin, true], [ks.branches[0].manager, false], [ks.branches[0].agent, false]] as const) {
      expect(await ids((await as(ks, person)).members.list({ search: 'gashi bl' }))).toEqual(visible ? [sale.userId] : []);
    }
    expect(await (await as(ks, ks.branches[1].manager)).members.get({ id: sale.userId })).toMatchObject({ hasCard: true, memberNumber: expect.any(String), payments: [{ status: 'succeeded', amount: { minor: sale.minor } }] });
  });
});

describe('L-03 the list reads an index under row level security', () => {
  beforeAll(async () => {
    const { ks, database } = world.current;
    // without triggers: an entry in the audit trail for each row took ten times as long as the rows
    await adminSql(database.adminUrl, `set session_replication_role = 'replica'`);
    await adminSql(database.adminUrl, `
      with people as (
        insert into "user" (tenant_id, id, branch_id, agent_id, email, first_name, last_name, name_tokens, surname_tokens, phone, locale, member_number, created_at)
        select '${ks.id}', gen_random_uuid(), '${ks.branches[0].id}', '${ks.branches[0].agent.id}', 'p' || n || '@bulk.example', 'N' || n, 'S' || n, 'n' || n || ' s' || n, 's' || n || ' n' || n, '+3834500' || n, 'sq', 'BULK-' || n, now() - make_interval(mins => n)
        from generate_series(1, 30000) n returning tenant_id, id, branch_id)
      insert into memberships (tenant_id, id, user_id, branch_id, plan_code, status, channel, starts_on, ends_on, price_minor, currency)
      select tenant_id, gen_random_uuid(), id, branch_id, 'asistenca', 'active', 'import', '2026-01-01', '2027-01-01', 2000, 'EUR' from people`);
    await adminSql(database.adminUrl, `reset session_replication_role; analyze "user"; analyze memberships`);
  }, 120_000);

  /** The plan of the statement that the service sends, as that person, made by the database itself. */
  async function planOf(scope: TenantScope, filter: Omit<Parameters<typeof membersQuery>[1], 'limit'>): Promise<string> {
    return await withTenant(scope, async (tx) => {
      const { rows } = await tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${membersQuery(scope, { limit: 25, ...filter }).getSQL()}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
  }

  it.each([
    ['newest first', {}, 'admin'], ['newest first', {}, 'manager'], ['newest first', {}, 'agent'], ['by name', { search: 'n1234' }, 'admin'], ['by surname', { search: 's2345 n' }, 'admin'],
    ['by phone', { search: '045 001 234' }, 'admin'], ['by e-mail', { search: 'p777@' }, 'admin'], ['by number', { search: 'BULK-' }, 'manager'],
  ] as const)('%s %j as %s', async (_, filter, who) => {
    const { ks } = world.current;
    const person = who === 'admin' ? ks.admin : who === 'manager' ? ks.branches[0].manager : ks.branches[0].agent;
    const plan = await planOf(await scopeOf(ks, person), filter);
    expect(plan).not.toMatch(/Seq Scan on ("user"|memberships)/u);
    expect(plan).toMatch(/Index (Only )?Scan|Bitmap Index Scan/u);
  });
});
