import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { thirdPack } from '../testing/third-country';

const reason = 'Looking into an attack';

let made = 0;
/** A country that nobody has made yet. */
function newCountry() {
  made += 1;
  const word = `attacked${String(made)}`;
  return { key: newId(), pack: { text: JSON.stringify(thirdPack(word)) }, admin: { firstName: 'First', lastName: 'Admin', email: `admin@${word}.example`, locale: 'sr' as const } };
}

const madeCountry = async (place: Place) => ({ tenantId: (await (await place.root()).platform.createTenant(newCountry())).tenantId });

export const platformAttacks: AttacksOn<'platform'> = {
  me: { by: 'root' },
  tenants: { by: 'root' },
  tenant: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id }), values: ['tenantId'] },
  names: { by: 'root' },
  entries: { by: 'root' },
  entry: {
    by: 'root', values: ['tenantId', 'entryId'],
    input: async (place) => {
      const { entryId } = await (await place.root()).platform.enter({ tenantId: place.tenant.id, reason });
      return { tenantId: place.tenant.id, entryId };
    },
  },
  packs: { by: 'root' },
  packFile: { by: 'root', input: ({ tenant }) => ({ builtIn: tenant.slug }) },
  checkPack: { by: 'root', input: () => ({ pack: newCountry().pack }) },
  createTenant: { by: 'root', input: newCountry },
  finishTenant: { by: 'root', input: madeCountry, values: ['tenantId'] },
  creation: { by: 'root', input: madeCountry, values: ['tenantId'] },
  enter: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'] },
  extend: { by: 'entered', input: () => ({ reason }) },
  leave: { by: 'root' },
  suspend: {
    by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'],
    restore: async (place) => { await (await place.root()).platform.resume({ tenantId: place.tenant.id, reason }); },
  },
  resume: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'] },
};
