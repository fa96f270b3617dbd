import { and, eq, inArray } from 'drizzle-orm';
import { listTenants, withTenant } from '@interdomestik/db';
import { auditChecks, cashReceipts, claims, couponRedemptions, erasureRequests, mails, memberships, memberTransfers, paymentAccounts, payments, policies, receiptChecks, reconciliations, refunds, user } from '@interdomestik/db/schema';
import { addDays, newId, todayIn } from '@interdomestik/rules';
import { lateTransferAt, lineAt } from '../bank/bank.attack';
import { clearanceAt } from '../clearances/clearances.attack';
import { catchUpCommissions } from '../commissions/catch-up';
import { wishAt } from '../erasures/erasures.attack';
import { readImport, takenImport } from '../imports/testing';
import { runAt } from '../reconciliations/reconciliations.attack';
import { ruleOf } from '../settings/rules';
import { atPrice, layDraft } from '../simulation/testing';
import { callerFor, publishRule, scopeOf, systemScopeOf } from '../testing';
import { eventAt } from '../webhooks/webhooks.attack';
import type { Place } from './place';

/** A payload with ids of the place's own rows, of work that changes something there. Made anew for every use. */
export type JobAttack = (place: Place) => Promise<Readonly<Record<string, unknown>>>;

/** A mail that waits to be sent. */
async function queuedMail({ tenant, word }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(mails).values({ tenantId: tenant.id, id, toEmail: `${id}@${tenant.slug}.example`, locale: 'en', template: 'password-reset', subject: word, html: word, text: word, effectKey: id });
  });
  return id;
}

/** A policy that stayed behind in the next branch when its member moved here. */
async function leaveBehind({ tenant, branch, newPolicy }: Place): Promise<void> {
  const id = await newPolicy();
  const elsewhere = tenant.branches.find((candidate) => candidate.id !== branch.id)?.id;
  if (elsewhere === undefined) throw new Error('a tenant with one branch');
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(policies).set({ branchId: elsewhere }).where(eq(policies.id, id));
  });
}

/** A transfer that was approved, of a member with an address; the member is not told yet. */
async function approvedTransfer({ tenant, branch, people }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(memberTransfers).values({ tenantId: tenant.id, id, userId: people.member.id, fromBranchId: branch.id, toBranchId: branch.id, reason: 'Nobody has time', status: 'approved', decidedAt: new Date() });
  });
  return id;
}

/** A claim of the place whose deadline has passed, by a rule. */
async function lateClaim({ tenant, newClaim }: Place): Promise<void> {
  const id = await newClaim();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(claims).set({ stageSince: new Date(Date.now() - 7_200_000), slaDueAt: new Date(Date.now() - 3_600_000) }).where(and(eq(claims.tenantId, tenant.id), eq(claims.id, id)));
  });
}

/** All that was sold before is settled: what is left to do is of one place alone. */
async function settleEverything(): Promise<void> {
  for (const { id } of await listTenants()) await catchUpCommissions(await systemScopeOf({ id }), new Date());
}

/** The payment of a sale that has not earned its seller anything yet. */
async function freshSale({ tenant, newReceipt }: Place): Promise<string> {
  const id = await newReceipt();
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const [receipt] = await tx.select({ paymentId: cashReceipts.paymentId }).from(cashReceipts).where(and(eq(cashReceipts.tenantId, tenant.id), eq(cashReceipts.id, id)));
    if (receipt === undefined) throw new Error('the place has no receipt');
    return receipt.paymentId;
  });
}

/** Cash that an agent of the place has held for months. */
async function oldCash({ tenant, newReceipt }: Place): Promise<void> {
  const id = await newReceipt();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(cashReceipts).set({ collectedAt: new Date(Date.now() - 90 * 86_400_000) }).where(and(eq(cashReceipts.tenantId, tenant.id), eq(cashReceipts.id, id)));
  });
}

/** A trial that waits for its worker. */
async function queuedTrial({ tenant }: Place): Promise<string> {
  const settingId = await layDraft(tenant, 'products', atPrice(tenant, 'asistenca', 2600));
  const { id } = await callerFor(await scopeOf(tenant, tenant.admin)).simulation.start({ settingId, days: 90 });
  return id;
}

/** A sale of somebody new that waits for its payment and holds a coupon; its membership. */
async function heldCoupon({ tenant, branch, word }: Place): Promise<string> {
  const owner = { tenantId: tenant.id, branchId: branch.id };
  const [userId, membershipId] = [newId(), newId()];
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(user).values({ ...owner, id: userId, firstName: word, lastName: 'Newcomer', locale: 'en' });
    await tx.insert(memberships).values({ ...owner, id: membershipId, userId, planCode: 'asistenca', channel: 'self_service', priceMinor: 0n, currency: 'EUR' });
    await tx.insert(couponRedemptions).values({ ...owner, id: newId(), code: word.toUpperCase(), membershipId, userId, amountMinor: 0n, currency: 'EUR' });
  });
  return membershipId;
}

