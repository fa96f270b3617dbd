import { and, eq, sql } from 'drizzle-orm';
import { flagKeys, fullName, newId, type FlagKey, type SetFlagInput } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { featureFlags, platformEntries, user } from '@interdomestik/db/schema';
import { forgetFlags } from './memory';

export interface FlagView {
  readonly key: FlagKey;
  readonly on: boolean;
  /** Null where nobody has ever touched it. */
  readonly since: Date | null;
  /** Who set it last; null where that is not known any more. */
  readonly by: string | null;
  readonly note: string;
}

/** One statement, so that it can travel with its settings. */
const rowsOf = (tx: Tx, tenantId: string) =>
  tx.select({
    key: featureFlags.key, on: featureFlags.enabled, since: featureFlags.updatedAt, note: featureFlags.note, firstName: user.firstName, lastName: user.lastName,
    // a super admin who was inside is known by the name that the tenant's own record of the stay has
    guest: sql<string | null>`(select ${platformEntries.platformUserName} from ${platformEntries} where ${platformEntries.tenantId} = ${featureFlags.tenantId} and ${platformEntries.platformUserId} = ${featureFlags.updatedBy} order by ${platformEntries.startedAt} desc limit 1)`,
  }).from(featureFlags).leftJoin(user, and(eq(user.tenantId, featureFlags.tenantId), eq(user.id, featureFlags.updatedBy))).where(eq(featureFlags.tenantId, tenantId));

function viewsOf(rows: Awaited<ReturnType<typeof rowsOf>>): FlagView[] {
  return flagKeys.map((key) => {
    const row = rows.find((candidate) => candidate.key === key);
    if (row === undefined) return { key, on: true, since: null, by: null, note: '' };
    const { firstName, lastName } = row;
    return { key, on: row.on, since: row.since, note: row.note, by: firstName === null || lastName === null ? row.guest : fullName({ firstName, lastName }) };
  });
}

/** Every switch of a tenant as the open transaction sees it. */
export const flagViews = async (tx: Tx, tenantId: string): Promise<FlagView[]> => viewsOf(await rowsOf(tx, tenantId));

/** Every switch of the tenant: how it stands, since when, by whom and why. */
export async function listFlags(scope: TenantScope): Promise<FlagView[]> {
  return viewsOf(await readTenant(inAction(scope, 'flags.list'), (tx) => rowsOf(tx, scope.tenantId)));
}

/**
 * Switches something of the tenant off or on again. Acts in this process at once and in every other within 20 s; what is under way is finished.
 * Setting it as it stands already changes nothing, so the first reason stays.
 */
export async function setFlag(scope: TenantScope, { key, on, note }: SetFlagInput, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'flags.set'), async (tx) => {
    await tx.insert(featureFlags)
      .values({ tenantId: scope.tenantId, id: newId(), key, enabled: on, note, updatedBy: scope.actor.id, createdAt: now, updatedAt: now })
      .onConflictDoUpdate({ target: [featureFlags.tenantId, featureFlags.key], set: { enabled: on, note, updatedBy: scope.actor.id, updatedAt: now }, setWhere: sql`${featureFlags.enabled} is distinct from ${on}` });
  });
  forgetFlags(scope.tenantId);
}
