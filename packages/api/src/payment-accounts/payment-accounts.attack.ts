import { newId, randomToken, withCheckDigits } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { paymentAccounts } from '@interdomestik/db/schema';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { bankAccountOf } from '../testing/bank';
import { sealCredentials, sealSecrets, secretIdOf } from './sealed';

const secretNow = () => ({ secret: `pdl_ntfset_${randomToken(16)}`, addedAt: new Date().toISOString() });

/** A further card account of the place's tenant, that takes no sales, with two live secrets. */
async function accountAt({ tenant, word }: Place): Promise<{ readonly id: string; readonly secretId: string }> {
  const id = newId();
  const [fresh, old] = [secretNow(), secretNow()];
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(paymentAccounts).values({
      tenantId: tenant.id, id, provider: 'paddle', slug: `s${newId().slice(-12)}`, name: word, currency: 'EUR', environment: 'local', taxDocumentIssuer: 'provider', isActive: false,
      credentials: sealCredentials(tenant.id, `pdl_sdbx_apikey_${randomToken(16)}`, new Date()), webhookSecrets: sealSecrets(tenant.id, [fresh, old]),
    });
  });
  return { id, secretId: secretIdOf(old) };
}

const own = { by: 'admin', of: 'tenant', values: ['id'] } as const;

export const paymentAccountsAttacks: AttacksOn<'paymentAccounts'> = {
  list: { by: 'admin', wide: 'the accounts of a country take the money of all its branches' },
  create: {
    by: 'admin',
    input: ({ word }) => ({ slug: `s${newId().slice(-12)}`, name: word, environment: 'production', key: `pdl_live_apikey_${randomToken(16)}`, clientToken: '', signingKey: secretNow().secret }),
  },
  update: { ...own, input: async (place) => ({ id: (await accountAt(place)).id, name: place.word, clientToken: 'live_0123456789', key: '' }) },
  setBank: {
    ...own,
    input: async ({ tenant, word }) => ({ id: await bankAccountOf(tenant), name: word, details: { beneficiary: word, address: 'Street 1', iban: withCheckDigits(tenant.pack.rules.invoicing.issuer.iban), bank: 'Demo bank', swift: null } }),
  },
  switch: { ...own, input: async (place) => ({ id: (await accountAt(place)).id, active: false }) },
  addSecret: { ...own, input: async (place) => ({ id: (await accountAt(place)).id, signingKey: secretNow().secret }) },
  retireSecret: { ...own, input: (place) => accountAt(place) },
  try: { ...own, input: async (place) => ({ id: (await accountAt(place)).id }) },
};
