import { and, asc, eq } from 'drizzle-orm';
import { nameForm, todayIn, unavailable, type DateOnly, type LegacyMethod } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { branches, paymentAccounts } from '@interdomestik/db/schema';

import { ruleOf } from '../settings/rules';

/** What the rows of history hang on: read once, before the first is written. */
export interface HistoryContext {
  readonly today: DateOnly;
  /** The branch that a cell names; the default one where it names none that there is. */
  readonly branchOf: (cell: string) => string;
  readonly accountOf: (method: LegacyMethod) => { readonly id: string; readonly taxDocumentIssuer: string };
}

const providerOf = { cash: 'cash', bank_transfer: 'bank_transfer', card: 'paddle' } as const;

/** Throws UNAVAILABLE for a tenant without a branch or a payment account. */
export async function historyContext(scope: TenantScope, now: Date): Promise<HistoryContext> {
  const [enrolment, places, accounts] = await Promise.all([
    ruleOf(scope, 'enrolment', now),
    readTenant(scope, (tx) => tx.select({ id: branches.id, code: branches.code, name: branches.name, city: branches.city }).from(branches).where(eq(branches.tenantId, scope.tenantId)).orderBy(asc(branches.createdAt), asc(branches.id))),
    readTenant(scope, (tx) => tx.select({ id: paymentAccounts.id, provider: paymentAccounts.provider, taxDocumentIssuer: paymentAccounts.taxDocumentIssuer }).from(paymentAccounts)
      .where(and(eq(paymentAccounts.tenantId, scope.tenantId))).orderBy(asc(paymentAccounts.createdAt), asc(paymentAccounts.id))),
  ]);
  const fallback = places.find(({ code }) => code === enrolment.value.defaultBranchCode) ?? places[0];
  const account = accounts.find(({ taxDocumentIssuer }) => taxDocumentIssuer === 'tenant') ?? accounts[0];
  if (fallback === undefined || account === undefined) throw unavailable('errors.rule.missing');
  const byName = new Map(places.flatMap(({ id, code, name, city }) => [city, name, code].map((text) => [nameForm(text), id] as const)).toReversed());
  const known = new Map<string, string>();
  return {
    today: todayIn(scope.tenant.timeZone, now),
    branchOf: (cell) => {
      const id = known.get(cell) ?? byName.get(nameForm(cell)) ?? fallback.id;
      if (known.size < 10_000) known.set(cell, id);
      return id;
    },
    // history of a way of payment that the tenant has no account for any more hangs on one of its own
    accountOf: (method) => accounts.find(({ provider }) => provider === providerOf[method]) ?? account,
  };
}
