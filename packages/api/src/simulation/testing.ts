import { and, eq, inArray, isNull } from 'drizzle-orm';
import { addDays, newId, periodOfMonths, quote, resolveRule, todayIn, type QuoteRequest, type QuoteRules, type RuleInput } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { claimEvents, claims, memberships, payments, tenantSettings } from '@interdomestik/db/schema';
import { systemScopeOf, type TestTenant } from '../testing';

/** A sale of the past as a test lays it down. */
export interface LaidSale {
  readonly id: string;
  readonly branchId: string;
  readonly request: QuoteRequest;
  readonly billed: bigint;
}

/** The pack's products and tax, as the world publishes them, with a change to each plan's price. */
export function rulesWith(tenant: TestTenant, changes: { products?: Partial<RuleInput<'products'>>; tax?: Partial<RuleInput<'tax'>> } = {}): QuoteRules {
  const { rules } = tenant.pack;
  return {
    products: resolveRule('products', [], new Date(), null, { ...rules.products, ...changes.products }),
    tax: resolveRule('tax', [], new Date(), null, { ...rules.tax, ...changes.tax }),
  };
}

/** The pack's plans with one of them at another price in euro. */
export const atPrice = ({ pack }: TestTenant, code: string, minor: number): RuleInput<'products'> => ({
  ...pack.rules.products,
  plans: pack.rules.products.plans.map((plan) => (plan.code === code ? { ...plan, prices: plan.prices.map((price) => (price.currency === 'EUR' ? { ...price, minor: String(minor) } : price)) } : plan)),
});

/** Writes sales that were made and paid `daysAgo`, every second one without a receipt, as old ones are. */
export async function laySales(tenant: TestTenant, wanted: readonly { planCode: string; channel: 'self_service' | 'agent'; daysAgo: number; branch: 0 | 1; billed?: bigint }[]): Promise<LaidSale[]> {
  const rules = rulesWith(tenant);
  const now = new Date();
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const laid: LaidSale[] = [];
    for (const [index, { planCode, channel, daysAgo, branch, billed }] of wanted.entries()) {
      const { id: branchId, member } = tenant.branches[branch];
      const createdAt = new Date(now.getTime() - daysAgo * 86_400_000);
      const on = addDays(todayIn(tenant.pack.zone, now), -daysAgo);
      const request: QuoteRequest = { planCode, channel, currency: 'EUR', on, people: 1 };
      const priced = quote(rules, request);
      const { start, end } = periodOfMonths(on, 12);
      const id = newId();
      const charged = billed ?? priced.money.minor;
      await tx.insert(memberships).values({
        tenantId: tenant.id, id, userId: member.id, branchId, planCode, channel, status: 'active', startsOn: start, endsOn: end, priceMinor: charged, currency: 'EUR', activatedAt: createdAt, createdAt,
        receipt: index % 2 === 0 ? priced.receipt : null,
      });
      await tx.insert(payments).values({
        tenantId: tenant.id, id: newId(), userId: member.id, branchId, membershipId: id, paymentAccountId: tenant.card.id, method: 'card', status: 'succeeded', amountMinor: charged, currency: 'EUR',
        taxDocumentIssuer: 'provider', paidAt: createdAt, createdAt, providerTransactionId: `txn_${id}`,
      });
      laid.push({ id, branchId, request, billed: charged });
    }
    return laid;
  });
}

/** Writes a claim with its way so far; `steps`: states with the days ago on which they were entered. */
export async function layClaim(tenant: TestTenant, { branch, membershipId, steps, recovered = null }: { branch: 0 | 1; membershipId: string; steps: readonly (readonly [state: string, daysAgo: number])[]; recovered?: bigint | null }): Promise<string> {
  const { id: branchId, member } = tenant.branches[branch];
  const now = new Date();
  const at = (daysAgo: number): Date => new Date(now.getTime() - daysAgo * 86_400_000);
  const [first] = steps;
  const submittedAt = at(first?.[1] ?? 1);
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(claims).values({
      tenantId: tenant.id, id, userId: member.id, branchId, membershipId, code: `TEST-${id}`, category: 'vehicle', status: steps.at(-1)?.[0] ?? 'submitted', incidentOn: addDays(todayIn(tenant.pack.zone, submittedAt), -2),
      counterparty: 'Transport', description: 'A car hit mine from behind.', claimedMinor: 300_000n, recoveredMinor: recovered, feeMinor: recovered === null ? null : 1n, currency: 'EUR', submittedAt, packCompleteAt: submittedAt, createdAt: submittedAt,
    });
    let from = 'draft';
    for (const [to, daysAgo] of steps) {
      await tx.insert(claimEvents).values({ tenantId: tenant.id, id: newId(), claimId: id, userId: member.id, branchId, kind: 'status', fromStatus: from, toStatus: to, createdAt: at(daysAgo) });
      from = to;
    }
  });
  return id;
}

/** An open draft of a kind, for the tenant or for a branch, in place of any other there; its id. */
export async function layDraft(tenant: TestTenant, kind: 'products' | 'tax' | 'workflows', value: unknown, branchId: string | null = null): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(tenantSettings).set({ status: 'withdrawn' }).where(and(eq(tenantSettings.tenantId, tenant.id), eq(tenantSettings.kind, kind), branchId === null ? isNull(tenantSettings.branchId) : eq(tenantSettings.branchId, branchId), inArray(tenantSettings.status, ['draft', 'validated', 'approved'])));
    const versions = await tx.select({ version: tenantSettings.version, status: tenantSettings.status }).from(tenantSettings).where(and(eq(tenantSettings.tenantId, tenant.id), eq(tenantSettings.kind, kind)));
    await tx.insert(tenantSettings).values({ tenantId: tenant.id, id, kind, branchId, version: Math.max(...versions.map(({ version }) => version)) + 1, status: 'draft', baseVersion: Math.max(...versions.filter(({ status }) => status === 'published').map(({ version }) => version)), value, createdBy: tenant.admin.id, updatedBy: tenant.admin.id });
  });
  return id;
}
