import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import { newId, ruleKinds } from '@interdomestik/rules';
import { callerFor, scopeOf, systemScopeOf, useWorld, visitorOf } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { forgetRules } from './rules';

const world = useWorld();

describe('the rules in force', () => {
  it('I-15 are for administrators of the own tenant', async () => {
    const { mk, ks } = world.current;
    const [branch] = mk.branches;
    const callers = await Promise.all([branch.manager, branch.agent, mk.promoter, branch.member].map(async (person) => callerFor(await scopeOf(mk, person))));
    expect(new Set(await refusalsOf(callers.map((caller) => caller.settings.rules())))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    expect(await refusalsOf([callerFor(await visitorOf(mk)).settings.rules()])).toEqual(['UNAUTHENTICATED errors.unauthenticated']);
    const [ofMk, ofKs] = await Promise.all([mk, ks].map(async (tenant) => await callerFor(await scopeOf(tenant, tenant.admin)).settings.rules()));
    expect(ofMk?.map(({ kind }) => kind).toSorted()).toEqual([...ruleKinds].toSorted());
    const issuer = (rules: typeof ofMk) => JSON.stringify(rules?.find(({ kind }) => kind === 'invoicing')?.value);
    expect(issuer(ofMk)).not.toBe(issuer(ofKs));
  });

  it('are the newest published version whose time has come, in plain JSON', async () => {
    const { ks } = world.current;
    const scope = await scopeOf(ks, ks.admin);
    const now = Date.now();
    const value = { ...ks.pack.rules.branding, supportPhone: '+38338000000' };
    await withTenant(await systemScopeOf(ks), async (tx) => {
      const version = (version: number, status: string, at: number, phone: string) => ({ tenantId: ks.id, id: newId(), kind: 'branding', version, status, value: { ...value, supportPhone: phone }, effectiveFrom: new Date(at) });
      await tx.insert(tenantSettings).values([version(2, 'published', now - 1000, '+38338000002'), version(3, 'published', now + 3_600_000, '+38338000003'), version(4, 'draft', now - 1000, '+38338000004')]);
    });
    forgetRules(ks.id);
    const branding = (await callerFor(scope).settings.rules()).find(({ kind }) => kind === 'branding');
    expect(branding).toMatchObject({ version: 2, value: { supportPhone: '+38338000002' } });
    const rules = await callerFor(scope).settings.rules();
    expect(() => JSON.stringify(rules)).not.toThrow();
  });
});
