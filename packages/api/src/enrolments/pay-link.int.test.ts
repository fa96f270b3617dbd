import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { invoices, leads, mails, memberships, payments } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, deliver, enrolInputOf, eventOf, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useTestSettings, useWorld } from '../testing';
import { env } from '../env';
import { sendPayLink } from './pay-link';

const world = useWorld();
usePaddle(world);

const byLink = { payment: 'pay_link', amountTendered: undefined } as const;

describe('a pay link', () => {
  it('that is paid makes the member active and the lead a member, and no tax document of ours', async () => {
    const { ks } = world.current;
    const system = await systemScopeOf(ks);
    const leadId = newId();
    await withTenant(system, (tx) => tx.insert(leads).values({ tenantId: ks.id, id: leadId, branchId: ks.branches[0].id, ownerId: ks.branches[0].agent.id, firstName: 'Lead' }).then(() => undefined));
    const answer = await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks, { ...byLink, leadId }));
    const lead = async () => (await withTenant(system, (tx) => tx.select().from(leads).where(and(eq(leads.tenantId, ks.id), eq(leads.id, leadId)))))[0];
    expect(await lead()).toMatchObject({ status: 'payment_pending', userId: answer.memberId });
    const sale = () => withTenant(system, async (tx) => ({
      payment: (await tx.select().from(payments).where(and(eq(payments.tenantId, ks.id), eq(payments.id, answer.paymentId ?? ''))))[0],
      membership: (await tx.select().from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, answer.membershipId))))[0],
      invoices: await tx.select().from(invoices).where(eq(invoices.tenantId, ks.id)),
    }));
    const { payment } = await sale();
    const data = transactionData({ id: payment?.providerTransactionId ?? '', paymentId: answer.paymentId, status: 'completed', minor: 2000n });
    expect(await deliver(ks, eventOf('transaction.completed', data))).toMatchObject({ status: 200 });
    await runJobs(world.current.database);
    expect(await sale()).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active' }, invoices: [] });
    expect(await lead()).toMatchObject({ status: 'converted' });
    expect(await sendPayLink(system, answer.paymentId ?? '', new Date())).toBeNull();
  });

  it('is sold while the provider is away, and mailed once when it answers again', async () => {
    const { mk } = world.current;
    const system = await systemScopeOf(mk);
    const { PADDLE_API_BASE } = env;
    useTestSettings({ PADDLE_API_BASE: undefined });
    const answer = await callerFor(await scopeOf(mk, mk.branches[0].manager)).enrolments.enrol(enrolInputOf(mk, byLink));
    useTestSettings({ PADDLE_API_BASE });
    expect(answer).toMatchObject({ payLink: null, paymentId: expect.any(String) as unknown });
    const links = await Promise.all([1, 2, 3].map(() => sendPayLink(system, answer.paymentId ?? '', new Date())));
    expect(new Set(links).size).toBe(1);
    const sent = await withTenant(system, (tx) => tx.select().from(mails).where(and(eq(mails.tenantId, mk.id), eq(mails.userId, answer.memberId), eq(mails.template, 'payment-link'))));
    expect(sent.map(({ text }) => text.includes(links[0] ?? '-'))).toEqual([true]);
  });
});
