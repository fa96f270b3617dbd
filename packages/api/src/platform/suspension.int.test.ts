import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformDoor, resolvePlatformScope, resolveScope, withPlatform } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, callerFor, deliver, eventOf, factsOf, inboxOf, pendingSale, runJobs, scopeOf, transactionData, useWorld } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const reason = 'Contract ended, closing the country';
let root: ReturnType<typeof callerFor>;

beforeAll(async () => {
  const [userId, sessionId] = [newId(), newId()];
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: 'closer@example.com', passwordHash: 'x', name: 'Closing Person' });
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  root = callerFor(null, { platform: await resolvePlatformScope(sessionId) });
});

afterAll(async () => {
  await root.platform.resume({ tenantId: world.current.ks.id, reason });
});

const jobsOf = async (tenantId: string, state: string) =>
  Number((await adminSql(world.current.database.adminUrl, `select count(*)::int as n from pgboss.job where data->>'tenantId' = $1 and state = $2`, [tenantId, state]))[0]?.n);

describe('a suspended tenant', () => {
  it('refuses its people on the very next request, keeps what the provider tells, and settles it when it is open again', async () => {
    const { ks, mk, database } = world.current;
    const sale = await pendingSale(ks);
    const scope = await scopeOf(ks, ks.admin);
    const own = { kind: 'session', tenantId: ks.id, sessionId: scope.sessionId ?? '', app: 'admin' } as const;
    expect((await resolveScope(own))?.tenantId).toBe(ks.id);
    await root.platform.suspend({ tenantId: ks.id, reason });
    expect(await resolveScope(own)).toBeNull();

    const event = eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n }));
    expect(await deliver(ks, event)).toEqual({ status: 200 });
    expect(await deliver(ks, event, { secret: mk.card.webhookSecret })).toEqual({ status: 401 });
    expect(await inboxOf(ks, event.event_id).catch(() => 'closed')).toBe('closed');

    // asked many times over, more often than any job may fail, its jobs wait and none is given up
    for (let round = 0; round < 12; round += 1) {
      await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where state = 'created'`);
      await runJobs(database);
    }
    expect(await jobsOf(ks.id, 'failed')).toBe(0);
    expect(await jobsOf(ks.id, 'created')).toBeGreaterThan(0);

    await root.platform.resume({ tenantId: ks.id, reason });
    expect((await factsOf(sale)).payment?.status).toBe('pending');
    await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where state = 'created'`);
    await runJobs(database);
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded' } });
    expect((await inboxOf(ks, event.event_id)).map(({ status }) => status)).toEqual(['done']);
  });

  it('says why in its own audit trail, and the console counts what got stuck', async () => {
    const { ks, database } = world.current;
    const { items } = await callerFor(await scopeOf(ks, ks.admin)).audit.list({ filters: { entity: 'tenants' } });
    expect(items.map(({ action }) => action)).toEqual(['platform.resume', 'platform.suspend']);
    expect(JSON.stringify(items[0]?.after)).toContain(reason);
    await adminSql(database.adminUrl, `update webhook_events set status = 'parked' where tenant_id = $1`, [ks.id]);
    await adminSql(database.adminUrl, `update mails set status = 'failed' where tenant_id = $1`, [ks.id]);
    const of = async (id: string) => (await root.platform.tenants()).find((tenant) => tenant.id === id);
    const [own, other] = [await of(ks.id), await of(world.current.mk.id)];
    expect(own).toMatchObject({ stuckEvents: 1, failedJobs: 0, lastActivityAt: expect.any(Date) });
    expect(own?.unsentMails).toBeGreaterThan(0);
    expect(other).toMatchObject({ stuckEvents: 0, unsentMails: 0 });
    expect(await root.platform.tenant({ tenantId: ks.id })).toMatchObject({
      branches: 2, staff: [{ role: 'agent', people: 2 }, { role: 'branch_manager', people: 2 }, { role: 'promoter', people: 1 }, { role: 'tenant_admin', people: 1 }],
      accounts: [expect.objectContaining({ provider: 'cash', hasCredentials: false }), expect.objectContaining({ provider: 'paddle', hasCredentials: true, hasWebhookSecret: true })],
    });
    expect(JSON.stringify(await root.platform.tenant({ tenantId: ks.id }))).not.toContain(ks.card.webhookSecret);
  });

  it('is neither entered nor suspended without a reason', async () => {
    const { ks } = world.current;
    for (const wrong of ['', 'short', '          ']) await expect(root.platform.suspend({ tenantId: ks.id, reason: wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await root.platform.suspend({ tenantId: ks.id, reason });
    expect(await refusalsOf([root.platform.enter({ tenantId: ks.id, reason })])).toEqual(['CONFLICT errors.platform.tenantSuspended']);
  });
});

describe('the count of given-up jobs', () => {
  const give = (tenantId: string, times: number) => adminSql(world.current.database.adminUrl,
    `insert into pgboss.job (name, data, state) select (select min(name) from pgboss.queue), jsonb_build_object('tenantId', $1::text), 'failed' from generate_series(1, $2::int)`, [tenantId, times]);
  const archive = (tenantId: string) => adminSql(world.current.database.adminUrl,
    `with old as (delete from pgboss.job where state = 'failed' and data->>'tenantId' = $1 returning *) insert into pgboss.archive select * from old`, [tenantId]);

  it('I-28 is of one tenant, reaches the archive, and stops where a number tells no more', async () => {
    const { ks, mk } = world.current;
    const of = async (id: string) => (await root.platform.tenants()).find((tenant) => tenant.id === id)?.failedJobs;
    const [before, others] = [await of(ks.id) ?? 0, await of(mk.id)];
    await give(ks.id, 1);
    await archive(ks.id);
    await give(ks.id, 2);
    expect([await of(ks.id), await of(mk.id)]).toEqual([before + 3, others]);
    await give(ks.id, 3000);
    expect(await of(ks.id)).toBeLessThanOrEqual(2000);
    expect(await of(mk.id)).toBe(others);
  });

  it('goes by its index, however many jobs of others lie there', async () => {
    const { adminUrl } = world.current.database;
    await adminSql(adminUrl, 'analyze pgboss.job');
    const plan = await adminSql(adminUrl, `explain select 1 from pgboss.job where state = 'failed' and data->>'tenantId' = $1 limit 1000`, ['tenant_of_nothing']);
    const text = plan.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(text).toContain('Index');
    expect(await adminSql(adminUrl, `select c.relname from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
      where p.relname = 'job' and p.relnamespace = 'pgboss'::regnamespace and not exists (select from pg_index x where x.indrelid = c.oid and pg_get_indexdef(x.indexrelid) like '%tenantId%failed%')`)).toEqual([]);
  });
});
