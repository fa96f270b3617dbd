import { describe, expect, it } from 'vitest';
import { platformDoor, resolvePlatformSession, resolveScope, withPlatform, withTenant, type TenantScope } from '@interdomestik/db';
import { platformSecondFactors, platformSessions, platformUsers, secondFactors } from '@interdomestik/db/schema';
import { needsFreshProof, newId, permissions } from '@interdomestik/rules';
import { procedures } from '../attacks/ask';
import { callerFor, contextFor, scopeOf, systemScopeOf, useWorld } from '../testing';
import { entering } from '../testing/entering';
import { refusalsOf } from '../testing/refusals';
import type { TestPerson, TestTenant } from '../testing/world';
import { branchProcedure, createCallerFactory, platformProcedure, router, tenantProcedure } from '../trpc';
import { seal } from '../vendors/secrets';
import { newSecret } from './totp';

const world = useWorld();
type Caller = ReturnType<typeof callerFor>;
/** A request of a session whose last proof is that old. */
const contextOf = (scope: TenantScope | null, verifiedAt: Date | null) => contextFor(scope === null ? null : { ...scope, verifiedAt });

const nobody = 'UNAUTHENTICATED errors.unauthenticated';
/** What answers a browser that has yet to set an app up; all others refuse it as they refuse a visitor. */
const onTheWay = ['accounts.prove', 'secondFactor.begin', 'secondFactor.confirm', 'secondFactor.state', 'secondFactor.verify'];
/** Who owes a code may not choose another app first. */
const withACode = onTheWay.filter((path) => path !== 'secondFactor.begin');

/** Every procedure that is not for anybody at all, by how it answers this caller; the ladder answers before the input is read. */
async function answersOf(caller: Caller): Promise<Record<string, string>> {
  const paths = Object.keys(procedures).filter((path) => procedures[path]?._def.meta?.permission.startsWith('public.') === false);
  const nouns = caller as unknown as Readonly<Record<string, Readonly<Record<string, (input?: unknown) => Promise<unknown>>>>>;
  const answers: Record<string, string> = {};
  for (const path of paths) {
    const [noun = '', name = ''] = path.split('.');
    const [answer = ''] = await refusalsOf([Promise.resolve(nouns[noun]?.[name]?.())]);
    answers[path] = answer;
  }
  return answers;
}

const opened = (answers: Readonly<Record<string, string>>): string[] => Object.keys(answers).filter((path) => answers[path] !== nobody).toSorted();

const staffOf = (tenant: TestTenant): TestPerson[] => [tenant.admin, tenant.branches[0].manager, tenant.branches[1].agent, tenant.promoter];

async function holdsApp(tenant: TestTenant, person: TestPerson): Promise<void> {
  await withTenant(await systemScopeOf(tenant), (tx) =>
    tx.insert(secondFactors).values({ tenantId: tenant.id, id: newId(), userId: person.id, secret: seal(newSecret(), tenant.id), confirmedAt: new Date() }));
}

/** A super admin's browser, signed in by password alone. */
async function superAdmin(withApp: boolean) {
  const [userId, sessionId] = [newId(), newId()];
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: `super-${userId}@example.com`, passwordHash: 'x', name: 'Root Person' });
    if (withApp) await tx.insert(platformSecondFactors).values({ platformUserId: userId, secret: seal(newSecret(), 'platform'), confirmedAt: new Date() });
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: userId, expiresAt: new Date(Date.now() + 3_600_000) });
  });
  return { userId, sessionId, ...(await resolvePlatformSession(sessionId)), scope: await resolveScope({ kind: 'platform', sessionId }) };
}

describe('S-08 the password alone opens nothing', () => {
  it.each(['tenant_admin', 'branch_manager', 'agent', 'promoter'] as const)('to a %s, in both tenants: first the app is set up, then its code is given at each sign-in', async (role) => {
    const { mk, ks } = world.current;
    for (const tenant of [mk, ks]) {
      const person = staffOf(tenant).find((one) => one.role === role);
      if (person === undefined) throw new Error(`nobody is ${role}`);
      const newcomer = await entering(tenant, person);
      expect(await newcomer.state()).toMatchObject({ scope: null, pending: { needs: 'setup' } });
      expect(opened(await answersOf(await newcomer.at()))).toEqual(onTheWay);
      await holdsApp(tenant, person);
      const returning = await entering(tenant, person);
      expect(await returning.state()).toMatchObject({ scope: null, pending: { needs: 'code' } });
      expect(opened(await answersOf(await returning.at()))).toEqual(withACode);
    }
  });

  it('to a super admin, neither the console nor a tenant', async () => {
    for (const [withApp, expected] of [[false, onTheWay], [true, withACode]] as const) {
      const { platform, pending, scope } = await superAdmin(withApp);
      expect({ platform, scope, needs: pending?.needs }).toEqual({ platform: null, scope: null, needs: withApp ? 'code' : 'setup' });
      expect(opened(await answersOf(callerFor(null, { platform, pending })))).toEqual(expected);
    }
  });

  it('to a super admin whose browser was inside a tenant already', async () => {
    const { mk } = world.current;
    const { sessionId } = await superAdmin(false);
    const stamp = (secondFactorAt: Date | null) => withPlatform(platformDoor(), 'test', async (tx) => { await tx.update(platformSessions).set({ secondFactorAt }); });
    await stamp(new Date());
    const { platform } = await resolvePlatformSession(sessionId);
    await callerFor(null, { platform }).platform.enter({ tenantId: mk.id, reason: 'Support case 4711: wrong invoice' });
    expect(await resolveScope({ kind: 'platform', sessionId })).not.toBeNull();
    await stamp(null);
    expect(await resolveScope({ kind: 'platform', sessionId })).toBeNull();
  });
});

