import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installQueues, jobKinds } from '@interdomestik/api/jobs';
import { closeDatabase, connectDatabase, platformDoor, withPlatform } from '@interdomestik/db';
import { platformUsers } from '@interdomestik/db/schema';
import { useDatabase } from '@interdomestik/db/testing';
import { inherited } from './env';
import { repoRoot } from './paths';

const run = promisify(execFile);
const database = useDatabase({ hooks: [installQueues], variant: `queues ${jobKinds.map(({ name }) => name).join()}` });
const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
const pack = join(repoRoot, 'docs/operations/packs/novarija.json');

/** The command as somebody types it; what it says, and how it ended. */
async function tenant(...typed: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = {
    ...inherited(), DATABASE_URL: database.current.appUrl, DATABASE_PLATFORM_URL: database.current.platformUrl, DATABASE_OWNER_URL: database.current.ownerUrl, DATABASE_BACKUP_URL: database.current.backupUrl,
    APP_ENV: 'test', INIT_CWD: folder,
  };
  try {
    const { stdout, stderr } = await run(process.execPath, [join(repoRoot, 'tooling/up/bin/run.mjs'), 'tenant', ...typed], { cwd: repoRoot, env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const admin = ['--admin-name', 'Nada Prva', '--admin-email', 'nada@novarija.example'];

async function superAdmin(email: string): Promise<void> {
  await withPlatform(platformDoor(), 'test', async (tx) => { await tx.insert(platformUsers).values({ id: randomUUID(), email, passwordHash: 'x', name: 'Making Person' }); });
}

beforeAll(async () => {
  await connectDatabase({ appUrl: database.current.appUrl, platformUrl: database.current.platformUrl });
  await superAdmin('first@example.com');
});

afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run tenant', () => {
  it('says everything that is wrong with a pack, each with its place, and ends with 1', async () => {
    const checked = await tenant('create', '--pack', pack, '--check');
    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('tenant_novarija (QN), KWD and EUR') });
    // the acceptance journey, each thing with what was seen of it
    expect(checked.out).toMatch(/ok {2}sells for cash with its own money, VAT and numbers\n.*invoice QN\/QF-\d{4}-00001/u);
    expect(checked.out).toContain('ok  leaves the other countries as they were');
    expect(JSON.parse((await tenant('list', '--json')).out)).toEqual([]);
    const wrong = JSON.parse(readFileSync(pack, 'utf8')) as { rules: { tax: { rates: { rateBp: number }[] }; languages: { default: string } } };
    writeFileSync(join(folder, 'taken.json'), readFileSync(pack, 'utf8').replaceAll('tenant_novarija', 'tenant_mk').replace('"slug": "novarija"', '"slug": "mk"'));
    const taken = JSON.parse((await tenant('create', '--pack', 'taken.json', '--check', '--json')).out) as { ok: boolean; failure: string };
    expect([taken.ok, taken.failure]).toEqual([false, expect.stringMatching(/^is made of its file, once: /u)]);
    for (const rate of wrong.rules.tax.rates) rate.rateBp = 99_999;
    wrong.rules.languages.default = 'xx';
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong));
    const told = await tenant('create', '--pack', 'wrong.json', '--check');
    expect(told.code).toBe(1);
    expect(told.out).toContain('rules.tax.rates.0.rateBp: Enter at most 10000');
    expect(told.out).toContain('rules.languages.default: ');
    const { issues } = JSON.parse((await tenant('create', '--pack', 'wrong.json', '--json', ...admin)).out) as { issues: { place: string }[] };
    expect(issues.map(({ place }) => place)).toEqual(expect.arrayContaining(['rules.tax.rates.0.rateBp', 'rules.tax.rates.1.rateBp', 'rules.languages.default']));
  }, 120_000);

  it('makes the country in the running database, once however often it is asked', async () => {
    const made = await tenant('create', '--pack', pack, '--json', ...admin);
    expect(made).toMatchObject({ code: 0 });
    const answer = JSON.parse(made.out) as Record<string, string>;
    expect(answer).toEqual({ tenantId: 'tenant_novarija', memberPortal: expect.stringContaining('novarija.'), staffPortal: expect.stringContaining('novarija.') });
    expect(JSON.parse((await tenant('create', '--pack', pack, '--json', ...admin)).out)).toEqual(answer);
    const other = await tenant('create', '--pack', pack, '--admin-name', 'Somebody Else', '--admin-email', 'else@novarija.example');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('tenant_novarija')]);
    expect(JSON.parse((await tenant('list', '--json')).out)).toEqual([{ id: 'tenant_novarija', slug: 'novarija', name: 'Interdomestik Novarija', countryCode: 'QN', status: 'active' }]);
  }, 120_000);

  it('is somebody\'s doing: of several super admins one is named, and nobody stays signed in', async () => {
    await superAdmin('second@example.com');
    const word = readFileSync(pack, 'utf8').replaceAll('tenant_novarija', 'tenant_druga').replace('"slug": "novarija"', '"slug": "druga"');
    writeFileSync(join(folder, 'druga.json'), word);
    expect(await tenant('create', '--pack', 'druga.json', ...admin)).toMatchObject({ code: 1, err: expect.stringContaining('several super admins') });
    expect(await tenant('create', '--pack', 'druga.json', ...admin, '--by', 'nobody@example.com')).toMatchObject({ code: 1 });
    expect(await tenant('create', '--pack', 'druga.json', ...admin, '--by', 'second@example.com')).toMatchObject({ code: 0, out: expect.stringContaining('tenant_druga is open') });
    const open = await withPlatform(platformDoor(), 'test', async (tx) => (await tx.execute('select count(*)::int as n from platform_sessions where revoked_at is null')).rows);
    expect(open).toEqual([{ n: 0 }]);
  }, 120_000);
});
