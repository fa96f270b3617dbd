import { and, eq, sql } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { cards, ledgerEntries, ledgerTransactions, mails, memberships, notifications, payments, user, webhookEvents } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, systemScopeOf, visitorOf } from './callers';
import { joinInputOf } from './join';
import type { TestTenant } from './world';

/** A sale that waits for its payment, as the provider knows it. */
export interface PendingSale {
  readonly tenant: TestTenant;
  readonly userId: string;
  readonly email: string;
  readonly membershipId: string;
  readonly paymentId: string;
  readonly transactionId: string;
}

/** Joins a new person and gives the sale a transaction of its own, without a simulator. */
export async function pendingSale(tenant: TestTenant, changes: Record<string, unknown> = {}): Promise<PendingSale> {
  const input = joinInputOf(tenant, changes);
  // everybody from an address of their own: the limit of joins an hour is not what these tests are about
  const { paymentId, membershipId } = await callerFor(await visitorOf(tenant), { ip: newId() }).accounts.join(input);
  if (paymentId === null || membershipId === null) throw new Error('the test sale was not made');
  const transactionId = `txn_${newId()}`;
  const scope = await systemScopeOf(tenant);
  return await withTenant(scope, async (tx) => {
    const [payment] = await tx.update(payments).set({ providerTransactionId: transactionId, checkoutUrl: 'http://localhost/pay' })
      .where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId))).returning({ userId: payments.userId });
    return { tenant, userId: payment?.userId ?? '', email: input.email, membershipId, paymentId, transactionId };
  });
}

/** Everything that a sale has brought so far, read behind the services' backs. */
export async function factsOf(sale: PendingSale) {
  const { tenant, userId, membershipId, paymentId } = sale;
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [payment] = await tx.select().from(payments).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId)));
    const [membership] = await tx.select().from(memberships).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.id, membershipId)));
    const [person] = await tx.select().from(user).where(and(eq(user.tenantId, tenant.id), eq(user.id, userId)));
    const ledger = await tx.select({ kind: ledgerTransactions.kind, total: sql<string>`sum(${ledgerEntries.amountMinor})::text`, turnover: sql<string>`sum(abs(${ledgerEntries.amountMinor}))::text` })
      .from(ledgerTransactions).innerJoin(ledgerEntries, and(eq(ledgerEntries.tenantId, ledgerTransactions.tenantId), eq(ledgerEntries.transactionId, ledgerTransactions.id)))
      .where(and(eq(ledgerTransactions.tenantId, tenant.id), eq(ledgerTransactions.sourceId, paymentId))).groupBy(ledgerTransactions.id, ledgerTransactions.kind);
    const card = await tx.select({ code: cards.code }).from(cards).where(and(eq(cards.tenantId, tenant.id), eq(cards.membershipId, membershipId)));
    const mail = await tx.select({ template: mails.template, status: mails.status }).from(mails).where(and(eq(mails.tenantId, tenant.id), eq(mails.userId, userId)));
    const told = await tx.select({ kind: notifications.kind }).from(notifications).where(and(eq(notifications.tenantId, tenant.id), eq(notifications.userId, userId)));
    return {
      payment, membership, memberNumber: person?.memberNumber ?? null, cards: card.map(({ code }) => code), ledger: ledger.toSorted((a, b) => a.kind.localeCompare(b.kind)),
      mails: mail.map(({ template }) => template).toSorted(), mailStatus: mail.map(({ status }) => status), notifications: told.map(({ kind }) => kind).toSorted(),
    };
  });
}

/** The inbox of a tenant by event id: where it stands and why. */
export async function inboxOf(tenant: TestTenant, eventId?: string) {
  return await withTenant(await systemScopeOf(tenant), (tx) =>
    tx.select({ id: webhookEvents.id, eventId: webhookEvents.eventId, status: webhookEvents.status, reason: webhookEvents.reason, attempts: webhookEvents.attempts }).from(webhookEvents)
      .where(and(eq(webhookEvents.tenantId, tenant.id), eventId === undefined ? undefined : eq(webhookEvents.eventId, eventId))));
}
