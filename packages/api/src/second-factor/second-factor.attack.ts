import { and, eq } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { secondFactors } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { seal } from '../vendors/secrets';
import { codeAt, newSecret, stepAt } from './totp';

/** Sets an app up for the member of the place, as if long ago, and gives a code of it that is good now. */
async function install({ tenant, people }: Place): Promise<string> {
  const secret = newSecret();
  const { id: userId } = people.member;
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.delete(secondFactors).where(and(eq(secondFactors.tenantId, tenant.id), eq(secondFactors.userId, userId)));
    await tx.insert(secondFactors).values({ tenantId: tenant.id, id: newId(), userId, secret: seal(secret, tenant.id), confirmedAt: new Date() });
  });
  return codeAt(secret, stepAt(new Date()));
}

/** All but `resetFor` are about the asker's own account, in every portal and outside tenants. */
export const secondFactorAttacks: AttacksOn<'secondFactor'> = {
  state: { by: 'member', outside: true },
  begin: { by: 'member', outside: true, shows: ['secret'] },
  confirm: {
    by: 'member', outside: true,
    input: async (place) => {
      const { ticket, secret } = await (await place.callerOf('member')).secondFactor.begin();
      return { ticket, code: codeAt(secret, stepAt(new Date())) };
    },
  },
  verify: { by: 'member', outside: true, input: async (place) => ({ code: await install(place) }) },
  renewRecoveryCodes: { by: 'member', outside: true, input: async (place) => { await install(place); } },
  remove: { by: 'member', outside: true },
  resetFor: { by: 'admin', of: 'tenant', input: async (place) => ({ id: (await place.newColleague()).id }), values: ['id'] },
};
