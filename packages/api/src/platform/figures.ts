import { and, asc, count, desc, eq, gte, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import { listTenants, queryIn, withPlatform, withTenant, type PlatformScope, type Tenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, branches, claims, mails, memberships, paymentAccounts, payments, platformEntries, platformUsers, tenants, user, userRoles, webhookEvents } from '@interdomestik/db/schema';
import { flagViews } from '../flags/service';
import { languagesOf } from '../settings/languages';
import { consoleIn, tenantOf } from './console';

const openClaim = ['submitted', 'verification', 'evaluation', 'negotiation', 'court'];
const stuckEvent = ['failed', 'dead', 'parked'];
const one = async (query: Promise<{ value: number }[]>): Promise<number> => (await query)[0]?.value ?? 0;

/** What the super admins' own database role can see of a tenant. */
async function business(scope: PlatformScope, tenant: Tenant, now: Date) {
  const since = new Date(now.getTime() - 30 * 86_400_000);
  return await withPlatform(scope, 'platform.figures', async (tx) => {
    const [members, activeMemberships, openClaims, paymentsLast30Days, [entry], [row]] = await Promise.all([
      one(tx.select({ value: count() }).from(user).where(and(eq(user.tenantId, tenant.id), isNotNull(user.memberNumber)))),
      one(tx.select({ value: count() }).from(memberships).where(and(eq(memberships.tenantId, tenant.id), eq(memberships.status, 'active')))),
      one(tx.select({ value: count() }).from(claims).where(and(eq(claims.tenantId, tenant.id), inArray(claims.status, openClaim)))),
      one(tx.select({ value: count() }).from(payments).where(and(eq(payments.tenantId, tenant.id), gte(payments.paidAt, since)))),
      tx.select({ at: sql<Date | null>`max(${platformEntries.startedAt})`.mapWith(platformEntries.startedAt) }).from(platformEntries).where(eq(platformEntries.tenantId, tenant.id)),
      tx.select({ status: tenants.status }).from(tenants).where(eq(tenants.id, tenant.id)),
    ]);
    return { status: row?.status ?? tenant.status, members, activeMemberships, openClaims, paymentsLast30Days, lastEntryAt: entry?.at ?? null };
  }, { tenantId: tenant.id });
}

/** A mail that has waited this long was not merely about to leave. */
const waitingMinutes = 15;

/** Beyond this many the exact number tells nobody anything. */
const mostFailed = 1000;

/**
 * Jobs of the tenant that were given up, in the queue and in its archive of a week: by the index that `installQueues` makes over the failed
 * ones alone, so that neither a long queue nor another tenant's failures make it slow.
 */
const failedJobs = (tx: Tx, tenantId: string) =>
  queryIn(tx, `select count(*)::int as value from (
    (select 1 from pgboss.job where state = 'failed' and data->>'tenantId' = $1 limit $2) union all (select 1 from pgboss.archive where state = 'failed' and data->>'tenantId' = $1 limit $2)
  ) as given_up`, [tenantId, mostFailed]);

/** What does not run as it should, and when somebody last did something. The super admins' role cannot read inbox, mails and queue, so the tenant counts them itself. */
async function health(inside: TenantScope, tenant: Tenant, now: Date) {
  return await withTenant(inside, async (tx) => {
    const [stuckEvents, unsentMails, failed, [last]] = await Promise.all([
      one(tx.select({ value: count() }).from(webhookEvents).where(and(eq(webhookEvents.tenantId, tenant.id), inArray(webhookEvents.status, stuckEvent)))),
      one(tx.select({ value: count() }).from(mails).where(and(eq(mails.tenantId, tenant.id), or(eq(mails.status, 'failed'), and(eq(mails.status, 'queued'), lt(mails.createdAt, new Date(now.getTime() - waitingMinutes * 60_000))))))),
      // the queue has no policies of its own: its tenant is the one in the sealed envelope
      failedJobs(tx, tenant.id),
      tx.select({ at: sql<Date | null>`max(${auditLogs.at})`.mapWith(auditLogs.at) }).from(auditLogs).where(and(eq(auditLogs.tenantId, tenant.id), ne(auditLogs.actorKind, 'platform'))),
    ]);
    return { stuckEvents, unsentMails, failedJobs: (failed.rows[0] as { value: number } | undefined)?.value ?? 0, lastActivityAt: last?.at ?? null };
  });
}

async function figuresOf(scope: PlatformScope, tenant: Tenant, now: Date) {
  const { id, slug, name, countryCode, currency, timeZone } = tenant;
  const inside = await consoleIn(scope, tenant.id);
  const languages = await languagesOf(inside, now);
  return { id, slug, name, countryCode, currency, timeZone, locales: [...languages.offered], defaultLocale: languages.default, ...(await business(scope, tenant, now)), ...(await health(inside, tenant, now)) };
}

/**
 * Counts of every tenant for the super admins' console: the one place that looks into several tenants (I-28). It visits one
 * tenant after the other, each in a transaction of its own under that tenant's policies; there is no policy that spans two.
 * Counts only: no row of a person leaves a tenant this way.
 */
export async function tenantFigures(scope: PlatformScope, now: Date) {
  const figures = [];
  for (const tenant of await listTenants()) figures.push(await figuresOf(scope, tenant, now));
  return figures;
}

/** Every tenant by its name, whatever its status; to choose from. */
export async function tenantNames(): Promise<{ id: string; name: string }[]> {
  return (await listTenants()).map(({ id, name }) => ({ id, name }));
}

/** When the tenant was made, suspended and opened again, by whom and why; newest first. */
async function statusHistory(scope: PlatformScope, tenantId: string) {
  return await withPlatform(scope, 'platform.figures', async (tx) => {
    const rows = await tx.select({ id: auditLogs.id, at: auditLogs.at, by: platformUsers.name, status: sql<string>`${auditLogs.after} ->> 'status'`, reason: sql<string | null>`${auditLogs.after} ->> 'reason'` })
      .from(auditLogs).leftJoin(platformUsers, sql`${platformUsers.id}::text = ${auditLogs.actorId}`)
      .where(and(eq(auditLogs.tenantId, tenantId), eq(auditLogs.entity, 'tenants'), eq(auditLogs.entityId, tenantId), sql`${auditLogs.after} ? 'status'`))
      .orderBy(desc(auditLogs.at), desc(auditLogs.id)).limit(50);
    return rows;
  }, { tenantId });
}

/** One tenant: its counts, how many branches and people it has by role, whether its payment accounts can take money, and what it has switched off. Throws NOT_FOUND. */
export async function tenantDetail(scope: PlatformScope, tenantId: string, now: Date) {
  const tenant = await tenantOf(tenantId);
  const inside = await consoleIn(scope, tenantId);
  const [figures, rest] = [await figuresOf(scope, tenant, now), await withTenant(inside, async (tx) => {
    const [branchCount, staff, accounts, switches] = await Promise.all([
      one(tx.select({ value: count() }).from(branches).where(eq(branches.tenantId, tenantId))),
      tx.select({ role: userRoles.role, people: count() }).from(userRoles).innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId)))
        .where(and(eq(userRoles.tenantId, tenantId), ne(userRoles.role, 'member'), ne(user.status, 'disabled'))).groupBy(userRoles.role).orderBy(asc(userRoles.role)),
      tx.select({
        id: paymentAccounts.id, provider: paymentAccounts.provider, currency: paymentAccounts.currency, environment: paymentAccounts.environment, isActive: paymentAccounts.isActive,
        // whether there is a secret, never the secret
        hasCredentials: sql<boolean>`${paymentAccounts.credentials} is not null`, hasWebhookSecret: sql<boolean>`${paymentAccounts.webhookSecrets} is not null`,
      }).from(paymentAccounts).where(eq(paymentAccounts.tenantId, tenantId)).orderBy(asc(paymentAccounts.provider)),
      flagViews(tx, tenantId),
    ]);
    return { branches: branchCount, staff, accounts, switches };
  })];
  return { ...figures, ...rest, history: await statusHistory(scope, tenantId) };
}
