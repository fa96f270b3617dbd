import type { z } from 'zod';
import { clearanceServices, newId, type ClearanceService, type setClearanceAccessInput } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { clearanceAccounts } from '@interdomestik/db/schema';
import { ruleOf } from '../settings/rules';
import { SealBroken } from '../vendors/secrets';
import { accountOf, addressOf, credentialsOf, sealKey, type ClearanceAccount } from './provider';
import { queueWaiting } from './queue';

export interface ClearanceAccess {
  readonly service: ClearanceService;
  /** Today's rule sends invoices to it. */
  readonly inUse: boolean;
  /** The last letters of the key, by which its owner knows it again; null: there is none that can be read. */
  readonly key: { readonly last: string; readonly setAt: Date | null } | null;
  /** False: this installation knows no address of the service. */
  readonly reachable: boolean;
}

function keyOf(account: ClearanceAccount | null): ClearanceAccess['key'] {
  if (account === null) return null;
  try {
    const { apiKey, setAt } = credentialsOf(account);
    return { last: apiKey.slice(-4), setAt: setAt === null ? null : new Date(setAt) };
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

/** Every clearing service there is, and what a person may know of the tenant's key. */
export async function clearanceAccess(given: TenantScope, now: Date): Promise<ClearanceAccess[]> {
  const scope = inAction(given, 'clearances.access');
  const { value: { clearance } } = await ruleOf(scope, 'invoicing', now);
  return await Promise.all(clearanceServices.map(async (service) => ({ service, inUse: service === clearance, key: keyOf(await accountOf(scope, service)), reachable: addressOf[service]() !== undefined })));
}

/** Brings in or exchanges the tenant's key of a service; what waits is sent at once. */
export async function setClearanceAccess(scope: TenantScope, { service, key }: z.output<typeof setClearanceAccessInput>, now: Date): Promise<void> {
  const credentials = sealKey(scope.tenantId, key, now);
  await withTenant(inAction(scope, 'clearances.setAccess'), async (tx) => {
    await tx.insert(clearanceAccounts).values({ tenantId: scope.tenantId, id: newId(), service, credentials, createdAt: now, updatedAt: now })
      .onConflictDoUpdate({ target: [clearanceAccounts.tenantId, clearanceAccounts.service], set: { credentials, updatedAt: now } });
    await queueWaiting(tx, scope, now, now);
  });
}