/** A membership of somebody new whose last day was yesterday. */
async function endedMembership({ tenant, branch, word }: Place): Promise<void> {
  const owner = { tenantId: tenant.id, branchId: branch.id };
  const userId = newId();
  const today = todayIn(tenant.pack.zone, new Date());
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(user).values({ ...owner, id: userId, firstName: word, lastName: 'Ended', locale: 'en' });
    await tx.insert(memberships).values({ ...owner, id: newId(), userId, planCode: 'asistenca', channel: 'self_service', status: 'active', startsOn: addDays(today, -365), endsOn: today, priceMinor: 1n, currency: 'EUR' });
  });
}

/** A refund that is still to be sent, of a payment that was given back at the provider itself meanwhile. */
async function overtakenRefund({ tenant, branch, people, rows, newOpenPayment }: Place): Promise<string> {
  const id = newId();
  const paymentId = await newOpenPayment();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(payments).set({ status: 'refunded', paidAt: new Date(), refundedMinor: 3500n }).where(and(eq(payments.tenantId, tenant.id), eq(payments.id, paymentId)));
    await tx.insert(refunds).values({
      tenantId: tenant.id, id, paymentId, membershipId: rows.membershipId, userId: people.member.id, branchId: branch.id, source: 'provider', amountMinor: 3500n, currency: 'EUR', status: 'asked', note: 'Changed their mind', askedBy: people.admin.id,
    });
  });
  return id;
}

/** A refund that the provider has not heard of since last week. */
async function lostRefund(place: Place): Promise<void> {
  const id = await overtakenRefund(place);
  const long = new Date(Date.now() - 8 * 86_400_000);
  await withTenant(await systemScopeOf(place.tenant), async (tx) => {
    const [kept] = await tx.select().from(refunds).where(and(eq(refunds.tenantId, place.tenant.id), eq(refunds.id, id)));
    if (kept === undefined) throw new Error('the place has no refund');
    // what was asked for once does not change: an older one takes its place
    await tx.update(refunds).set({ status: 'refused' }).where(and(eq(refunds.tenantId, place.tenant.id), eq(refunds.id, id)));
    await tx.insert(refunds).values({ ...kept, id: newId(), createdAt: long, updatedAt: long });
  });
}

/** A check of the receipts that nobody has begun yet. */
async function queuedCheck({ tenant }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => { await tx.insert(receiptChecks).values({ tenantId: tenant.id, id }); });
  return id;
}

/** Everybody else's receipts were looked at a moment ago, and here nothing is under way: the turn is this tenant's alone. */
async function dayForChecks({ tenant }: Place): Promise<void> {
  for (const { id } of await listTenants()) {
    const own = id === tenant.id;
    await withTenant(await systemScopeOf({ id }), async (tx) => {
      if (own) await tx.update(receiptChecks).set({ status: 'failed' }).where(eq(receiptChecks.tenantId, id));
      else await tx.insert(receiptChecks).values({ tenantId: id, id: newId(), status: 'done', finishedAt: new Date() });
    });
  }
}

/** Everybody else's trail was checked a moment ago: the turn is this tenant's alone. */
async function trailForCheck({ tenant }: Place): Promise<void> {
  for (const { id } of await listTenants()) {
    if (id === tenant.id) continue;
    await withTenant(await systemScopeOf({ id }), (tx) => tx.insert(auditChecks).values({ tenantId: id, id: newId(), checkedAt: new Date(), rows: 0, seals: 0, faults: 0, findings: [] }));
  }
}

/** Nobody has compared this tenant's accounts for days, and the other tenants' a moment ago. */
async function longAgo({ tenant }: Place): Promise<void> {
  for (const { id } of await listTenants()) {
    await withTenant(await systemScopeOf({ id }), async (tx) => {
      const own = and(eq(reconciliations.tenantId, id), inArray(reconciliations.status, ['queued', 'running', 'done', 'failed']));
      if (id === tenant.id) await tx.update(reconciliations).set({ status: 'failed', createdAt: new Date(Date.now() - 3 * 86_400_000) }).where(own);
      const accounts = id === tenant.id ? [] : await tx.select({ id: paymentAccounts.id }).from(paymentAccounts).where(eq(paymentAccounts.tenantId, id));
      for (const account of accounts) await tx.insert(reconciliations).values({ tenantId: id, id: newId(), paymentAccountId: account.id, status: 'failed', until: new Date() });
    });
  }
}

