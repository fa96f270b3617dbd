import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, mails, payments, userGrants, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { z } from 'zod';
import { adminSql, callerFor, enrolInputOf, runJobs, scopeOf, systemScopeOf, usePaddle, useTestSettings, useWorld, type TestPerson, type TestTenant } from '../testing';
import { addColleague } from '../attacks/people';
import { sendPayLinkJob } from '../enrolments/pay-link';
import { env } from '../env';
import { enqueue } from './queue';
import { runnable } from './runnable';

const world = useWorld();
usePaddle(world);

/** Sells by pay link while the provider is away, so that the link is left to the job. */
async function wish(tenant: TestTenant, seller: Pick<TestPerson, 'id' | 'role'>): Promise<{ paymentId: string; memberId: string }> {
  const { PADDLE_API_BASE } = env;
  useTestSettings({ PADDLE_API_BASE: undefined });
  const { paymentId, memberId } = await callerFor(await scopeOf(tenant, seller)).enrolments.enrol(enrolInputOf(tenant, { payment: 'pay_link', amountTendered: undefined }));
  useTestSettings({ PADDLE_API_BASE });
  return { paymentId: paymentId ?? '', memberId };
}

/** The wish is carried out now, as a worker would a minute later; whether a link was made and mailed, and what the trail says. */
async function outcome(tenant: TestTenant, { paymentId, memberId }: { paymentId: string; memberId: string }) {
  const { database } = world.current;
  await adminSql(database.adminUrl, "update pgboss.job set start_after = now() where name = 'enrolments.sendPayLink' and state = 'created'");
  await runJobs(database);
  return await withTenant(await systemScopeOf(tenant), async (tx) => ({
    link: (await tx.select({ url: payments.checkoutUrl }).from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId))))[0]?.url ?? null,
    mailed: (await tx.select({ id: mails.id }).from(mails).where(and(eq(mails.tenantId, tenant.id), eq(mails.userId, memberId), eq(mails.template, 'payment-link')))).length,
    refused: await tx.select({ action: auditLogs.action, entityId: auditLogs.entityId, actorKind: auditLogs.actorKind, after: auditLogs.after }).from(auditLogs)
      .where(and(eq(auditLogs.tenantId, tenant.id), eq(auditLogs.operation, 'JOB_REFUSED'))),
  }));
}

const left = async () => Number((await adminSql(world.current.database.adminUrl, "select count(*)::int as n from pgboss.job where name = 'enrolments.sendPayLink' and state in ('created', 'retry', 'active', 'failed')"))[0]?.['n']);

describe('a job that somebody queued', () => {
  it('I-19 does the wish of who still works here', async () => {
    const { ks } = world.current;
    const { link, mailed, refused } = await outcome(ks, await wish(ks, ks.branches[0].agent));
    expect([link, mailed, refused]).toEqual([expect.stringMatching(/^http/u), 1, []]);
  });

  it.each<readonly [string, (tenant: TestTenant, seller: TestPerson) => Promise<unknown>]>([
    ['demoted by the manager', async (tenant, seller) => await callerFor(await scopeOf(tenant, tenant.admin)).staff.revokeRole({ id: seller.id, role: 'agent', branchId: tenant.branches[0].id })],
    ['made a promoter', async (tenant, seller) => await withTenant(await systemScopeOf(tenant), (tx) => tx.update(userRoles).set({ role: 'promoter' }).where(and(eq(userRoles.tenantId, tenant.id), eq(userRoles.userId, seller.id))))],
    ['disabled', async (tenant, seller) => await callerFor(await scopeOf(tenant, tenant.admin)).staff.disable({ id: seller.id })],
    ['moved to another branch', async (tenant, seller) => await withTenant(await systemScopeOf(tenant), (tx) => tx.update(userRoles).set({ branchId: tenant.branches[1].id }).where(and(eq(userRoles.tenantId, tenant.id), eq(userRoles.userId, seller.id))))],
  ])('I-19 does nothing once its asker is %s, and that is on record', async (_, change) => {
    const { mk } = world.current;
    const seller = await addColleague(mk, { role: 'agent', branchId: mk.branches[0].id, firstName: 'Seller' });
    const asked = await wish(mk, seller);
    await change(mk, seller);
    const { link, mailed, refused } = await outcome(mk, asked);
    expect([link, mailed]).toEqual([null, 0]);
    expect(refused).toContainEqual({ action: 'enrolments.sendPayLink', entityId: seller.id, actorKind: 'system', after: { permission: 'members.enrol' } });
    expect(await left(), 'trying again would change nothing').toBe(0);
  });

  it('I-19 a grant that is withdrawn before the job runs counts as little as a role', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    const done: string[] = [];
    const kind = { name: 'test.asks', payload: z.object({}), retries: 0, asks: 'claims.handle' as const, run: (scope: TenantScope) => Promise.resolve(void done.push(scope.tenantId)) };
    const person = await addColleague(mk, { role: 'agent', branchId: branch.id, firstName: 'Granted' });
    await withTenant(await systemScopeOf(mk), (tx) => tx.insert(userGrants).values({ tenantId: mk.id, id: newId(), userId: person.id, permission: 'claims.handle', branchId: branch.id }));
    const scope = await scopeOf(mk, person);
    const { adminUrl } = world.current.database;
    await withTenant(scope, (tx) => enqueue(tx, scope, { ...kind, name: 'mails.send' }, {}));
    const [job] = await adminSql(adminUrl, "select data from pgboss.job where name = 'mails.send' order by created_on desc limit 1");
    const work = runnable({ ...kind, name: 'mails.send' }).work;
    await work(job?.['data']);
    expect(done).toEqual([mk.id]);
    await withTenant(await systemScopeOf(mk), (tx) => tx.delete(userGrants).where(and(eq(userGrants.tenantId, mk.id), eq(userGrants.userId, person.id))));
    await work(job?.['data']);
    expect(done).toEqual([mk.id]);
    await adminSql(adminUrl, "delete from pgboss.job where name = 'mails.send' and data -> 'requester' is not null");
  });

  it('I-27 has its asker under the seal: another one, or none, is refused', async () => {
    const { ks } = world.current;
    await wish(ks, ks.branches[0].agent);
    const [job] = await adminSql(world.current.database.adminUrl, "select data from pgboss.job where name = 'enrolments.sendPayLink' and state = 'created'");
    const { requester, ...data } = (job?.['data'] ?? {}) as Record<string, unknown>;
    expect(requester).toEqual({ userId: ks.branches[0].agent.id, branchId: ks.branches[0].id });
    for (const changed of [data, { ...data, requester: { userId: ks.admin.id, branchId: null } }]) await expect(runnable(sendPayLinkJob).work(changed)).rejects.toThrow(/altered in the queue/u);
  });
});
