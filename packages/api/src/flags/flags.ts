import { OpenFeature } from '@openfeature/server-sdk';
import { DomainError, featureFlags, flagKeys, type FlagKey } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { postgresFlags } from './provider';

/** Whose switches; only the tenant counts, so that two people of a tenant never get two answers. */
type OfTenant = Pick<TenantScope, 'tenantId'>;

const domain = 'interdomestik';
OpenFeature.setProvider(domain, postgresFlags);
const client = OpenFeature.getClient(domain);

/** Whether a switch of the tenant is on; its safe value when that cannot be known. Call it before opening a transaction. */
export async function isOn({ tenantId }: OfTenant, key: FlagKey): Promise<boolean> {
  return await client.getBooleanValue(key, featureFlags[key].safe, { targetingKey: tenantId });
}

/** Throws UNAVAILABLE, in words for whoever asked, while the switch is off. A switch only refuses: it never lets anybody see or do more. */
export async function assertOn(scope: OfTenant, key: FlagKey): Promise<void> {
  if (!(await isOn(scope, key))) throw new DomainError('UNAVAILABLE', featureFlags[key].refusal);
}

/** What is off now of what screens say before people type. */
export async function offForPeople(scope: OfTenant): Promise<FlagKey[]> {
  const asked = await Promise.all(flagKeys.filter((key) => featureFlags[key].told).map(async (key) => ((await isOn(scope, key)) ? [] : [key])));
  return asked.flat();
}