describe('S-07 a permission that asks for a fresh proof', () => {
  const done = tenantProcedure.meta({ permission: 'exports.run' }).query(() => 'done');
  const old = new Date(Date.now() - 11 * 60_000);

  it('asks it of every procedure that names it, whatever else the procedure says of itself', async () => {
    const scope = await scopeOf(world.current.ks, world.current.ks.admin);
    const fresh = permissions.filter(needsFreshProof);
    const made = router(Object.fromEntries(fresh.flatMap((permission, index) => [
      [`tenant${String(index)}`, tenantProcedure.meta({ permission }).query(() => 'done')], [`branch${String(index)}`, branchProcedure.meta({ permission }).mutation(() => 'done')],
    ])));
    const call = async (verifiedAt: Date | null): Promise<Set<string>> => {
      const caller = createCallerFactory(made)(contextOf(scope, verifiedAt)) as unknown as Record<string, () => Promise<unknown>>;
      return new Set(await refusalsOf(Object.keys(made._def.procedures).map(async (name) => caller[name]?.())));
    };
    expect(Object.keys(made._def.procedures)).toHaveLength(2 * fresh.length);
    expect(await call(new Date())).toEqual(new Set(['done']));
    expect(await call(old)).toEqual(new Set(['FORBIDDEN errors.session.reauthenticate']));
    expect(await call(null)).toEqual(new Set(['FORBIDDEN errors.session.reauthenticate']));
  });

  it('is needed to change the way in, whoever it is: address, second factor, recovery codes, a colleague\'s app; a new password asks for the old one itself', async () => {
    const { ks } = world.current;
    const [{ agent, member }] = ks.branches;
    for (const person of [ks.admin, agent, member]) {
      const stale = callerFor({ ...(await scopeOf(ks, person)), verifiedAt: old });
      const changes = [stale.accounts.requestEmailChange({ email: 'elsewhere@posta.example' }), stale.secondFactor.begin(), stale.secondFactor.renewRecoveryCodes(), stale.secondFactor.remove()];
      expect(new Set(await refusalsOf(changes))).toEqual(new Set(['FORBIDDEN errors.session.reauthenticate']));
      expect(await refusalsOf([stale.accounts.changePassword({ current: 'a guess at it', password: 'seven swans a swimming' })])).toEqual(['INVALID errors.password.wrong']);
    }
    const stale = callerFor({ ...(await scopeOf(ks, ks.admin)), verifiedAt: old });
    expect(await refusalsOf([stale.secondFactor.resetFor({ id: agent.id })])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    const named = Object.keys(procedures).filter((path) => (procedures[path]?._def.meta as { fresh?: true } | undefined)?.fresh === true);
    expect(named).toEqual(expect.arrayContaining(['accounts.requestEmailChange', 'refunds.give', 'secondFactor.resetFor']));
  });

  it('does not reach a super admin: to a tenant\'s administrator there is no such person', async () => {
    const { userId, sessionId } = await superAdmin(true);
    const admin = callerFor(await scopeOf(world.current.ks, world.current.ks.admin));
    expect(await refusalsOf([admin.secondFactor.resetFor({ id: userId })])).toEqual(['NOT_FOUND errors.notFound']);
    expect((await resolvePlatformSession(sessionId)).pending?.needs).toBe('code');
  });

  it('refuses who lacks it before it asks for anything', async () => {
    const { member } = world.current.ks.branches[0];
    const caller = createCallerFactory(router({ done }))(contextOf(await scopeOf(world.current.ks, member), old));
    expect(await refusalsOf([caller.done()])).toEqual(['FORBIDDEN errors.forbidden']);
  });

  it('can be asked of a super admin too', async () => {
    const { sessionId } = await superAdmin(false);
    await withPlatform(platformDoor(), 'test', async (tx) => { await tx.update(platformSessions).set({ secondFactorAt: new Date() }); });
    const made = router({ done: platformProcedure.meta({ permission: 'platform.enter', fresh: true }).query(() => 'done') });
    const ask = async () => await refusalsOf([createCallerFactory(made)({ ...contextOf(null, null), platform: (await resolvePlatformSession(sessionId)).platform }).done()]);
    expect(await ask()).toEqual(['done']);
    await withPlatform(platformDoor(), 'test', async (tx) => { await tx.update(platformSessions).set({ verifiedAt: old }); });
    expect(await ask()).toEqual(['FORBIDDEN errors.session.reauthenticate']);
  });
});
