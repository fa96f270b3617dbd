import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase, runtimePool } from '../pools';
import { roleNames } from '../migrate';
import { resolveScope, type TenantScope } from '../scope';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded } from '../testing/factories';
import { openPooler } from '../testing/pooler';
import { abortable, gateway, plainSet, pour, summaryOf, type Door, type Report } from './bleed';

const servers = 2;
// two busy cores may need this long; nothing is asserted of it
const patience = 1_200_000;

/**
 * I-10 and I-11 with that many requests: the quick run and the full one are the same tests. To see a failure again, set `seed` to the
 * number that the failing run printed.
 */
export function bleedTests(requests: number, seed: number = Date.now() % 2_147_483_647): void {
  const database = useDatabase();

  beforeAll(async () => {
    const admin = new Client({ connectionString: database.current.adminUrl });
    await admin.connect();
    for (const [slug, howMany] of [['a', 2], ['b', 3]] as const) {
      await insertTenant(admin, { id: `tenant_${slug}`, slug });
      for (let branch = 0; branch < howMany; branch += 1) await fillPlace(admin, { tenantId: `tenant_${slug}`, branchId: newId() }, seeded(branch));
    }
    // a limit that a test can wait for; a read of one round trip cannot set its own
    await admin.query(`alter role ${roleNames.app} in database ${escapeIdentifier(database.current.name)} set statement_timeout = '150ms'`);
    await admin.end();
  });
  afterAll(async () => { await closeDatabase(); });

  const scopes = async (): Promise<(readonly [TenantScope, number])[]> =>
    await Promise.all(([['tenant_a', 2], ['tenant_b', 3]] as const).map(async ([tenantId, rows]) => {
      const scope = await resolveScope({ kind: 'job', tenantId, job: 'test' });
      if (scope === null) throw new Error('no such tenant');
      // somebody in particular, so that every setting has something to leave behind
      return [{ ...scope, actor: { ...scope.actor, kind: 'user', id: newId() } }, rows] as const;
    }));

  async function run(name: string, url: string, max: number, doors: Readonly<Record<string, Door>>, count: number): Promise<Report> {
    await connectDatabase({ appUrl: url, max });
    abortable(runtimePool());
    const report = await pour({ seed, requests: count, doors, tenants: await scopes(), lanes: 4 * max, connections: servers });
    process.stdout.write(summaryOf(name, seed, report));
    return report;
  }

  function expectNoBleed(report: Report): void {
    expect(report.foreign).toEqual([]);
    expect(report.left).toEqual([]);
    // a busy machine may let an innocent statement run into the test's own limit; nothing else may go wrong
    expect(report.unplanned.filter((line) => !/57014/u.test(line))).toEqual([]);
    // check-allow rule-facts: the share of requests that a test must have answered
    expect(report.ended.answered).toBeGreaterThan(requests * 0.6);
    for (const [fate, share] of [['thrown', 0.05], ['aborted', 0.05], ['timed out', 0.01]] as const) expect(report.ended[fate]).toBeGreaterThan(requests * share);
  }

  describe(`I-10 a pool of ${String(servers)} between two tenants (seed ${String(seed)})`, { timeout: patience }, () => {
    it(`I-10 ${String(requests)} requests with errors, aborts and timeouts see no foreign row and leave nothing on a connection`, async () => {
      expectNoBleed(await run('I-10', database.current.appUrl, servers, gateway, requests));
    });

    it('I-10 the same with a plain SET bleeds', async () => {
      const report = await run('I-10 control, plain SET', database.current.appUrl, servers, plainSet, 120);
      expect(report.left.length).toBeGreaterThan(servers);
    });
  });

  describe(`I-11 the same through a transaction pooler with ${String(servers)} server connections (seed ${String(seed)})`, { timeout: patience }, () => {
    const throughPooler = async (name: string, mark: string, doors: Readonly<Record<string, Door>>, count: number) => {
      const pooler = await openPooler(database.current.appUrl, { size: servers, random: seeded(seed) });
      try {
        const report = await run(name, `${pooler.url}${mark}`, 6, doors, count);
        return { report, named: pooler.named(), switches: pooler.switches() };
      } finally {
        await closeDatabase();
        await pooler.close();
      }
    };

    it(`I-11 ${String(requests)} requests see no foreign row, leave nothing behind and name no statement`, async () => {
      const { report, named, switches } = await throughPooler('I-11', '?pooler=transaction', gateway, requests);
      expectNoBleed(report);
      expect(named).toBe(0);
      expect(switches).toBeGreaterThan(requests / 10);
    });

    it('I-11 the same with a plain SET shows rows of the other tenant', async () => {
      const { report } = await throughPooler('I-11 control, plain SET', '?pooler=transaction', plainSet, 120);
      expect(report.foreign.length).toBeGreaterThan(5);
    });

    it('I-11 an address that does not say that a pooler is there goes wrong: statements are remembered on connections that change', async () => {
      const { report, named } = await throughPooler('I-11 control, unmarked', '', { prepared: gateway.prepared ?? plainSet.plainSet as Door }, 100);
      expect(named).toBeGreaterThan(0);
      expect(report.unplanned.join()).toMatch(/prepared statement/u);
    });
  });
}
