import type { Journey } from '../journey';
import type { Product } from '../stack';
import { bypassAttacks, slowBypassAttacks } from './bypass';
import { floodAttacks, slowFloodAttacks } from './floods';
import { headerAttacks, slowHeaderAttacks } from './headers';
import { inertAttacks } from './inert';
import { nextPersonAttacks } from './next-person';
import { policyAttacks, slowPolicyAttacks } from './policy';
import type { Scenario } from './scenario';
import { tenantAttacks } from './tenants';

type Attacks = Readonly<Record<string, (product: Product) => Journey>>;

const byName = (...lists: readonly (readonly Scenario[])[]): Attacks => Object.fromEntries(lists.flat());

/** Every attack on the built product by its name, beside the journeys. */
export const attacks: Attacks = byName(nextPersonAttacks, headerAttacks, policyAttacks, bypassAttacks, tenantAttacks, floodAttacks);

/** Attacks that take a minute each, or start portals of their own: run by `npm run test:slow`, or by a word of their name. */
export const slowAttacks: Attacks = byName(slowHeaderAttacks, slowPolicyAttacks, slowBypassAttacks, slowFloodAttacks, inertAttacks);
