import { and, count, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import { listTenants, withPlatform, type PlatformScope } from '@interdomestik/db';
import { claims, memberships, payments, platformEntries, tenants, user } from '@interdomestik/db/schema';

export interface TenantFigures {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly countryCode: string;
  readonly status: string;
  readonly members: number;
  readonly activeMemberships: number;
  readonly openClaims: number;
  readonly paymentsLast30Days: number;
  readonly lastEntryAt: Date | null;
}

const openClaim = ['submitted', 'verification', 'evaluation', 'negotiation', 'court'];

/**
 * Counts of every tenant for the super admins' console: the one place that looks into several tenants (I-28). It visits one
 * tenant after the other, each in a transaction of its own under that tenant's policies; there is no policy that spans two.
 * Counts only: no row of a person leaves a tenant this way.
 */
export async function tenantFigures(scope: PlatformScope, now: Date): Promise<TenantFigures[]> {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const figures: TenantFigures[] = [];
  for (const tenant of await listTenants()) {
    figures.push(await withPlatform(scope, 'platform.figures', async (tx) => {
      const one = async (query: Promise<{ value: number }[]>) => (await query)[0]?.value ?? 0;
      const [members, active, open, paid, [entry], [row]] = await Promise.all([
        one(tx.select({ value: count() }).from(user).where(and(eq(user.tenantId, tenant.id), isNotNull(user.memberNumber)))),
        one(tx.select({ value: count() }).from(memberships).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.status, 'active')))),
        one(tx.select({ value: count() }).from(claims).where(and(eq(claims.tenantId, tenant.id), inArray(claims.status, openClaim)))),
        one(tx.select({ value: count() }).from(payments).where(and(eq(payments.tenantId, tenant.id), gte(payments.paidAt, since)))),
        tx.select({ at: sql<Date | null>`max(${platformEntries.startedAt})`.mapWith(platformEntries.startedAt) }).from(platformEntries).where(eq(platformEntries.tenantId, tenant.id)),
        tx.select({ status: tenants.status }).from(tenants).where(eq(tenants.id, tenant.id)),
      ]);
      return {
        id: tenant.id, slug: tenant.slug, name: tenant.name, countryCode: tenant.countryCode, status: row?.status ?? tenant.status,
        members, activeMemberships: active, openClaims: open, paymentsLast30Days: paid, lastEntryAt: entry?.at ?? null,
      };
    }, { tenantId: tenant.id }));
  }
  return figures;
}
