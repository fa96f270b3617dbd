import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as database from '@interdomestik/db';
import { readTenant } from '@interdomestik/db';
import { ruleKinds } from '@interdomestik/rules';
import { publishRule, scopeOf, settingsOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { forgetRules, ruleAt, ruleOf } from './rules';

// watched alone: what it answers is the database's
vi.mock('@interdomestik/db', async (original) => {
  const real = await original<typeof database>();
  return { ...real, readTenant: vi.fn<typeof real.readTenant>(real.readTenant) };
});

const world = useWorld();

/** Rules as another process remembers them: its own copy of the modules, its own connections. */
async function anotherProcess() {
  vi.resetModules();
  const db = await import('@interdomestik/db');
  const rules = await import('./rules');
  const { appUrl, platformUrl } = world.current.database;
  await db.connectDatabase({ appUrl, platformUrl });
  const scope = async (tenant: TestTenant) => {
    const found = await db.resolveScope({ kind: 'job', tenantId: tenant.id, job: 'test' });
    if (found === null) throw new Error('the tenant is gone');
    return found;
  };
  return { rules, scope, close: db.closeDatabase };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => {
  vi.resetModules();
});

it('a warm request sends no query of its own, and a cold one two for all rules together', async () => {
  const { mk } = world.current;
  const scope = await systemScopeOf(mk);
  const reads = vi.mocked(readTenant);
  const all = async () => await Promise.all(ruleKinds.map((kind) => ruleOf(scope, kind, new Date(), mk.branches[0].id)));
  vi.useFakeTimers({ toFake: ['Date'], now: new Date() });
  try {
    forgetRules(mk.id);
    reads.mockClear();
    const cold = await all();
    expect(reads).toHaveBeenCalledTimes(2);
    reads.mockClear();
    for (let asked = 0; asked < 100; asked += 1) expect(await all()).toEqual(cold);
    expect(await ruleAt(scope, 'products', { version: 1 })).toBe(await ruleOf(scope, 'products', new Date()));
    expect(reads).not.toHaveBeenCalled();
    // older than a second: answered at once, and read anew behind the request's back
    vi.setSystemTime(Date.now() + 1_500);
    expect((await all())[0]).toBe(cold[0]);
    expect(reads).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});

describe('two processes', () => {
  it('a published rule is seen by the other within two seconds, without a restart', async () => {
    const { mk } = world.current;
    const other = await anotherProcess();
    const scope = await other.scope(mk);
    const phone = async () => (await other.rules.ruleOf(scope, 'branding', new Date())).value.supportPhone;
    try {
      expect(await phone()).toBe(mk.pack.rules.branding.supportPhone);
      const settings = settingsOf(await scopeOf(mk, mk.admin));
      const { id, revision } = await settings.saveDraft({ kind: 'branding', id: null, revision: null, value: { ...mk.pack.rules.branding, supportPhone: '+38970999999' }, note: '' });
      const { version } = await settings.publish({ id, revision, effectiveFrom: null });
      const published = Date.now();
      let seen = 0;
      while (seen === 0 && Date.now() - published < 5000) {
        if ((await phone()) === '+38970999999') seen = Date.now();
        else await pause(20);
      }
      expect(seen - published).toBeGreaterThanOrEqual(0);
      expect(seen - published).toBeLessThan(2_100);
      // the number of the version before still leads to its document
      expect((await other.rules.ruleAt(scope, 'branding', { version: version - 1 })).value.supportPhone).toBe(mk.pack.rules.branding.supportPhone);
    } finally {
      await other.close();
    }
  });

  it('a scheduled rule acts in both at its instant, one that was withdrawn in neither', async () => {
    const { ks } = world.current;
    const other = await anotherProcess();
    const scope = await other.scope(ks);
    const here = await systemScopeOf(ks);
    const { branding } = ks.pack.rules;
    try {
      const from = new Date(Date.now() + 2_500);
      await publishRule(ks, 'branding', 2, { ...branding, supportPhone: '+38338222222' }, from);
      const asked = async (at: Date) => [(await other.rules.ruleOf(scope, 'branding', at)).version, (await ruleOf(here, 'branding', at)).version];
      while (Date.now() < from.getTime() - 100) {
        expect(await asked(new Date())).toEqual([1, 1]);
        await pause(100);
      }
      const [before, after] = [new Date(from.getTime() - 1), from];
      await pause(Math.max(0, from.getTime() - Date.now()));
      expect([await asked(before), await asked(after)]).toEqual([[1, 1], [2, 2]]);
      const settings = settingsOf(await scopeOf(ks, ks.admin));
      const { id, revision } = await settings.saveDraft({ kind: 'branding', id: null, revision: null, value: { ...branding, supportPhone: '+38338333333' }, note: '' });
      const later = new Date(Date.now() + 7_500);
      const scheduled = await settings.publish({ id, revision, effectiveFrom: later });
      expect(await asked(later)).toEqual([expect.any(Number), 3]);
      await settings.withdraw({ id: scheduled.id });
      await pause(2_100);
      expect(await asked(later)).toEqual([2, 2]);
    } finally {
      await other.close();
    }
  });
});
