import { beforeAll, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { platformDoor, withPlatform, withTenant } from '@interdomestik/db';
import { paymentAccounts, platformSecondFactors, secondFactors } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { signInRoot } from '../attacks/people';
import { accountById, providerOf, webhookSecretsOf } from '../payments/accounts';
import { systemScopeOf, useTestSettings, useWorld, type TestTenant } from '../testing';
import { needsReseal, open, parseKeyRing, seal } from '../vendors/secrets';
import { rotateSecrets } from './rotate';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;

// the ring of a process is read once, so the new key comes first from the beginning and the world is sealed with the old one
const oldKey = Buffer.alloc(32, 7).toString('base64');
const newKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7 + 1)).toString('base64');
const oldRing = parseKeyRing(oldKey);
const newRing = parseKeyRing(`${newKey},${oldKey}`);

const accountsOf = async (tenant: TestTenant) => await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(paymentAccounts).where(and(eq(paymentAccounts.tenantId, tenant.id), eq(paymentAccounts.id, tenant.card.id))));

beforeAll(async () => {
  ({ mk, ks } = world.current);
  const platformUserId = (await signInRoot()).console.session?.userId ?? '';
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformSecondFactors).values({ platformUserId, secret: seal('CONSOLE', 'platform', { keyRing: oldRing }), confirmedAt: new Date() }).onConflictDoUpdate({ target: platformSecondFactors.platformUserId, set: { secret: seal('CONSOLE', 'platform', { keyRing: oldRing }) } });
  });
  for (const tenant of [mk, ks]) {
    await withTenant(await systemScopeOf(tenant), async (tx) => {
      await tx.insert(secondFactors).values({ tenantId: tenant.id, id: newId(), userId: tenant.promoter.id, secret: seal(`OF ${tenant.slug}`, tenant.id, { keyRing: oldRing }), confirmedAt: new Date() });
    });
  }
});

it('seals everything of every tenant and of the console anew, once; a broken value is named and left', async () => {
  const broken = seal('lost', ks.id, { keyRing: parseKeyRing(Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index)).toString('base64')) });
  const id = newId();
  await withTenant(await systemScopeOf(ks), async (tx) => {
    await tx.insert(paymentAccounts).values({ tenantId: ks.id, id, provider: 'paddle', slug: 'lost', name: 'Lost', currency: 'EUR', environment: 'local', taxDocumentIssuer: 'provider', credentials: broken });
  });
  const first = await rotateSecrets(newRing);
  // two accounts with key and secrets, two people, one super admin
  expect(first).toEqual({ resealed: 7, current: 0, broken: [`payment_accounts ${ks.id} ${id}`] });
  expect(await rotateSecrets(newRing)).toEqual({ resealed: 0, current: 7, broken: [`payment_accounts ${ks.id} ${id}`] });
  for (const tenant of [mk, ks]) {
    const [account] = await accountsOf(tenant);
    expect(needsReseal(account?.credentials ?? '', { keyRing: newRing })).toBe(false);
    expect(JSON.parse(open(account?.webhookSecrets ?? '', tenant.id, { keyRing: parseKeyRing(newKey) }))).toEqual([tenant.card.webhookSecret]);
  }
  expect(await withTenant(await systemScopeOf(ks), (tx) => tx.select({ credentials: paymentAccounts.credentials }).from(paymentAccounts).where(eq(paymentAccounts.id, id)))).toEqual([{ credentials: broken }]);
});

it('goes on where a broken run stopped, and back again by turning the order round', async () => {
  const [account] = await accountsOf(mk);
  await withTenant(await systemScopeOf(mk), async (tx) => {
    await tx.update(paymentAccounts).set({ credentials: seal(open(account?.credentials ?? '', mk.id, { keyRing: newRing }), mk.id, { keyRing: oldRing }) }).where(and(eq(paymentAccounts.tenantId, mk.id), eq(paymentAccounts.id, mk.card.id)));
  });
  expect(await rotateSecrets(newRing)).toMatchObject({ resealed: 1, current: 6 });
  expect(await rotateSecrets(parseKeyRing(`${oldKey},${newKey}`))).toMatchObject({ resealed: 7, current: 0 });
  useTestSettings({ PADDLE_API_BASE: 'http://127.0.0.1:9' });
  const opened = await accountById(await systemScopeOf(mk), mk.card.id);
  expect([providerOf(opened).name, webhookSecretsOf(opened)]).toEqual(['paddle', [mk.card.webhookSecret]]);
});