/** A mail of years ago, in a tenant whose rule lets what is over its time go by itself. */
async function overdueMail(place: Place): Promise<void> {
  const id = await queuedMail(place);
  await withTenant(await systemScopeOf(place.tenant), async (tx) => {
    await tx.update(mails).set({ status: 'sent', createdAt: new Date(Date.now() - 1000 * 86_400_000) }).where(and(eq(mails.tenantId, place.tenant.id), eq(mails.id, id)));
  });
  const { value } = await ruleOf(await systemScopeOf(place.tenant), 'retention', new Date());
  if (!value.nightly) await publishRule(place.tenant, 'retention', 60, { ...place.tenant.pack.rules.retention, nightly: true });
}

/** A wish that was approved hours ago and never carried out. */
async function halfErased(place: Place): Promise<void> {
  const id = await wishAt(place, 'approved');
  await withTenant(await systemScopeOf(place.tenant), async (tx) => {
    await tx.update(erasureRequests).set({ updatedAt: new Date(Date.now() - 7_200_000) }).where(and(eq(erasureRequests.tenantId, place.tenant.id), eq(erasureRequests.id, id)));
  });
}

/** Every kind of job by its name (I-27); one without an entry fails the test, by its name. */
export const jobAttacks: Readonly<Record<string, JobAttack>> = {
  'mails.send': async (place) => ({ mailId: await queuedMail(place) }),
  'webhooks.process': async (place) => ({ eventRowId: await eventAt(place, 'received') }),
  'audit.check': async (place) => {
    await trailForCheck(place);
    return { turn: `turn of ${place.word}` };
  },
  'retention.nightly': async (place) => {
    await overdueMail(place);
    return { turn: `turn of ${place.word}` };
  },
  'erasures.run': async (place) => ({ requestId: await wishAt(place, 'approved') }),
  'erasures.watch': async (place) => {
    await halfErased(place);
    return { turn: `turn of ${place.word}` };
  },
  'webhooks.sweep': async (place) => {
    await eventAt(place, 'parked');
    return { turn: `turn of ${place.word}` };
  },
  'invoices.render': async ({ rows }) => await Promise.resolve({ invoiceId: rows.invoiceId }),
  'clearances.submit': async (place) => ({ clearanceId: (await clearanceAt(place, 'waiting')).id }),
  'clearances.render': async (place) => ({ clearanceId: (await clearanceAt(place, 'cleared')).id }),
  'clearances.watch': async (place) => {
    await clearanceAt(place, 'waiting');
    return { turn: `turn of ${place.word}` };
  },
  'cash.renderReceipt': async ({ newReceipt }) => ({ receiptId: await newReceipt() }),
  'cash.watch': async (place) => {
    await oldCash(place);
    return { turn: `turn of ${place.word}` };
  },
  'bank.match': async (place) => ({ statementId: (await lineAt(place, 'new')).statementId }),
  'bank.lapse': async (place) => {
    await lateTransferAt(place);
    return { turn: `turn of ${place.word}` };
  },
  'commissions.settle': async (place) => ({ paymentId: await freshSale(place) }),
  'commissions.catchUp': async (place) => {
    await settleEverything();
    await freshSale(place);
    return { turn: `turn of ${place.word}` };
  },
  'commissions.renderStatement': async ({ newPayout }) => ({ payoutId: await newPayout() }),
  'memberships.watch': async (place) => {
    await endedMembership(place);
    return { turn: `turn of ${place.word}` };
  },
  'memberships.releaseCoupon': async (place) => ({ membershipId: await heldCoupon(place) }),
  'enrolments.sendPayLink': async ({ newOpenPayment }) => ({ paymentId: await newOpenPayment() }),
  'refunds.watch': async (place) => {
    await lostRefund(place);
    return { turn: `turn of ${place.word}` };
  },
  'refunds.send': async (place) => ({ refundId: await overtakenRefund(place) }),
  'transfers.gather': async (place) => {
    await leaveBehind(place);
    return { userIds: [place.people.member.id] };
  },
  'claims.watchDeadlines': async (place) => {
    await lateClaim(place);
    return { turn: `turn of ${place.word}` };
  },
  'instalments.remind': async (place) => {
    await place.newInstalment('cash');
    return { turn: `turn of ${place.word}` };
  },
  'settings.simulate': async (place) => ({ simulationId: await queuedTrial(place) }),
  'imports.try': async (place) => ({ batchId: await readImport(place) }),
  'imports.run': async (place) => ({ batchId: await readImport(place) }),
  'imports.undo': async (place) => ({ batchId: await takenImport(place) }),
  'receipts.recheck': async (place) => ({ checkId: await queuedCheck(place) }),
  'reconciliations.run': async (place) => ({ reconciliationId: await runAt(place) }),
  'reconciliations.nightly': async (place) => {
    await longAgo(place);
    return { turn: `turn of ${place.word}` };
  },
  'receipts.daily': async (place) => {
    await dayForChecks(place);
    return { turn: `turn of ${place.word}` };
  },
  'transfers.mailMoved': async (place) => ({ transferIds: [await approvedTransfer(place)] }),
};
