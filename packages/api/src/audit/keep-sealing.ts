import { listTenants, resolveScope, type TenantScope } from '@interdomestik/db';
import { env } from '../env';
import { repeat, type Loop } from '../jobs/loop';
import { failureOf, log } from '../log';
import { anchorHead } from './anchor';
import { auditKeyRing } from './chain';
import { isUnsealed, sealTenant } from './seal';

export interface SealingPace {
  /** How often a tenant is looked at. */
  readonly everyMs: number;
  /** How often the end of a chain that has moved is written down outside the database; at most a quarter of an hour. */
  readonly anchorEveryMs: number;
}

const usual: SealingPace = { everyMs: 5_000, anchorEveryMs: 300_000 };

/** The scope in which a tenant's trail is worked on, also while the country is suspended: money still arrives there. Null while it is being prepared. */
export async function trailScope(tenant: { readonly id: string; readonly slug: string }): Promise<TenantScope | null> {
  return (await resolveScope({ kind: 'job', tenantId: tenant.id, job: 'audit.seal' })) ?? (await resolveScope({ kind: 'webhook', slug: tenant.slug }));
}

/** What this process knows of a chain's file. */
interface Written {
  number: number | null;
  at: number;
}

/**
 * Seals every tenant's trail as it grows, and writes the ends of the chains down outside the database, until it is stopped. Any number of workers may do so
 * at once. A failure is logged and tried again.
 */
export function keepSealing(folder: string, pace: SealingPace = usual): Loop {
  const written = new Map<string, Written>();
  const anchor = async (scope: TenantScope, now: number): Promise<void> => {
    const last = written.get(scope.tenantId) ?? { number: null, at: 0 };
    if (now - last.at < pace.anchorEveryMs) return;
    written.set(scope.tenantId, { number: await anchorHead(scope, folder, last.number, new Date(now)), at: now });
  };
  return repeat(pace.everyMs, 'audit trails not sealed', async (isStopped) => {
    for (const tenant of await listTenants()) {
      if (isStopped()) return;
      try {
        const scope = await trailScope(tenant);
        if (scope === null) continue;
        if (await isUnsealed(scope)) await sealTenant(scope);
        await anchor(scope, Date.now());
      } catch (error) {
        log.error({ tenantId: tenant.id, failure: failureOf(error) }, 'audit trail not sealed');
      }
    }
  });
}

/** Sealing as the environment wishes it; null, and a line in the log, where no key or no place is given, which production refuses to start without. */
export function sealingOfEnvironment(): Loop | null {
  if (env.AUDIT_KEY === undefined || env.AUDIT_ANCHOR_DIR === undefined) {
    log.warn({}, 'AUDIT_KEY or AUDIT_ANCHOR_DIR is not set: the audit trail is not sealed');
    return null;
  }
  auditKeyRing();
  return keepSealing(env.AUDIT_ANCHOR_DIR);
}
