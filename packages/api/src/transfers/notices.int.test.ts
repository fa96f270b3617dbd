import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { branches, mails, notifications, user } from '@interdomestik/db/schema';
import { translator } from '@interdomestik/i18n';
import { locales, newId, type Locale } from '@interdomestik/rules';
import { adminSql, callerFor, enrolInputOf, scopeOf, systemScopeOf, useWorld, type TestBranch, type TestTenant } from '../testing';
import { mailMovedJob } from './mail-moved';

const world = useWorld();
const reason = 'The member has moved to another town';

async function addMember(tenant: TestTenant, branch: TestBranch, locale: Locale): Promise<string> {
  const { memberId } = await callerFor(await scopeOf(tenant, branch.agent)).enrolments.enrol(enrolInputOf(tenant, { email: `${newId()}@members.example` }));
  await withTenant(await systemScopeOf(tenant), (tx) => tx.update(user).set({ locale }).where(and(eq(user.tenantId, tenant.id), eq(user.id, memberId))));
  return memberId;
}

const setPhone = async (tenant: TestTenant, id: string, phone: string | null) =>
  await withTenant(await systemScopeOf(tenant), (tx) => tx.update(branches).set({ phone, address: 'Rr. Adem Jashari 5' }).where(and(eq(branches.tenantId, tenant.id), eq(branches.id, id))));

const mailsTo = async (tenant: TestTenant, userId: string) =>
  await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(mails).where(and(eq(mails.tenantId, tenant.id), eq(mails.userId, userId), eq(mails.template, 'member-moved'))));

const newsOf = async (tenant: TestTenant, userId: string) =>
  await withTenant(await systemScopeOf(tenant), (tx) => tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, tenant.id), eq(notifications.userId, userId), sql`${notifications.kind} like 'transfer.%'`)));

describe('a member who was moved', () => {
  it('reads by mail and in the portal, once and in the own language, which branch and agent to turn to now', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    await setPhone(ks, there.id, '+383 29 111 222');
    const [manager, system] = [callerFor(await scopeOf(ks, here.manager)), await systemScopeOf(ks)];
    const receiving = callerFor(await scopeOf(ks, there.manager));
    for (const locale of locales) {
      const memberId = await addMember(ks, here, locale);
      const { id } = await manager.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
      expect(await mailsTo(ks, memberId)).toEqual([]);
      await receiving.transfers.approve({ id, agentId: there.agent.id });
      expect(await adminSql(world.current.database.adminUrl, `select count(*)::int as n from pgboss.job where name = 'transfers.mailMoved' and data -> 'payload' -> 'transferIds' = '["${id}"]'`)).toEqual([{ n: 1 }]);
      await mailMovedJob.run(system, { transferIds: [id] });
      await mailMovedJob.run(system, { transferIds: [id] });
      const [mail, ...more] = await mailsTo(ks, memberId);
      expect(more).toEqual([]);
      expect(mail?.locale).toBe(locale);
      const t = translator(locale);
      const [branch, agent] = await withTenant(system, async (tx) => [
        (await tx.select({ name: branches.name }).from(branches).where(and(eq(branches.tenantId, ks.id), eq(branches.id, there.id))))[0]?.name ?? '?',
        await tx.select({ firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, there.agent.id))).then(([row]) => `${row?.firstName ?? ''} ${row?.lastName ?? ''}`),
      ]);
      for (const said of [t('mails.memberMoved.bodyBranch', { branch }), branch, '+383 29 111 222', 'Rr. Adem Jashari 5', agent]) expect([mail?.text, mail?.html].every((half) => half?.includes(said))).toBe(true);
      const [news] = await newsOf(ks, memberId);
      expect(news?.kind).toBe('transfer.new_branch');
      const body = t('notifications.transfer.new_branch.body', news?.params as Record<string, string>);
      for (const said of [branch, '+383 29 111 222', agent]) expect(body).toContain(said);
      // why it was done is between the branches
      expect(JSON.stringify([mail, news])).not.toContain(reason);
    }
  });

  it('without an agent, a telephone or an address to write to reads only what there is', async () => {
    const { mk } = world.current;
    const [here] = mk.branches;
    await setPhone(mk, here.id, null);
    const [manager, system] = [callerFor(await scopeOf(mk, here.manager)), await systemScopeOf(mk)];
    const memberId = await addMember(mk, here, 'mk');
    const { id } = await manager.transfers.request({ memberId, toBranchId: here.id, toAgentId: null, reason });
    await mailMovedJob.run(system, { transferIds: [id] });
    const [mail] = await mailsTo(mk, memberId);
    const t = translator('mk');
    expect(mail?.subject).toBe(t('mails.memberMoved.subjectAgent'));
    expect(mail?.text).not.toMatch(new RegExp(`${t('mails.memberMoved.agent')}:|${t('mails.memberMoved.phone')}:|null|undefined`, 'u'));
    const [news] = await newsOf(mk, memberId);
    expect(t('notifications.transfer.new_agent.body', news?.params as Record<string, string>)).not.toMatch(/Телефон|агент/u);

    const silent = await addMember(mk, here, 'mk');
    await withTenant(system, (tx) => tx.update(user).set({ email: null, signInEmail: null }).where(and(eq(user.tenantId, mk.id), eq(user.id, silent))));
    const { id: second } = await manager.transfers.request({ memberId: silent, toBranchId: here.id, toAgentId: null, reason });
    await mailMovedJob.run(system, { transferIds: [second] });
    expect(await mailsTo(mk, silent)).toEqual([]);
    expect(await newsOf(mk, silent)).toHaveLength(1);
  });

  it('is not told of a place that was left again before the mail was written, nor of a request that nobody approved', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const [admin, system] = [callerFor(await scopeOf(ks, ks.admin)), await systemScopeOf(ks)];
    const memberId = await addMember(ks, here, 'sq');
    const { id: away } = await admin.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    const { id: back } = await admin.transfers.request({ memberId, toBranchId: here.id, toAgentId: here.agent.id, reason });
    const { id: asked } = await callerFor(await scopeOf(ks, here.agent)).transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    await mailMovedJob.run(system, { transferIds: [away, back, asked] });
    expect((await mailsTo(ks, memberId)).map(({ effectKey }) => effectKey)).toEqual([`transfer:${back}:mail`]);
  });
});
