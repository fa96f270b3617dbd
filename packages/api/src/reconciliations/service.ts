import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { differenceKinds, fullName, isCurrency, money, notFound, reconciliationStatuses, type DifferenceKind, type Money, type ReconciliationStatus } from '@interdomestik/rules';
import { inAction, readTenant, scopeFor, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { paymentAccounts, payments, reconciliationDifferences, reconciliations, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { beginReconciliation } from './run';

const ofAccount = and(eq(paymentAccounts.tenantId, reconciliations.tenantId), eq(paymentAccounts.id, reconciliations.paymentAccountId));
const listed = 30;

function statusOf(text: string): ReconciliationStatus {
  const status = reconciliationStatuses.find((one) => one === text);
  if (status === undefined) throw new Error('a reconciliation has an unknown status');
  return status;
}

/** The last runs, newest first, and the accounts that can be compared. */
export async function listReconciliations(scope: TenantScope) {
  const acting = inAction(scope, 'reconciliations.list');
  const runs = await readTenant(acting, (tx) =>
    tx.select({
      id: reconciliations.id, status: reconciliations.status, since: reconciliations.since, checked: reconciliations.checked, repaired: reconciliations.repaired, found: reconciliations.found, reason: reconciliations.reason,
      createdAt: reconciliations.createdAt, finishedAt: reconciliations.finishedAt, accountName: paymentAccounts.name, firstName: user.firstName, lastName: user.lastName,
    }).from(reconciliations).innerJoin(paymentAccounts, ofAccount).leftJoin(user, and(eq(user.tenantId, reconciliations.tenantId), eq(user.id, reconciliations.createdBy)))
      .where(visible(scope, reconciliations)).orderBy(desc(reconciliations.createdAt), desc(reconciliations.id)).limit(listed));
  const accounts = await readTenant(acting, (tx) =>
    tx.select({ id: paymentAccounts.id, name: paymentAccounts.name }).from(paymentAccounts)
      .where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, 'paddle'), isNotNull(paymentAccounts.credentials))).orderBy(asc(paymentAccounts.name)));
  return {
    accounts,
    runs: runs.map(({ firstName, lastName, ...run }) => ({ ...run, status: statusOf(run.status), by: firstName === null || lastName === null ? null : fullName({ firstName, lastName }) })),
  };
}

export interface DifferenceListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly filters?: { readonly resolved?: boolean | undefined } | undefined;
}

const kindOf = (text: string): DifferenceKind => differenceKinds.find((one) => one === text) ?? 'unknown';
const sum = (minor: bigint | null, currency: string | null): Money | null => (minor === null || !isCurrency(currency) ? null : money(minor, currency));

/** What the provider lists otherwise than we do, newest first; with `resolved` what was so once and is mended. The payer's name only for who may see people. */
export async function listDifferences(scope: TenantScope, input: DifferenceListInput) {
  const seesPeople = scopeFor(scope, 'members.read')?.reach.kind === 'tenant';
  const rows = await readTenant(inAction(scope, 'reconciliations.differences'), (tx) =>
    tx.select({
      id: reconciliationDifferences.id, kind: reconciliationDifferences.kind, providerId: reconciliationDifferences.providerId, createdAt: reconciliationDifferences.createdAt, resolvedAt: reconciliationDifferences.resolvedAt,
      toldMinor: reconciliationDifferences.toldMinor, toldCurrency: reconciliationDifferences.toldCurrency, oursMinor: reconciliationDifferences.oursMinor, oursCurrency: reconciliationDifferences.oursCurrency,
      accountName: paymentAccounts.name, userId: user.id, firstName: user.firstName, lastName: user.lastName, at: exactInstant(reconciliationDifferences.createdAt),
    }).from(reconciliationDifferences)
      .innerJoin(paymentAccounts, and(eq(paymentAccounts.tenantId, reconciliationDifferences.tenantId), eq(paymentAccounts.id, reconciliationDifferences.paymentAccountId)))
      .leftJoin(payments, and(visible(scope, payments), eq(payments.id, reconciliationDifferences.paymentId)))
      .leftJoin(user, and(visible(scope, user), eq(user.id, payments.userId)))
      .where(and(
        visible(scope, reconciliationDifferences), olderThan(reconciliationDifferences.createdAt, reconciliationDifferences.id, input.cursor),
        input.filters?.resolved === true ? isNotNull(reconciliationDifferences.resolvedAt) : isNull(reconciliationDifferences.resolvedAt),
      ))
      .orderBy(desc(reconciliationDifferences.createdAt), desc(reconciliationDifferences.id)).limit(input.limit + 1));
  const page = newestPage(rows, input.limit);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ id, kind, providerId, createdAt, resolvedAt, accountName, userId, firstName, lastName, ...sums }) => ({
      id, kind: kindOf(kind), providerId, createdAt, resolvedAt, accountName, told: sum(sums.toldMinor, sums.toldCurrency), ours: sum(sums.oursMinor, sums.oursCurrency),
      payer: !seesPeople || userId === null || firstName === null || lastName === null ? null : { id: userId, name: fullName({ firstName, lastName }) },
    })),
  };
}

/** Begins a comparison, or gives the one that is under way. Throws NOT_FOUND for an account that is not the tenant's or has no key. */
export async function startReconciliation(scope: TenantScope, { accountId, whole }: { readonly accountId: string; readonly whole: boolean }, now: Date): Promise<{ readonly id: string }> {
  const acting = inAction(scope, 'reconciliations.start');
  return await withTenant(acting, async (tx) => {
    const [account] = await tx.select({ id: paymentAccounts.id }).from(paymentAccounts)
      .where(and(visible(scope, paymentAccounts), eq(paymentAccounts.id, accountId), eq(paymentAccounts.provider, 'paddle'), isNotNull(paymentAccounts.credentials)));
    if (account === undefined) throw notFound();
    return { id: await beginReconciliation(tx, acting, { accountId, whole, createdBy: scope.actor.kind === 'user' ? scope.actor.id : null }, now) };
  });
}
