import type { Journey } from '../journey';
import type { Product } from '../stack';
import { bypassAttacks } from './bypass';
import { floodAttacks } from './floods';
import { headerAttacks } from './headers';
import { inertAttacks } from './inert';
import { policyAttacks } from './policy';
import { tenantAttacks } from './tenants';

/** Every attack on the built product by its name, beside the journeys. */
export const attacks: Readonly<Record<string, (product: Product) => Journey>> = Object.fromEntries([...headerAttacks, ...policyAttacks, ...bypassAttacks, ...tenantAttacks, ...floodAttacks, ...inertAttacks]);
